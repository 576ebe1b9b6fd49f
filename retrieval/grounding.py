"""Ties each sentence of a chat model's reply to the passages it cites, or rejects it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from retrieval.markers import MARKER, Claim
from retrieval.support import check, content_stems
from ringkas.generation.hostile import is_interview, is_order, without_orders
from ringkas.text.figures import months_in_dates
from ringkas.text.language import detect_language
from ringkas.text.names import names_of
from ringkas.text.sentences import split
from ringkas.text.vocabulary import same_word, stop_words
from ringkas.types import Citation, Hit, Language, OutputLanguage, Span

_MIN_WORDS_FOR_LANGUAGE = 5
"""Shorter sentences are mostly names, whose language nobody can tell."""

_LEAK_WORDS = 6
"""A sentence that repeats this many words of the system prompt in a row leaks it."""

_MARKDOWN_LINK = re.compile(r"!?\[([^\]]*\D[^\]]*|)\]\(([^)]*)\)")
_LINK = re.compile(
    r"(?:https?://|www\.)\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:com|net|org|info|id|io|co|me|xyz|site)\b(?:/\S*)?",
    re.I,
)
_INDONESIAN: frozenset[Language] = frozenset({"id", "ms", "jv", "su"})
_OTHER: dict[OutputLanguage, frozenset[Language]] = {"id": frozenset({"en"}), "en": _INDONESIAN}


class Source:
    """A passage that the model was given, as far as it may support anything."""

    def __init__(self, hit: Hit) -> None:
        self.hit = hit
        self._interview = is_interview(hit.article.text)

    @cached_property
    def text(self) -> str:
        """The passage without sentences that speak to a model: they prove nothing."""
        return without_orders(self.hit.text, interview=self._interview)

    @cached_property
    def language(self) -> Language:
        """The language of the article, looked up in the passage where the article has none."""
        known = self.hit.article.language
        return known if known != "unknown" else detect_language(self.hit.text)

    @cached_property
    def _sentences(self) -> list[tuple[Span, frozenset[str]]]:
        text = self.hit.text
        return [
            (span, _features(span.of(text), self.language))
            for span in split(text)
            if not is_order(span.of(text), interview=self._interview)
        ]

    def cite(self, sentence: str) -> Citation | None:
        """Return the passage's sentence that is closest to ``sentence``; None if none is near."""
        wanted = _features(sentence, self.language)
        scored = [(len(wanted & features), span) for span, features in self._sentences]
        best, span = max(scored, key=lambda item: item[0], default=(0, Span(0, 0)))
        if not best:
            return None
        shift = self.hit.passage.start
        return Citation(self.hit.article, self.hit.passage, shift + span.start, shift + span.end)


class Grounding:
    """Judges the sentences of one reply, in order, and collects their citations.

    In the texts it returns, marker ``[n]`` stands for ``citations[n - 1]``.
    """

    def __init__(self, hits: Sequence[Hit], language: OutputLanguage, rules: str) -> None:
        self.citations: list[Citation] = []
        self._sources = {number: Source(hit) for number, hit in enumerate(hits, 1)}
        self._language = language
        self._rules = _runs(rules)

    def accept(self, claim: Claim) -> str | None:
        """Return the sentence with markers renumbered, or None when it is not grounded.

        Markers of passages that were not given, or that have nothing to do with the sentence,
        are taken out; links that no passage holds, too. Without a valid marker, or with a
        number, a name or mostly words that the cited passages lack, it is not grounded.
        """
        cited = [number for number in claim.numbers if number in self._sources]
        claim = replace(claim, text=self._without_foreign_links(claim.text))
        if not cited or not self._is_presentable(claim.plain):
            return None
        found = {number: self._sources[number].cite(claim.plain) for number in cited}
        places = {number: citation for number, citation in found.items() if citation}
        if not places or not self._is_supported(claim.plain, list(places)):
            return None
        numbers = {number: self._number(citation) for number, citation in places.items()}
        return _renumbered(claim.text, numbers)

    def _is_presentable(self, sentence: str) -> bool:
        if is_order(sentence) or _runs(sentence) & self._rules:
            return False
        if len(sentence.split()) < _MIN_WORDS_FOR_LANGUAGE:
            return True
        return detect_language(sentence) not in _OTHER[self._language]

    def _is_supported(self, sentence: str, numbers: Sequence[int]) -> bool:
        sources = [self._sources[number] for number in numbers]
        same = not any(source.language in _OTHER[self._language] for source in sources)
        passages = "\n\n".join(source.text for source in sources)
        return check(sentence, passages, self._language, same_language=same).supported

    def _without_foreign_links(self, text: str) -> str:
        held = "\n".join(source.text for source in self._sources.values()).casefold()
        plain = _MARKDOWN_LINK.sub(r"\1 \2", text)
        return _LINK.sub(lambda link: link.group() if _bare(link.group()) in held else "", plain)

    def _number(self, citation: Citation) -> int:
        if citation not in self.citations:
            self.citations.append(citation)
        return self.citations.index(citation) + 1


def _renumbered(text: str, numbers: dict[int, int]) -> str:
    def mark(found: re.Match[str]) -> str:
        old = int(found[1])
        return f"[{numbers[old]}]" if old in numbers else ""

    marked = " ".join(MARKER.sub(mark, text).split())
    return re.sub(r"\s+([.,;:!?])", r"\1", marked)


def _bare(link: str) -> str:
    return link.casefold().rstrip(".,;:!?)\"'")


def _features(sentence: str, language: Language) -> frozenset[str]:
    """Return what makes a sentence findable, in either language: stems, names, digits, months."""
    words = {same_word(word.casefold()) for word in re.findall(r"\w+", sentence)} - stop_words()
    names = {f"name {same_word(name.casefold())}" for name in names_of(sentence)}
    return content_stems(sentence, language) | words | names | months_in_dates(sentence)


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return frozenset(zip(*(words[start:] for start in range(_LEAK_WORDS)), strict=False))
