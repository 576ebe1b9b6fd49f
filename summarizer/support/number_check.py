"""Numbers and dates: those the article lacks, and those put in another's place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import TypeVar

from ringkas.text.days import Day, dated
from summarizer.support.day_check import same_day, unsaid
from summarizer.support.evidence import Evidence
from summarizer.support.numbers import Number, comparable, same
from summarizer.support.otherwise import told_otherwise
from summarizer.support.slots import Mention
from summarizer.support.swaps import Item

T = TypeVar("T")

_ONE = frozenset({Decimal(1)})
_PARTS = ("day", "month", "year", "weekday")


def number_items(evidence: Evidence) -> Iterator[Item]:
    """Yield the numbers of a sentence beside those of the article."""
    for number in evidence.sentence.numbers:
        if not _is_article(number):
            yield from _number(number, evidence)


def day_items(evidence: Evidence) -> Iterator[Item]:
    """Yield the dates of a sentence beside those of the article."""
    for day in evidence.sentence.days:
        yield from _day(day, evidence)


def _number(number: Number, evidence: Evidence) -> Iterator[Item]:
    mentions = evidence.mentions.numbers
    equal = [one for one in mentions if same(number, one.value)]
    if not equal and (_in_title(number, evidence) or _in_a_year(number, evidence)):
        return
    if not equal and evidence.across and _is_told_otherwise(number, evidence):
        return
    echoed = [one for one in evidence.sentence.numbers if one is not number]
    others = (
        (one, one.value.unit == number.unit)
        for one in mentions
        if comparable(number, one.value) and not same(number, one.value)
        if not _is_article(one.value)
        if _is_left_out(one, mentions, echoed, same, evidence)
    )
    yield evidence.item("number", number.start, number.end, equal, others, missing=not equal)


def _is_told_otherwise(number: Number, evidence: Evidence) -> bool:
    """Tell whether what the sentence rests on has an ordinal or such for the number."""
    told = (told_otherwise(sentence.text) for sentence in evidence.aligned)
    return not number.unit and any(number.values & values for values in told)


def _is_article(number: Number) -> bool:
    """Tell whether a number hardly counts: "one of them", "one-time", "salah satu"."""
    return number.spelled and number.values == _ONE


def _is_left_out(
    one: Mention[T],
    mentions: Sequence[Mention[T]],
    echoed: Sequence[T],
    says_same: Callable[[T, T], bool],
    evidence: Evidence,
) -> bool:
    """Tell whether the sentence says a mention less often than what it rests on.

    What it says as often is in its place already; of "Stiller (50) ... usia 50" one may be swapped
    although the other is still there.
    """
    here = sum(says_same(other, one.value) for other in echoed)
    if not here:
        return True
    resting = evidence.alignment.places
    there = (other for other in mentions if other.sentence in resting)
    return here < sum(says_same(other.value, one.value) for other in there)


def _in_title(number: Number, evidence: Evidence) -> bool:
    return any(f"#{value.normalize():f}" in evidence.source.title for value in number.values)


def _in_a_year(number: Number, evidence: Evidence) -> bool:
    """Tell whether the article has the number where it looks like a year ("2000 orang")."""
    years = {mention.value.year for mention in evidence.mentions.days}
    return any(value in years for value in number.values)


def _day(day: Day, evidence: Evidence) -> Iterator[Item]:
    published = evidence.source.published
    mentions = evidence.mentions.days
    equal = [one for one in mentions if same_day(day, one.value, published)]
    if not equal and _is_a_number(day, evidence):
        return
    years = {one.value.year for one in mentions if one.value.year}
    missing = unsaid(day, [one.value for one in equal], years, published)
    if not equal and not missing and not _contradicted(day, evidence):
        return
    echoed = [one for one in evidence.sentence.days if one is not day]

    def says_same(one: Day, other: Day) -> bool:
        return same_day(one, other, published)

    others = (
        (one, _said(one.value) == _said(day))
        for one in mentions
        if set(_said(one.value)) & set(_said(day)) and not same_day(day, one.value, published)
        if _is_left_out(one, mentions, echoed, says_same, evidence)
    )
    yield evidence.item("date", day.start, day.end, equal, others, missing=missing or not equal)


def _contradicted(day: Day, evidence: Evidence) -> bool:
    """Tell whether "kemarin" is none of the days that the article speaks of."""
    said = (mention.value for mention in evidence.mentions.days)
    known = bool(dated(day, evidence.source.published))
    return known and any(one.day is not None or one.weekday is not None for one in said)


def _said(day: Day) -> tuple[str, ...]:
    return tuple(part for part in _PARTS if getattr(day, part) is not None)


def _is_a_number(day: Day, evidence: Evidence) -> bool:
    if day.year is None or day.day is not None or day.month is not None:
        return False
    counted = (mention.value for mention in evidence.mentions.numbers)
    return any(Decimal(day.year) in number.values for number in counted)
