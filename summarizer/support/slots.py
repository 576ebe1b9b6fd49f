"""Where a number, day or name stands: the words around it, there and in the article.

A swapped number is often a number of the same article, so that finding it somewhere says little.
Each mention is compared with the article's mentions of its kind by the words around them: where
another value stands much nearer, the summary has put one into the other's place.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from ringkas.types import Span
from summarizer.support.words import Word

T = TypeVar("T")

_WINDOW = 8  # words on either side
_DECAY = 0.8  # from one word to the next
_MOST_FITTED = 16  # mentions, those of the sentences that hold most
_PUNCTUATION = 2  # characters that a gap, which is between words, leaves out of a mention
_OTHER_SIDE = 0.5  # of what a word counts that stands on the other side


@dataclass(frozen=True, slots=True)
class Place:
    """The words around a mention, as ``(side, word, weight)``: side -1 before it, 1 after it."""

    words: tuple[tuple[int, Word, float], ...]
    beside: tuple[Word | None, Word | None]


@dataclass(frozen=True)
class Mention(Generic[T]):
    """A number, day or name of the article: what it is, where, and the words around it."""

    value: T
    span: Span
    sentence: int
    context: dict[tuple[int, str], float]
    beside: tuple[frozenset[str], frozenset[str]]


class Fit(NamedTuple):
    """How well a mention of the article fits a place in the summary, each in [0, 1].

    ``around`` is the share of the words around that it has around it as well, ``beside`` that of
    the two next to it, ``sentence`` the share of the summary's sentence that its sentence holds.
    ``aligned`` tells whether the summary's sentence rests on its sentence, and ``gap`` how surely
    it fills the gap that is left when the words of the two are matched in order.
    """

    around: float
    beside: float
    sentence: float
    aligned: float
    gap: float

    @property
    def rate(self) -> float:
        """One figure to choose the best fit by."""
        return self.around + 0.3 * self.beside + 0.7 * self.sentence + 0.1 * self.aligned + self.gap


NOWHERE = Fit(0.0, 0.0, 0.0, 0.0, 0.0)


def place_of(start: int, end: int, words: Sequence[Word]) -> Place:
    """Return the words around ``[start, end)``, nearer ones with more weight."""
    before = [word for word in words if word.end <= start][-_WINDOW:][::-1]
    after = [word for word in words if word.start >= end][:_WINDOW]
    around = (*_weighed(-1, before), *_weighed(1, after))
    return Place(around, (next(iter(before), None), next(iter(after), None)))


def mention(value: T, span: Span, sentence: int, place: Place) -> Mention[T]:
    """Return a mention of the article with the words around it by their keys."""
    context: dict[tuple[int, str], float] = {}
    for side, word, weight in place.words:
        for key in word.keys:
            context[side, key] = max(weight, context.get((side, key), 0.0))
    left, right = (word.keys if word else frozenset[str]() for word in place.beside)
    return Mention(value, span, sentence, context, (left, right))


@dataclass(frozen=True)
class Slot:
    """A place in a sentence of the summary, and what the article has for it.

    ``shares`` tells for each sentence of the article how much of the summary's sentence it holds,
    ``aligned`` which of them it rests on, and ``gaps`` where in the article its gap lies in some
    of them, and how surely.
    """

    place: Place
    shares: NDArray[np.float64]
    aligned: Sequence[int]
    gaps: Mapping[int, tuple[Span, float]]

    def fit(self, other: Mention[T]) -> Fit:
        """Return how well a mention of the article fits."""
        gap = self.gaps[other.sentence][1] if self._filling(other) else 0.0
        return Fit(
            _likeness(self.place, other),
            _beside(self.place, other),
            float(self.shares[other.sentence]),
            float(other.sentence in self.aligned),
            gap,
        )

    def shown(self, other: Mention[T]) -> Span:
        """Return the part of a mention that fills the gap, or all of it."""
        filling = self._filling(other) or other.span
        left_out = (other.span.end - other.span.start) - (filling.end - filling.start)
        return filling if left_out > _PUNCTUATION else other.span

    def _filling(self, other: Mention[T]) -> Span | None:
        if other.sentence not in self.gaps:
            return None
        gap, _ = self.gaps[other.sentence]
        start, end = max(gap.start, other.span.start), min(gap.end, other.span.end)
        return Span(start, end) if start < end else None

    def best(self, mentions: Iterable[Mention[T]]) -> tuple[Fit, Mention[T] | None]:
        """Return the mention that fits best, and how well; none of none."""
        likely = heapq.nlargest(_MOST_FITTED, mentions, key=lambda one: self.shares[one.sentence])
        fits = ((self.fit(one), one) for one in likely)
        return max(fits, key=lambda pair: pair[0].rate, default=(NOWHERE, None))


def _likeness(place: Place, other: Mention[T]) -> float:
    total = sum(weight for _, _, weight in place.words)
    shared = 0.0
    for side, word, weight in place.words:
        same = max((other.context.get((side, key), 0.0) for key in word.keys), default=0.0)
        across = max((other.context.get((-side, key), 0.0) for key in word.keys), default=0.0)
        shared += min(weight, max(same, _OTHER_SIDE * across))
    return shared / total if total else 0.0


def _beside(place: Place, other: Mention[T]) -> float:
    sides = zip(place.beside, other.beside, strict=True)
    return (
        sum(
            1.0 if word is None and not keys else float(word is not None and bool(word.keys & keys))
            for word, keys in sides
        )
        / 2
    )


def _weighed(side: int, words: Iterable[Word]) -> Iterator[tuple[int, Word, float]]:
    for distance, word in enumerate(words):
        yield side, word, word.weight * _DECAY**distance
