"""Figures that the articles give differently: found, and put side by side.

For each pair of articles, what the one reports first of a quantity is set against what the other
reports of it. Nothing is averaged and none is called right.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from ringkas.types import Article
from summarizer.digesting.comparing import Comparison, agree, recurs
from summarizer.digesting.counted import kinds
from summarizer.digesting.quantities import Quantity


@dataclass(frozen=True)
class Difference:
    """The figures of one quantity, one an article, of which at least two differ."""

    quantities: tuple[Quantity, ...]
    updated: bool


def differences(comparison: Comparison) -> list[Difference]:
    """Return the quantities that the articles give differently, what befell people first."""
    links = list(_links(comparison))
    groups = [group for group in _joined(links) if _differ(group)]
    fates = [*kinds("fates").labels]

    def weight(group: Sequence[Quantity]) -> tuple[int, int, int]:
        about = group[0].about
        rank = fates.index(about) if about in fates else len(fates)
        return rank, *_when(group[0])

    ordered = sorted(groups, key=weight)
    return [Difference(tuple(group), _updated(group, comparison)) for group in ordered]


def _links(comparison: Comparison) -> Iterator[tuple[Quantity, Quantity]]:
    """Yield the pairs of figures, of two articles, that tell the same quantity."""
    count = len(comparison.by_article)
    for one in range(count):
        for other in range(one + 1, count):
            yield from _between(comparison, one, other)


def _between(comparison: Comparison, one: int, other: int) -> Iterator[tuple[Quantity, Quantity]]:
    firsts, seconds = comparison.by_article[one], comparison.by_article[other]
    left, right = _mains(comparison, firsts), _mains(comparison, seconds)
    for quantity in left:
        match = _best(comparison, quantity, right)
        if match is None or _best(comparison, match, left) is not quantity:
            continue
        if agree(quantity, match) or not (
            _held(comparison, quantity, seconds) or _held(comparison, match, firsts)
        ):
            yield quantity, match


def _mains(comparison: Comparison, quantities: Sequence[Quantity]) -> list[Quantity]:
    """Return what an article reports first of each quantity; a later figure may be of a part."""
    mains: list[Quantity] = []
    for quantity in quantities:
        if quantity.current and not any(
            _same_kind(quantity, main) and comparison.comparable(quantity, main) for main in mains
        ):
            mains.append(quantity)
    return mains


def _same_kind(one: Quantity, other: Quantity) -> bool:
    """Tell whether the wording of two figures of one article gives them one kind."""
    return (one.unit, one.about) == (other.unit, other.about) and bool(one.about or not one.unit)


def _best(
    comparison: Comparison, quantity: Quantity, candidates: Sequence[Quantity]
) -> Quantity | None:
    """Return the figure that tells the same quantity; an equal one before a nearer one."""
    fitting = [other for other in candidates if comparison.comparable(quantity, other)]
    return max(
        fitting,
        key=lambda other: (agree(quantity, other), comparison.nearness(quantity, other)),
        default=None,
    )


def _held(comparison: Comparison, quantity: Quantity, others: Sequence[Quantity]) -> bool:
    """Tell whether the other article gives the same figure as well, and still stands by it."""
    standing = [other for other in others if not other.former]
    return recurs(quantity, standing) or any(
        agree(quantity, other) and comparison.comparable(quantity, other) for other in standing
    )


def _joined(links: Sequence[tuple[Quantity, Quantity]]) -> list[list[Quantity]]:
    """Join the pairs to groups with one figure an article, the first that was found."""
    groups: list[list[Quantity]] = []
    for pair in links:
        touched = [group for group in groups if any(one in group for one in pair)]
        merged = [quantity for group in touched for quantity in group]
        merged += [one for one in pair if one not in merged]
        groups = [group for group in groups if group not in touched] + [merged]
    return [sorted(_one_each(group), key=_when) for group in groups]


def _one_each(group: Sequence[Quantity]) -> list[Quantity]:
    first: dict[int, Quantity] = {}
    for quantity in sorted(group, key=lambda one: one.start):
        first.setdefault(quantity.told.article, quantity)
    return [first[article] for article in sorted(first)]


def _when(quantity: Quantity) -> tuple[int, int]:
    return quantity.told.article, quantity.start


def _differ(group: Sequence[Quantity]) -> bool:
    return any(not agree(group[0], other) for other in group[1:])


def _updated(group: Sequence[Quantity], comparison: Comparison) -> bool:
    """Tell whether the latest article itself tells of a change from what another reports."""
    articles = comparison.pool.articles
    if any(articles[one.told.article].published is None for one in group):
        return False
    latest = latest_of(Difference(tuple(group), updated=False), articles)
    others = [one for one in group if one not in latest]
    if any(agree(one, latest[-1]) for one in others):
        return False  # an earlier article already had what the latest one reports
    remembered = (
        agree(one, former)
        for one in others
        for new in latest
        for former in comparison.by_article[new.told.article]
        if former.former and former.unit == new.unit
    )
    return any(one.changed for one in latest) or any(remembered)


def latest_of(difference: Difference, articles: Sequence[Article]) -> list[Quantity]:
    """Return the figures of the latest article and of those before it that already agree."""
    ordered = sorted(
        difference.quantities, key=lambda one: moment_of(articles[one.told.article].published)
    )
    first = len(ordered) - 1
    while first and agree(ordered[first - 1], ordered[-1]):
        first -= 1
    return ordered[first:]


def moment_of(published: datetime | None) -> datetime:
    """Return a time that can be compared with others; unknown ones come last."""
    if published is None:
        return datetime.max.replace(tzinfo=UTC)
    return published if published.tzinfo else published.replace(tzinfo=UTC)
