"""Flags on numbers and dates: those the article lacks, and those put in another's place."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ringkas.text.days import Day
from ringkas.types import Flag
from summarizer.support.day_check import other_day, same_day, unsaid
from summarizer.support.evidence import Evidence
from summarizer.support.numbers import Number, comparable, same
from summarizer.support.slots import swapped

_ONE = frozenset({Decimal(1)})


def number_flags(evidence: Evidence) -> Iterator[Flag]:
    """Yield the numbers and dates of a sentence that the article does not have in their place."""
    for number in evidence.sentence.numbers:
        if not (number.spelled and number.values == _ONE):  # "one of them", "satu"
            yield from _number(number, evidence)
    for day in evidence.sentence.days:
        yield from _day(day, evidence)


def _number(number: Number, evidence: Evidence) -> Iterator[Flag]:
    mentions = evidence.mentions.numbers
    equal = [mention for mention in mentions if same(number, mention.value)]
    others = [
        mention
        for mention in mentions
        if mention not in equal and comparable(number, mention.value)
    ]
    if not equal and (_in_title(number, evidence) or _in_a_year(number, evidence)):
        return
    place = evidence.place(number.start, number.end)
    wrong, nearest = swapped(place, equal, others, evidence.alignment.scores)
    if wrong:
        yield Flag("number", number.start, number.end, nearest.span if nearest else None)


def _in_title(number: Number, evidence: Evidence) -> bool:
    return any(f"#{value.normalize():f}" in evidence.source.title for value in number.values)


def _in_a_year(number: Number, evidence: Evidence) -> bool:
    """Tell whether the article has the number where it looks like a year ("2000 orang")."""
    years = {mention.value.year for mention in evidence.mentions.days}
    return any(value in years for value in number.values)


def _day(day: Day, evidence: Evidence) -> Iterator[Flag]:
    published = evidence.source.published
    mentions = evidence.mentions.days
    equal = [one for one in mentions if same_day(day, one.value, published)]
    years = {one.value.year for one in mentions if one.value.year}
    others = [one for one in mentions if other_day(day, one.value, published)]
    if not equal and _is_a_number(day, evidence):
        return
    place = evidence.place(day.start, day.end)
    missing = unsaid(day, [one.value for one in equal], years, published)
    wrong, nearest = swapped(place, () if missing else equal, others, evidence.alignment.scores)
    if wrong and (missing or equal):
        yield Flag("date", day.start, day.end, nearest.span if nearest else None)


def _is_a_number(day: Day, evidence: Evidence) -> bool:
    if day.year is None or day.day is not None or day.month is not None:
        return False
    counted = (mention.value for mention in evidence.mentions.numbers)
    return any(Decimal(day.year) in number.values for number in counted)
