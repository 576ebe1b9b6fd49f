"""What an article's sentence has where the summary has something else.

The words of the two sentences are matched in order. Between the matched words next to a mention
lies what stands in its place: ``"kata Febri [Diansyah] , Kamis"``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from summarizer.support.words import Word

_REACH = 4  # unmatched words between a mention and the words that hold it in place
_DENSITY_WINDOW = 6  # words on either side whose matches tell how literal the place is
_CLOSENESS = 0.7  # for each word skipped
_LONGEST_GAP = 8  # words


@dataclass(frozen=True, slots=True)
class Gap:
    """The words ``[first, last)`` of an article's sentence in a mention's place.

    ``closeness``, in [0, 1], tells how near the matched words on both sides are, ``density`` how
    many of the words around are matched.
    """

    first: int
    last: int
    closeness: float
    density: float


def match(agreed: NDArray[np.float64], first: int, last: int) -> list[int]:
    """Return for each word the index of the word matched to it, -1 for none.

    The matching keeps the order and is the heaviest there is (longest common subsequence). The
    words ``[first, last)`` are left out: a swapped name would be matched where it belongs.
    """
    weights = agreed.copy()
    weights[first:last] = 0
    best = np.zeros((weights.shape[0] + 1, weights.shape[1] + 1))
    for row in range(weights.shape[0] - 1, -1, -1):
        with_match = best[row + 1, 1:] + weights[row]
        line = np.maximum(best[row + 1, :-1], np.where(weights[row] > 0, with_match, 0))
        best[row, :-1] = np.maximum.accumulate(line[::-1])[::-1]
    return _walk(best, weights)


def gap_at(matched: Sequence[int], first: int, last: int, length: int) -> Gap | None:
    """Return what stands in the place of words ``[first, last)``; None if nothing holds it.

    Arguments:
        matched: what ``match`` returned.
        first: the mention's first word.
        last: the word after its last.
        length: the number of words of the article's sentence.
    """
    left = _anchor(matched, range(first - 1, first - 2 - _REACH, -1), -1)
    right = _anchor(matched, range(last, last + _REACH + 1), length)
    if left is None or right is None:
        return None
    start, end = left[1] + 1, right[1]
    if not 0 <= end - start <= _LONGEST_GAP or not 0 <= start <= end <= length:
        return None
    around = [*range(first - _DENSITY_WINDOW, first), *range(last, last + _DENSITY_WINDOW)]
    inside = [place for place in around if 0 <= place < len(matched)]
    density = sum(matched[place] >= 0 for place in inside) / len(inside) if inside else 0.0
    closeness = (_CLOSENESS ** left[0] + _CLOSENESS ** right[0]) / 2
    return Gap(start, end, closeness, density)


def _anchor(matched: Sequence[int], places: range, edge: int) -> tuple[int, int] | None:
    """Return how many words are skipped to the next matched one, and what it is matched to.

    The edge of the sentence holds a mention only if nothing lies between.
    """
    for skipped, place in enumerate(places):
        if not 0 <= place < len(matched):
            return (1, edge) if skipped == 0 else None
        if matched[place] >= 0:
            return skipped, matched[place]
    return None


def agreements(words: Sequence[Word], others: Sequence[Word]) -> NDArray[np.float64]:
    """Return what each word weighs where it agrees with each of the others, 0 elsewhere."""
    return np.array(
        [
            [word.weight if not word.keys.isdisjoint(other.keys) else 0.0 for other in others]
            for word in words
        ]
    ).reshape(len(words), len(others))


def _walk(best: NDArray[np.float64], weights: NDArray[np.float64]) -> list[int]:
    matched = [-1] * weights.shape[0]
    row = column = 0
    while row < weights.shape[0] and column < weights.shape[1]:
        if weights[row, column] and np.isclose(
            best[row, column], best[row + 1, column + 1] + weights[row, column]
        ):
            matched[row] = column
            row, column = row + 1, column + 1
        elif best[row, column] == best[row, column + 1]:
            column += 1
        else:
            row += 1
    return matched
