"""Days as running text mentions them: "Kamis (8/6/2023)", "June 8", "2019", "kemarin".

A page's own date, with its clock, is read by ``ringkas.text.dates``; this finds every mention
within a text, however partial.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

_MONTHS = {
    name: number
    for number, names in enumerate(
        """januari january jan|februari february pebruari feb|maret march mar|april apr|mei may
        |juni june jun|juli july jul|agustus august agu agt agst ags aug|september sept sep
        |oktober october okt oct|november nopember nov nop|desember december des dec""".split("|"),
        start=1,
    )
    for name in names.split()
}
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        """senin monday|selasa tuesday|rabu wednesday|kamis thursday|jumat jum'at jum’at friday
        |sabtu saturday|minggu ahad sunday""".split("|")
    )
    for name in names.split()
}
_SHIFTS = {
    "hari ini": 0, "today": 0, "kemarin": -1, "yesterday": -1, "besok": 1, "tomorrow": 1,
}  # fmt: skip
# Alone, other short forms are other words or names ("Mar", "Jan", "Des").
_LONG = {name for name in _MONTHS if len(name) > 4} | set("mei may juni june juli july".split())


@dataclass(frozen=True, slots=True)
class Day:
    """A mention of a day, month or year at ``[start, end)``; what it leaves unsaid is None.

    ``weekday`` counts from Monday, 0. ``shift`` counts days from the day of publication
    ("kemarin" is -1). ``reversible`` says that day and month could be the other way round, as in
    "8/6/2023", which is the sixth of August in the United States.
    """

    start: int
    end: int
    day: int | None = None
    month: int | None = None
    year: int | None = None
    weekday: int | None = None
    shift: int | None = None
    reversible: bool = False

    @property
    def date(self) -> date | None:
        """The date, where day, month and year are said and there is such a day."""
        if self.day is None or self.month is None or self.year is None:
            return None
        try:
            return date(self.year, self.month, self.day)
        except ValueError:
            return None

    @property
    def is_weekday(self) -> bool:
        """Whether the mention is a weekday and no more."""
        return self.weekday is not None and self.day is None and self.month is None


def days(text: str) -> list[Day]:
    """Return the mentions of days, months and years in ``text``, in order, without overlaps.

    A weekday right before a date is part of its mention; "10-11 Juni" are two mentions.
    """
    found: list[Day] = []
    taken: set[int] = set()
    for pattern, read in _READERS:
        for match in pattern.finditer(text):
            places = range(match.start(), match.end())
            if taken.isdisjoint(places) and (mentions := list(read(match))):
                found += mentions
                taken.update(places)
    return _with_weekdays(text, sorted(found, key=lambda day: day.start))


def dated(day: Day, published: date | None) -> tuple[date, ...]:
    """Return the dates that a mention can mean in an article of that date; none where unclear.

    "Selasa" alone is the Tuesday at or before publication, or the one after it.
    """
    if day.date is not None:
        return (day.date,)
    if published is None:
        return ()
    if day.shift is not None:
        return (published + timedelta(days=day.shift),)
    if day.is_weekday and day.weekday is not None:
        back = (published.weekday() - day.weekday) % 7
        return (published - timedelta(days=back), published + timedelta(days=7 - back))
    guess = replace(day, year=published.year).date
    return (guess,) if guess else ()


# "Rabu malam (15/11)": a word for the time of day may stand before a bracket.
_TO_DATE = re.compile(r"[\s,]*(?:tanggal\s+)?|\s+(?:\w+\s+){0,2}\(")


def _with_weekdays(text: str, found: list[Day]) -> list[Day]:
    """Join "Selasa" and "(15/11)"; drop "15/11" that neither a weekday nor brackets show a date."""
    joined: list[Day] = []
    for day in found:
        before = joined[-1] if joined else None
        if before is not None and _leads_to(before, day, text):
            bracket = "(" in text[before.end : day.start] and text[day.end : day.end + 1] == ")"
            joined[-1] = replace(
                day, start=before.start, end=day.end + bracket, weekday=before.weekday
            )
        elif not _in_doubt(text, day):
            joined.append(day)
    return joined


def _leads_to(weekday: Day, day: Day, text: str) -> bool:
    between = text[weekday.end : day.start]
    return weekday.is_weekday and day.day is not None and _TO_DATE.fullmatch(between) is not None


def _in_doubt(text: str, day: Day) -> bool:
    if "/" not in text[day.start : day.end] or day.year is not None:
        return False
    return not (text[: day.start].endswith("(") and text[day.end : day.end + 1] in (")", ","))


def _iso(match: re.Match[str]) -> Iterator[Day]:
    year, month, day = map(int, match.group().split("-"))
    yield from _valid(Day(match.start(), match.end(), day, month, year))


def _numeric(match: re.Match[str]) -> Iterator[Day]:
    first, second, *rest = (int(part) for part in re.split(r"[/.-]", match.group()))
    year = rest[0] if rest else None
    if year is not None and year < 100:
        year += 2000
    if second > 12:
        first, second = second, first
    both = first <= 12
    yield from _valid(Day(match.start(), match.end(), first, second, year, reversible=both))


def _written(match: re.Match[str]) -> Iterator[Day]:
    """Read "10-11 Juni 2023" or "June 10 and 11": one mention a day."""
    month = _MONTHS[match["month"].casefold()]
    year = int(match["year"]) if match["year"] else None
    shift = match.start("days")
    numbers = list(re.finditer(r"\d+", match["days"]))
    for place, number in enumerate(numbers):
        start = match.start() if place == 0 else shift + number.start()
        end = match.end() if place == len(numbers) - 1 else shift + number.end()
        yield from _valid(Day(start, end, int(number.group()), month, year))


def _month_of_year(match: re.Match[str]) -> Iterator[Day]:
    month = _MONTHS[match["month"].casefold()]
    yield Day(match.start(), match.end(), month=month, year=int(match["year"]))


def _month(match: re.Match[str]) -> Iterator[Day]:
    opens = not re.search(r"[\w,;]\s*$", match.string[: match.start()])
    if not (opens and match["month"] == "May"):  # "May I ask"
        yield Day(match.start(), match.end(), month=_MONTHS[match["month"].casefold()])


def _weekday(match: re.Match[str]) -> Iterator[Day]:
    yield Day(match.start(), match.end(), weekday=_WEEKDAYS[match.group().casefold()])


def _shift(match: re.Match[str]) -> Iterator[Day]:
    words = " ".join(match.group().casefold().split())
    yield Day(match.start(), match.end(), shift=_SHIFTS[words])


def _day_alone(match: re.Match[str]) -> Iterator[Day]:
    yield from _valid(Day(match.start(), match.end(), int(match["day"])))


def _year(match: re.Match[str]) -> Iterator[Day]:
    yield Day(match.start(), match.end(), year=int(match["year"]))


def _valid(day: Day) -> Iterator[Day]:
    if 1 <= (day.day or 1) <= 31 and 1 <= (day.month or 1) <= 12:
        yield day


def _capitalised(names: set[str]) -> str:
    written = {form for name in names for form in (name.capitalize(), name.upper())}
    return "|".join(sorted(written, key=len, reverse=True))


_MONTH = rf"(?P<month>{_capitalised(set(_MONTHS))})\b\.?"
_NUMBER = r"\d{1,2}(?:st|nd|rd|th)?"
_TO = r"\s*(?:-|–|dan|hingga|sampai|s/d|and|to|&)\s*"
_DAYS = rf"(?P<days>{_NUMBER}(?:{_TO}{_NUMBER})?)"
_YEAR = r"(?:1[5-9]|20)\d\d"
_STARTS = r"(?<![\d.,:/$-])"
_ENDS = r"(?![.,:/-]?\d|\w)"
_THEN_YEAR = rf"(?:,?[\s-]+(?P<year>{_YEAR}){_ENDS})?"

_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Iterator[Day]]], ...] = (
    (re.compile(rf"{_STARTS}{_YEAR}-\d{{1,2}}-\d{{1,2}}{_ENDS}"), _iso),
    (re.compile(rf"{_STARTS}\d{{1,2}}([/.-])\d{{1,2}}\1(?:{_YEAR}|\d\d){_ENDS}"), _numeric),
    (re.compile(rf"{_STARTS}\d{{1,2}}/\d{{1,2}}{_ENDS}"), _numeric),
    (re.compile(rf"{_STARTS}{_DAYS}[\s-]+(?:of\s+)?{_MONTH}{_THEN_YEAR}"), _written),
    (re.compile(rf"\b{_MONTH}\s+{_DAYS}{_ENDS}{_THEN_YEAR}"), _written),
    (re.compile(rf"\b{_MONTH},?\s+(?P<year>{_YEAR}){_ENDS}"), _month_of_year),
    (re.compile(rf"\b(?P<month>{_capitalised(_LONG)})\b"), _month),
    (re.compile(rf"\b(?:{_capitalised(set(_WEEKDAYS))})\b"), _weekday),
    (re.compile(r"\b(?:hari\s+ini|today|kemarin|yesterday|besok|tomorrow)\b", re.I), _shift),
    (re.compile(r"\b(?:tanggal|tgl\.?)\s+(?P<day>\d{1,2})(?![.,:/]?\d)"), _day_alone),
    (re.compile(rf"(?<![\d.,$])(?P<year>{_YEAR})(?:-an|s)?(?![.,]?\d|%|\w)"), _year),
)
