"""Whether two figures of different articles tell the same quantity, and whether they agree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal

from summarizer.digesting.counted import APART, PEOPLE, kinds
from summarizer.digesting.pool import Pool
from summarizer.digesting.quantities import Quantity
from summarizer.digesting.surroundings import around, likeness
from summarizer.support.numbers import same

# Set on the tuning stories in tests/summarizer/digesting/stories and the sample articles; the
# other stories there check them.
_LEAST_ALIKE = 0.25  # words around two figures whose kind is known
_LEAST_ALIKE_UNKNOWN = 0.3  # and where only the wording tells that they are the same
_NEAR_COSINE = 0.88  # sentences this near need no words in common
_NEAR_COSINE_ACROSS = 0.85  # across the languages, where few words can be compared
_LIKENESS_WEIGHT = 0.2
# Outlets round without saying so, by as much as this; a larger difference is a difference.
_ROUNDED_BY = Decimal("0.02")
_FEWEST_DIGITS = 2
# Figures that differ by more are seldom the same quantity, where no word says what befell whom.
_LARGEST_RATIO = 10


class Comparison:
    """Compares the figures of a pool of articles."""

    def __init__(self, pool: Pool, found: Iterable[Quantity]) -> None:
        self.pool = pool
        self._likenesses: dict[tuple[int, int], float] = {}
        self._index = {id(told): index for index, told in enumerate(pool.told)}
        self.by_article: list[list[Quantity]] = [[] for _ in pool.articles]
        for quantity in found:
            self.by_article[quantity.told.article].append(quantity)

    def nearness(self, one: Quantity, other: Quantity) -> float:
        """Return how near two figures of one kind are by their sentences and wording."""
        alike = self._likeness(one, other)
        return self._cosine(one, other) + _LIKENESS_WEIGHT * alike

    def comparable(self, one: Quantity, other: Quantity) -> bool:
        """Tell whether two figures tell the same quantity, be they equal or not."""
        if one.unit != other.unit or one.rate != other.rate:
            return False
        if one.unit:
            return self._same_measure(one, other)
        return self._same_count(one, other)

    def _same_count(self, one: Quantity, other: Quantity) -> bool:
        if one.about and one.about == other.about:
            return _same_people(one.noun, other.noun)
        if one.noun != other.noun or not one.noun or one.noun == PEOPLE:
            return False
        if one.about or other.about:  # "tiga penumpang tewas" are not "203 penumpang"
            return False
        known = one.noun in kinds("nouns").labels
        return _ratio(one, other) <= _LARGEST_RATIO and self._alike(
            one, other, _LEAST_ALIKE if known else _LEAST_ALIKE_UNKNOWN
        )

    def _same_measure(self, one: Quantity, other: Quantity) -> bool:
        if _ratio(one, other) > _LARGEST_RATIO:
            return False
        if one.about and one.about == other.about:
            return one.unit == one.about or self._alike(one, other, _LEAST_ALIKE_UNKNOWN)
        if one.about and other.about:
            return False
        return self._likeness(one, other) >= _LEAST_ALIKE_UNKNOWN and self._near(one, other)

    def _alike(self, one: Quantity, other: Quantity, least: float) -> bool:
        return self._likeness(one, other) >= least or self._near(one, other)

    def _near(self, one: Quantity, other: Quantity) -> bool:
        across = one.told.english != other.told.english
        return self._cosine(one, other) >= (_NEAR_COSINE_ACROSS if across else _NEAR_COSINE)

    def _cosine(self, one: Quantity, other: Quantity) -> float:
        return float(self.pool.cosines[self._index[id(one.told)], self._index[id(other.told)]])

    def _likeness(self, one: Quantity, other: Quantity) -> float:
        pair = (id(one), id(other))
        if pair not in self._likenesses:
            first, second = (
                around(each.number.start, each.number.end, each.told.reading.words)
                for each in (one, other)
            )
            self._likenesses[pair] = likeness(first, second)
        return self._likenesses[pair]


def agree(one: Quantity, other: Quantity) -> bool:
    """Tell whether two figures say the same, one of them perhaps rounded."""
    if same(one.number, other.number) or same(other.number, one.number):
        return True
    return any(
        _rounds(exact, stated) or _rounds(stated, exact)
        for exact in one.number.values
        for stated in other.number.values
    )


def recurs(quantity: Quantity, others: Sequence[Quantity]) -> bool:
    """Tell whether a sum or share stands among ``others``, whatever they say it is about."""
    money = quantity.unit and quantity.unit not in kinds("measures").labels
    return bool(money) and any(
        quantity.unit == other.unit and agree(quantity, other) for other in others
    )


def _same_people(one: str, other: str) -> bool:
    """Tell whether two counts may be of the same people; some are counted apart."""
    return one == other or not {one, other} & APART


def _rounds(exact: Decimal, stated: Decimal) -> bool:
    if not exact or not stated or abs(exact - stated) > _ROUNDED_BY * exact:
        return False
    parts = stated.normalize().as_tuple()
    if len(parts.digits) < _FEWEST_DIGITS or len(parts.digits) >= len(
        exact.normalize().as_tuple().digits
    ):
        return False
    place = Decimal(1).scaleb(int(parts.exponent))
    return (exact / place).to_integral_value(ROUND_HALF_UP) * place == stated


def _ratio(one: Quantity, other: Quantity) -> Decimal:
    """Return the larger figure by the smaller; what is counted is counted in whole numbers."""
    ratios = [max(a, b) / min(a, b) for a in _readings(one) for b in _readings(other) if a and b]
    return min(ratios, default=Decimal(_LARGEST_RATIO + 1))


def _readings(quantity: Quantity) -> Iterable[Decimal]:
    values = quantity.number.values
    return values if quantity.unit else [max(values)]
