"""A sentence as the check reads it: its words, numbers, days and names, with their places."""

from __future__ import annotations

from dataclasses import dataclass

from ringkas.text.days import Day, days
from summarizer.support.names import Name, names
from summarizer.support.numbers import Number, numbers
from summarizer.support.words import Word, words


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and what can be checked in it. Offsets count from the sentence's start.

    ``start`` is the sentence's place in its article; 0 for a sentence of a summary.
    """

    text: str
    start: int
    words: tuple[Word, ...]
    numbers: tuple[Number, ...]
    days: tuple[Day, ...]
    names: tuple[Name, ...]


def read(text: str, start: int = 0, *, translate: bool) -> Sentence:
    """Return ``text`` as the check reads it; ``translate`` as in ``words``."""
    found = tuple(days(text))
    counted = tuple(numbers(text, found))
    parts = words(text, translate=translate)
    taken = [(day.start, day.end) for day in found]
    taken += [(number.start, number.end) for number in counted if number.spelled]
    named = tuple(names(text, parts, taken))
    return Sentence(text, start, parts, counted, found, named)
