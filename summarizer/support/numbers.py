"""Numbers with what they count: percentages, money, clock times, and how exactly they are meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Literal

from ringkas.text.days import Day
from ringkas.text.figures import Figure, figures

Rounding = Literal["exact", "about", "over", "under"]
CLOCK = "clock"
PERCENT = "%"

_PERCENT = re.compile(r"\s*-?(?:%|(?:persen|prosen|percent|per cent|pct)\b)", re.I)
_MONEY_BEFORE = re.compile(
    r"(?P<idr>\b(?:rp|idr)\.?\s*)$|(?P<usd>(?:\bus\$?|\busd|\$)\s*)$|(?P<eur>(?:€|\beur)\s*)$"
    r"|(?P<gbp>(?:£|\bgbp)\s*)$",
    re.I,
)
_MONEY_AFTER = re.compile(
    r"\s*(?:(?P<idr>rupiah)|(?P<usd>dolar(?! (?:australia|singapura|hong))|(?:us )?dollars?)"
    r"|(?P<eur>euros?)|(?P<gbp>pounds?|poundsterling))\b",
    re.I,
)
# "Rp 15 M" is fifteen billion, "$15m" fifteen million.
_LETTER = re.compile(r"\s?(?P<idr>M|T|jt|rb)\b|(?P<other>m|bn?|tn|k)\b")
_LETTERS = {"M": 9, "T": 12, "jt": 6, "rb": 3, "m": 6, "b": 9, "bn": 9, "tn": 12, "k": 3}
_CLOCK = re.compile(
    r"""(?:(?P<cue>\b(?:pukul|pkl\.?|jam)\s+))?(?<![\d.,:])(?P<h>[01]?\d|2[0-4])
    (?:(?P<sep>[.:])(?P<m>[0-5]\d)(?:[.:]\d\d)?)?(?![\d]|[.,:]\d)
    \s*(?P<half>[ap]\.?m\b\.?)?\s*(?P<zone>(?:WIB|WITA|WIT|GMT)\b)?
    (?:\s*(?P<part>pagi|siang|sore|petang|malam|dini\ hari)\b)?""",
    re.VERBOSE | re.IGNORECASE,
)
_HEDGES: dict[Rounding, re.Pattern[str]] = {
    "about": re.compile(
        r"\b(?:sekitar|kira-kira|kurang lebih|lebih kurang|sekira|about|around|roughly"
        r"|approximately|some|nearly|almost|hampir|nyaris)\s+(?:\S+\s+)?$",
        re.I,
    ),
    "over": re.compile(
        r"\b(?:lebih dari|di atas|lebih|more than|over|above|at least|sedikitnya|setidaknya|minimal"
        r"|paling sedikit)\s+(?:\S+\s+)?$",
        re.I,
    ),
    "under": re.compile(
        r"\b(?:kurang dari|di bawah|less than|under|below|fewer than)\s+(?:\S+\s+)?$", re.I
    ),
}
# How far two rounded numbers may lie apart, as a part of the article's; chosen, not measured.
_NEAR = Decimal("0.05")
_LISTED = re.compile(r"\s*(?:-|–|,|/|dan|atau|hingga|sampai|s/d|ke|and|or|to|,\s*(?:dan|and))\s*")


@dataclass(frozen=True, slots=True)
class Number:
    """A number at ``[start, end)`` with all it can mean, its unit, and how exact it claims to be.

    ``unit`` is a percentage, a currency, a clock time (``values`` are then minutes), or empty.
    """

    start: int
    end: int
    values: frozenset[Decimal]
    unit: str = ""
    rounding: Rounding = "exact"
    spelled: bool = False


def numbers(text: str, days: Iterable[Day]) -> list[Number]:
    """Return the numbers of ``text`` in order, without those of its dates."""
    taken = {place for day in days for place in range(day.start, day.end)}
    clocks = [clock for clock in _clocks(text) if clock.start not in taken]
    taken |= {place for clock in clocks for place in range(clock.start, clock.end)}
    counted = [figure for figure in figures(text) if figure.start not in taken]
    found = [_with_unit(text, figure) for figure in counted]
    return sorted([*_inherited(text, counted, found), *clocks], key=lambda number: number.start)


def same(number: Number, source: Number) -> bool:
    """Tell whether the source's number says what ``number`` says."""
    if not _units_agree(number.unit, source.unit):
        return False
    if number.values & source.values:
        return True
    if number.rounding == "exact":
        return False
    # "lebih dari 10" is not what "lebih dari 15" says; "sekitar 2.000" is what "hampir 1.990" does.
    near = _NEAR if number.rounding == source.rounding else None
    return any(
        _rounds_to(exact, stated, number.rounding)
        and (near is None or abs(exact - stated) <= near * exact)
        for stated in number.values
        for exact in source.values
    )


