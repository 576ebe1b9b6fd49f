"""Days: whether the article speaks of the same day, month or year, however it writes it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from ringkas.text.days import Day, dated

_PARTS = ("day", "month", "year", "weekday")


def same_day(day: Day, other: Day, published: date | None) -> bool:
    """Tell whether two mentions share a part and contradict each other in none."""
    return any(_agree(one, two) for one in _ways(day, published) for two in _ways(other, published))


def unsaid(day: Day, same: Sequence[Day], years: Iterable[int], published: date | None) -> bool:
    """Tell whether a part of ``day`` follows from none of the mentions that agree with it."""
    if day.shift is not None and published is None:
        return False  # nothing tells which day "kemarin" is
    ways = [way for other in same for way in _ways(other, published)]
    known = set(years) | ({published.year} if published else set())
    return any(
        _said(day, part)
        and not any(getattr(way, part) == getattr(day, part) for way in ways)
        and not (part == "year" and day.year in known)
        and not (part in ("day", "month") and _reversed_in(day, part, ways))
        for part in _PARTS
    )


def _said(day: Day, part: str) -> bool:
    return getattr(day, part) is not None


def _reversed_in(day: Day, part: str, ways: Sequence[Day]) -> bool:
    other = "month" if part == "day" else "day"
    return day.reversible and any(getattr(way, part) == getattr(day, other) for way in ways)


def _agree(one: Day, other: Day) -> bool:
    shared = [part for part in _PARTS if _said(one, part) and _said(other, part)]
    return bool(shared) and all(getattr(one, part) == getattr(other, part) for part in shared)


def _ways(day: Day, published: date | None) -> list[Day]:
    """Return what a mention can mean, with what follows from it filled in."""
    ways = [day]
    if day.reversible:
        ways.append(replace(day, day=day.month, month=day.day))
    for way in tuple(ways):
        ways += [
            Day(way.start, way.end, moment.day, moment.month, moment.year, moment.weekday())
            for moment in dated(way, published)
        ]
    return ways
