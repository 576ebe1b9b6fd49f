"""Whether a number, day or name stands in the place where the article has it.

A swapped number is often a number of the same article, so that finding it somewhere says little.
Each mention is compared with the article's mentions of its kind by the words around them: where
another value stands much nearer, the summary has put one into the other's place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from ringkas.types import Span
from summarizer.support.words import Word

# Calibrated on planted swaps in IndoSum's, Detik's and CNN/DailyMail's training rows.
_WINDOW = 8  # words on either side
_DECAY = 0.8  # from one word to the next
_OTHER_SIDE = 0.5  # of what a word counts that stands on the other side

T = TypeVar("T")
Context = dict[tuple[int, str], float]


@dataclass(frozen=True, slots=True)
class Place:
    """The words around a mention: key and side (-1 before, 1 after) to weight."""

    words: tuple[tuple[int, Word, float], ...]
    total: float

    def keys(self) -> Context:
        """Return the weight of each key on each side, the greatest where it recurs."""
        found: Context = {}
        for side, word, weight in self.words:
            for key in word.keys:
                found[side, key] = max(weight, found.get((side, key), 0.0))
        return found


def place_of(start: int, end: int, words: Sequence[Word]) -> Place:
    """Return the words around ``[start, end)``, nearer ones with more weight."""
    before = [word for word in words if word.end <= start][-_WINDOW:][::-1]
    after = [word for word in words if word.start >= end][:_WINDOW]
    around = (*_weighed(-1, before), *_weighed(1, after))
    return Place(around, sum(weight for _, _, weight in around))


def likeness(place: Place, other: Context) -> float:
    """Return how much of the words around a mention stands around another, in [0, 1]."""
    if not place.total:
        return 0.0
    shared = 0.0
    for side, word, weight in place.words:
        same = max((other.get((side, key), 0.0) for key in word.keys), default=0.0)
        across = max((other.get((-side, key), 0.0) for key in word.keys), default=0.0)
        shared += min(weight, max(same, _OTHER_SIDE * across))
    return shared / place.total


def _weighed(side: int, words: Iterable[Word]) -> Iterator[tuple[int, Word, float]]:
    for distance, word in enumerate(words):
        yield side, word, word.weight * _DECAY**distance


_ALIGNED = 0.5  # what the alignment of its sentence counts beside the words around a mention
_MARGIN = 0.25
_LEAST_LIKE = 0.35  # of a mention that is shown as what the source says instead


@dataclass(frozen=True)
class Mention(Generic[T]):
    """A number, day or name of the article: what it is, where, and the words around it."""

    value: T
    span: Span
    sentence: int
    context: Context


def swapped(
    place: Place,
    same: Iterable[Mention[T]],
    others: Iterable[Mention[T]],
    scores: NDArray[np.float64],
) -> tuple[bool, Mention[T] | None]:
    """Tell whether another value stands in a mention's place, and which stands nearest.

    Arguments:
        place: the words around the mention in the summary.
        same: the article's mentions that say the same.
        others: those that say something else, and could stand there.
        scores: how well each of the article's sentences is aligned, as in ``Alignment``.
    """
    scale = _ALIGNED / max(float(scores.max(initial=0)), 1e-9)

    def rate(mention: Mention[T]) -> float:
        return likeness(place, mention.context) + scale * float(scores[mention.sentence])

    rated = [(rate(other), other) for other in others]
    nearest, other = max(rated, key=lambda pair: pair[0], default=(0.0, None))
    held = max((rate(one) for one in same), default=None)
    if held is None:
        return True, other if nearest >= _LEAST_LIKE else None
    return nearest > held + _MARGIN, other