def comparable(number: Number, source: Number) -> bool:
    """Tell whether the source's number could stand in the place of ``number``."""
    return _units_agree(number.unit, source.unit)


def _units_agree(one: str, other: str) -> bool:
    if PERCENT in (one, other) or CLOCK in (one, other):
        return one == other
    return not one or not other or one == other


def _rounds_to(exact: Decimal, stated: Decimal, rounding: Rounding) -> bool:
    """Tell whether ``exact`` is ``stated`` when rounded to as many digits as are stated."""
    if not exact or not stated:
        return False
    place = Decimal(1).scaleb(stated.normalize().as_tuple().exponent)  # type: ignore[arg-type]
    ways = {
        "about": (ROUND_HALF_UP, ROUND_FLOOR, ROUND_CEILING),
        "over": (ROUND_FLOOR,),
        "under": (ROUND_CEILING,),
    }[rounding]
    return any((exact / place).to_integral_value(way) * place == stated for way in ways)


def _with_unit(text: str, figure: Figure) -> Number:
    before, after = text[: figure.start], text[figure.end :]
    number = Number(figure.start, figure.end, figure.values, rounding=_rounding(before))
    number = replace(number, spelled=not figure.digits)
    if percent := _PERCENT.match(after):
        return replace(number, end=figure.end + percent.end(), unit=PERCENT)
    if money := _MONEY_BEFORE.search(before[-6:]):
        start = figure.start - len(money.group())
        number = replace(number, start=start, rounding=_rounding(text[:start]))
        return _with_letter(replace(number, unit=str(money.lastgroup)), after, figure)
    if money := _MONEY_AFTER.match(after):
        return replace(number, end=figure.end + money.end(), unit=str(money.lastgroup))
    return number


def _with_letter(number: Number, after: str, figure: Figure) -> Number:
    letter = None if figure.scaled else _LETTER.match(after)
    if letter is None or (letter["idr"] is not None) != (number.unit == "idr"):
        return number
    factor = Decimal(10) ** _LETTERS[letter["idr"] or letter["other"]]
    values = frozenset(value * factor for value in number.values)
    return replace(number, values=values, end=number.end + letter.end())


def _rounding(before: str) -> Rounding:
    tail = before[-30:]
    return next((way for way, hedge in _HEDGES.items() if hedge.search(tail)), "exact")


def _inherited(text: str, counted: Sequence[Figure], found: Sequence[Number]) -> list[Number]:
    """Give "5" of "5-10 juta" and "10" of "10, 20 dan 30 persen" the scale and unit they share."""
    result = list(found)
    for place in range(len(found) - 2, -1, -1):
        figure, following, after = counted[place], counted[place + 1], result[place + 1]
        if not _LISTED.fullmatch(text[figure.end : following.start].removesuffix("Rp")):
            continue
        values = result[place].values
        if not figure.scaled and following.scaled and following.bare:
            factor = max(following.values) / max(following.bare)
            values |= frozenset(value * factor for value in figure.bare)
        unit = result[place].unit or after.unit
        result[place] = replace(result[place], values=values, unit=unit)
    return result


def _clocks(text: str) -> Iterable[Number]:
    for match in _CLOCK.finditer(text):
        cue = match["cue"] or match["half"] or match["zone"]
        if not cue and match["sep"] != ":":
            continue
        if not match["m"] and not cue:
            continue
        hour, minute = int(match["h"]), int(match["m"] or 0)
        half = (match["half"] or "").lower()[:1]
        if half:
            hours = {hour % 12 + (12 if half == "p" else 0)}
        elif match["part"] and hour <= 12 and match["part"].lower() not in ("pagi", "dini hari"):
            hours = {hour, hour % 12 + 12}
        else:
            hours = {hour}
        values = frozenset(Decimal(60 * hour + minute) for hour in hours)
        yield Number(
            match.start("h"), _clock_end(match), values, CLOCK, _rounding(text[: match.start()])
        )


def _clock_end(match: re.Match[str]) -> int:
    return max(match.end(group) for group in ("h", "m", "half", "zone"))
