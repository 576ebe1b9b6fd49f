"""Conflicts and sources on all labelled stories: what is found, and what is found wrongly."""

from __future__ import annotations

from typing import Any

import pytest

from ringkas.text.sentences import sentence_at
from ringkas.types import Article, Conflict, Digest, DigestSentence
from summarizer import digest


@pytest.fixture(scope="module")
def digests(stories: dict[str, Any]) -> dict[str, list[Digest]]:
    """Each story in each of its languages, long enough to show most of it."""
    return {
        name: [
            digest(story.articles, language=language, max_words=400)
            for language in sorted({article.language for article in story.articles})
        ]
        for name, story in stories.items()
    }


@pytest.mark.parametrize("part", ["tuning", "check"])
def test_every_conflict_is_found_and_nothing_else(
    stories: dict[str, Any], digests: dict[str, list[Digest]], part: str
) -> None:
    found = wrong = missed = 0
    for name, story in stories.items():
        if story.part != part:
            continue
        for made in digests[name]:
            got = [_figures(conflict, story.articles) for conflict in made.conflicts]
            wanted = [_labelled(conflict) for conflict in story.conflicts]
            right = sum(any(_meets(one, label) for label in wanted) for one in got)
            found, wrong = found + right, wrong + len(got) - right
            missed += len(wanted) - right
    # Measured: 13 in the nine tuning stories, 7 in the six held back; none missed, none invented.
    assert found / (found + missed) >= 0.9, f"{found} found, {missed} missed"
    assert found / (found + wrong) >= 0.9, f"{found} found, {wrong} invented"


def test_each_article_gives_its_own_figure(
    stories: dict[str, Any], digests: dict[str, list[Digest]]
) -> None:
    for name, story in stories.items():
        for made in digests[name]:
            for conflict in made.conflicts:
                for label in map(_labelled, story.conflicts):
                    got = _figures(conflict, story.articles)
                    if _meets(got, label):
                        assert got <= label, f"{name}: {conflict.text}"


def test_updates_are_told_from_contradictions(
    stories: dict[str, Any], digests: dict[str, list[Digest]]
) -> None:
    for name, story in stories.items():
        for made in digests[name]:
            for conflict in made.conflicts:
                for label in story.conflicts:
                    if _meets(_figures(conflict, story.articles), _labelled(label)):
                        assert conflict.updated == label.get("updated", False), conflict.text


def test_sources_named_are_those_that_tell_the_sentence(
    stories: dict[str, Any], digests: dict[str, list[Digest]]
) -> None:
    right = wrong = missed = 0
    for name, story in stories.items():
        for sentence in (one for made in digests[name] for one in made.sentences):
            expected = _expected(sentence, story)
            if expected is None:
                continue
            named = {_number(citation.article, story.articles) for citation in sentence.citations}
            named.discard(_number(sentence.citations[0].article, story.articles))
            right += len(named & expected)
            wrong += len(named - expected)
            missed += len(expected - named)
    # Measured: 59 right, 3 wrong, 10 missed.
    assert right / (right + wrong) >= 0.9, f"{right} right, {wrong} wrong"
    assert right / (right + missed) >= 0.8, f"{right} right, {missed} missed"


def test_every_span_is_exact(digests: dict[str, list[Digest]]) -> None:
    for made in (one for several in digests.values() for one in several):
        for sentence in made.sentences:
            first = sentence.citations[0]
            assert " ".join(first.quote.split()) == sentence.text
            for citation in sentence.citations:
                assert citation.passage.start <= citation.start < citation.end
                assert citation.end <= citation.passage.end
        for statement in (one for conflict in made.conflicts for one in conflict.statements):
            assert statement.citations[0].quote in statement.value
            assert statement.value in statement.citations[0].article.text


def _number(article: Article, articles: tuple[Article, ...]) -> int:
    return articles.index(article)


def _figures(conflict: Conflict, articles: tuple[Article, ...]) -> frozenset[tuple[int, str]]:
    return frozenset(
        (_number(citation.article, articles), citation.quote)
        for statement in conflict.statements
        for citation in statement.citations
    )


def _labelled(conflict: dict[str, Any]) -> frozenset[tuple[int, str]]:
    return frozenset((int(key), value) for key, value in conflict.items() if key.isdigit())


def _meets(got: frozenset[tuple[int, str]], label: frozenset[tuple[int, str]]) -> bool:
    """Whether a conflict shows at least two of the differing figures of a labelled one."""
    shared = got & label
    return len(shared) >= 2 and len({value for _, value in shared}) >= 2


def _expected(sentence: DigestSentence, story: Any) -> set[int] | None:
    """The other articles that tell the sentence by the labels, or None where none is given."""
    own = sentence.citations[0]
    number = _number(own.article, story.articles)
    facts = [
        fact
        for fact in story.facts
        if str(number) in fact and own.start <= own.article.text.index(fact[str(number)]) < own.end
    ]
    if not facts:
        return None
    told = {
        int(key)
        for fact in facts
        for key in fact
        if key.isdigit()
        and (not fact.get("differs") or _same_figure(fact, number, int(key), own.quote, story))
    }
    return told - {number}


def _same_figure(fact: dict[str, Any], one: int, other: int, quote: str, story: Any) -> bool:
    text = story.articles[other].text
    place = text.index(fact[str(other)])
    sentence = sentence_at(text, place, place + 1).of(text)
    return any(
        str(one) in conflict
        and str(other) in conflict
        and conflict[str(one)] in quote
        and conflict[str(other)] in sentence
        and _digits(conflict[str(one)]) == _digits(conflict[str(other)])
        for conflict in story.conflicts
    )


def _digits(figure: str) -> str:
    return figure.split()[0].replace(",", ".")
