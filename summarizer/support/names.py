"""Names of people, places and institutions: runs of words with capitals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ringkas.text.lexicon import is_function_word
from summarizer.support.words import Word

_JOINERS = frozenset("of bin binti van der den de da du al el the".split())
_OPENS = re.compile(r"(?:^|[.!?:;•–—-]|[\"“”'‘’(\[])\s*$")
_CURRENCY = frozenset("rp us usd idr".split())


@dataclass(frozen=True, slots=True)
class Name:
    """A run of capitalised words at ``[start, end)``.

    ``opens`` says that it is one word at the start of a sentence or quotation, whose capital may
    mean nothing.
    """

    start: int
    end: int
    words: tuple[Word, ...]
    opens: bool


def names(text: str, words: Sequence[Word], taken: Iterable[tuple[int, int]]) -> list[Name]:
    """Return the names of ``text``; ``taken`` are the places of dates and spelled numbers."""
    closed = {place for start, end in taken for place in range(start, end)}
    found: list[Name] = []
    run: list[Word] = []
    for word in words:
        if run and not _adjoins(text, run[-1], word):
            found += _finished(text, run)
            run = []
        if word.start in closed or not _may_name(word, following=bool(run)):
            if run and word.folded in _JOINERS and word.start not in closed:
                run.append(word)
                continue
            found += _finished(text, run)
            run = []
        else:
            run.append(word)
    return found + _finished(text, run)


def is_acronym(word: str) -> bool:
    """Tell whether a word is written in capitals: "KPK", "G20"."""
    return len(word) > 1 and word.isupper()


def _adjoins(text: str, before: Word, word: Word) -> bool:
    return text[before.end : word.start] in (" ", "-", "/", ". ", "'", "’", "\n")


def _may_name(word: Word, *, following: bool) -> bool:
    first = word.text[0]
    if not first.isupper() and not (first.islower() and any(map(str.isupper, word.text[1:3]))):
        return False
    if word.folded in _CURRENCY and not (word.folded == "us" and word.text == "US"):
        return False
    return following or is_acronym(word.text) or not is_function_word(word.folded)


def _finished(text: str, run: list[Word]) -> list[Name]:
    while run and run[-1].folded in _JOINERS and run[-1].text.islower():
        run = run[:-1]
    if not run or all(len(word.text) == 1 for word in run):
        return []
    opens = bool(_OPENS.search(text[: run[0].start]))
    alone = len(run) == 1 and opens and not is_acronym(run[0].text)
    return [Name(run[0].start, run[-1].end, tuple(run), alone)]
