"""Which units of other articles tell what a unit tells, and which of them deny its figures."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from summarizer.digesting.comparing import Comparison, agree
from summarizer.digesting.quantities import Quantity

# Calibrated on the pairs of sentences labelled in tests/summarizer/digesting/stories (files with
# part = "tuning"): words held by both count a little beside the cosine, a quantity told by both
# counts as much as 0.04 of cosine. Across the languages words cannot be compared.
_LEAST_SCORE = 0.955
_LEAST_SCORE_ACROSS = 0.855
_BOTH_HOLD = 0.1
_ONE_HOLDS = 0.05
_SAME_QUANTITY = 0.04
_LEAST_SHARED_QUOTE = 0.6
# A written sentence and the one it rests on, where the cosine decides alone.
LEAST_COSINE = 0.9
LEAST_COSINE_ACROSS = 0.855


class Telling:
    """What the units of a pool have in common."""

    def __init__(self, comparison: Comparison) -> None:
        self._comparison = comparison
        self._pool = comparison.pool
        self._quantities: list[list[Quantity]] = [[] for _ in self._pool.told]
        place = {id(told): index for index, told in enumerate(self._pool.told)}
        for quantity in (one for listed in comparison.by_article for one in listed):
            self._quantities[place[id(quantity.told)]].append(quantity)

    @cached_property
    def same(self) -> NDArray[np.bool_]:
        """Whether two units of different articles tell the same. *Shape:* (n, n), symmetric."""
        count = len(self._pool.told)
        same = np.zeros((count, count), bool)
        for one in range(count):
            for other in range(one + 1, count):
                if self._pool.told[one].article != self._pool.told[other].article:
                    same[one, other] = same[other, one] = self._tells(one, other)
        return same

    def denies(self, unit: int, article: int) -> bool:
        """Tell whether an article gives a figure of the unit differently, and not the same."""
        others = self._comparison.by_article[article]
        for quantity in self._quantities[unit]:
            same = [one for one in others if self._comparison.comparable(quantity, one)]
            if quantity.current and same and not any(agree(quantity, one) for one in same):
                return True
        return False

    def sources(self, unit: int) -> list[int]:
        """Return one unit an article that tells what ``unit`` tells, itself first."""
        best: dict[int, int] = {}
        for other in np.flatnonzero(self.same[unit]):
            article = self._pool.told[other].article
            if self.denies(unit, article):
                continue
            if article not in best or self._score(unit, int(other)) > self._score(
                unit, best[article]
            ):
                best[article] = int(other)
        return [unit, *(best[article] for article in sorted(best))]

    def _tells(self, one: int, other: int) -> bool:
        first, second = self._pool.told[one], self._pool.told[other]
        across = first.english != second.english
        quoted = first.unit.opens_quoted and second.unit.opens_quoted
        if quoted and not across and self._shares(one, other)[0] < _LEAST_SHARED_QUOTE:
            return False
        return self._score(one, other) >= (_LEAST_SCORE_ACROSS if across else _LEAST_SCORE)

    def _score(self, one: int, other: int) -> float:
        score = float(self._pool.cosines[one, other])
        if self._share_quantity(one, other):
            score += _SAME_QUANTITY
        if self._pool.told[one].english != self._pool.told[other].english:
            return score
        both, either = self._shares(one, other)
        return score + _BOTH_HOLD * both + _ONE_HOLDS * either

    def _shares(self, one: int, other: int) -> tuple[float, float]:
        shares = self._pool.shares[one, other], self._pool.shares[other, one]
        return float(min(shares)), float(max(shares))

    def _share_quantity(self, one: int, other: int) -> bool:
        return any(
            self._comparison.comparable(first, second)
            for first in self._quantities[one]
            for second in self._quantities[other]
        )
