"""How alike the words around two figures are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summarizer.support.words import Word

# As the check of a summary against its article weighs them (summarizer/support/slots.py).
_WINDOW = 8  # words on either side
_DECAY = 0.8  # from one word to the next
_OTHER_SIDE = 0.5  # of what a word counts that stands on the other side

Around = list[tuple[int, Word, float]]


def around(start: int, end: int, words: Sequence[Word]) -> Around:
    """Return the words around ``[start, end)``: side (-1 before, 1 after), word and weight."""
    before = [word for word in words if word.end <= start][-_WINDOW:][::-1]
    after = [word for word in words if word.start >= end][:_WINDOW]
    return [*_weighed(-1, before), *_weighed(1, after)]


def likeness(one: Around, other: Around) -> float:
    """Return how much of the words around the one figure stands around the other, in [0, 1].

    Of both ways to ask this the greater answer counts: one sentence may say much more.
    """
    return max(_held(one, other), _held(other, one))


def _held(one: Around, other: Around) -> float:
    keys: dict[tuple[int, str], float] = {}
    for side, word, weight in other:
        for key in word.keys:
            keys[side, key] = max(weight, keys.get((side, key), 0.0))
    shared = 0.0
    for side, word, weight in one:
        same = max((keys.get((side, key), 0.0) for key in word.keys), default=0.0)
        across = max((keys.get((-side, key), 0.0) for key in word.keys), default=0.0)
        shared += min(weight, max(same, _OTHER_SIDE * across))
    total = sum(weight for _, _, weight in one)
    return shared / total if total else 0.0


def _weighed(side: int, words: Sequence[Word]) -> Iterator[tuple[int, Word, float]]:
    for distance, word in enumerate(words):
        yield side, word, word.weight * _DECAY**distance
