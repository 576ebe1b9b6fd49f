"""What the tools return: short, for a model pays for every word, and with every source.

Without slots, which the MCP library takes for default values.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ringkas.types import Answer, Article, Citation, Hit, Summary


@dataclass(frozen=True)
class Quote:
    """Words of an article, letter for letter, and where they stand.

    ``published`` is ISO 8601; what nobody knows of an article is None.
    """

    quote: str
    article_id: str
    title: str
    outlet: str | None
    published: str | None
    url: str | None


@dataclass(frozen=True)
class Told:
    """An answer. Where nothing is ``found``, ``nearest`` holds the passages that come closest."""

    answer: str
    found: bool
    language: str
    quotes: list[Quote]
    other_answers: list[str]
    nearest: list[Quote]


@dataclass(frozen=True)
class Sentence:
    """A sentence of a summary, and what it was taken from.

    What the article does not hold of it is in ``doubtful``.
    """

    text: str
    supported: bool
    quotes: list[str]
    doubtful: list[str]


@dataclass(frozen=True)
class Condensed:
    """A summary. ``coverage`` is the share of the article that was read for it."""

    summary: str
    language: str
    method: str
    coverage: float
    sentences: list[Sentence]
    article_id: str
    title: str
    outlet: str | None
    published: str | None
    url: str | None


@dataclass(frozen=True)
class Found:
    """The passages nearest to a question, best first."""

    passages: list[Quote]


def told(answer: Answer) -> Told:
    """Return an answer as its tool does."""
    return Told(
        answer.text,
        answer.found,
        answer.language,
        _cited(answer.citations),
        [variant.text for variant in answer.variants],
        [] if answer.found else [passage(hit) for hit in answer.nearest],
    )


def condensed(summary: Summary) -> Condensed:
    """Return a summary as its tool does."""
    article = summary.article
    sentences = [
        Sentence(
            sentence.text,
            sentence.supported,
            [span.of(article.text) for span in sentence.spans],
            [sentence.text[flag.start : flag.end] for flag in sentence.flags],
        )
        for sentence in summary.sentences
    ]
    return Condensed(
        summary.text, summary.language, summary.method, summary.coverage, sentences,
        article.id, article.title, article.source, _day(article), article.url,
    )  # fmt: skip


def passage(hit: Hit) -> Quote:
    """Return a passage that was found."""
    return _quote(hit.text, hit.article)


def _cited(citations: Iterable[Citation]) -> list[Quote]:
    return [_quote(citation.quote, citation.article) for citation in citations]


def _quote(words: str, article: Article) -> Quote:
    return Quote(words, article.id, article.title, article.source, _day(article), article.url)


def _day(article: Article) -> str | None:
    return article.published.isoformat() if article.published else None
