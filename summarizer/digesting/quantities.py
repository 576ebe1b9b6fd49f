"""Figures with what they count: "12 orang" of "12 orang tewas" are people, and dead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ringkas.text.vocabulary import stop_words
from summarizer.digesting import marks
from summarizer.digesting.counted import MEASURED, PEOPLE, Found, kinds
from summarizer.digesting.pool import Told
from summarizer.support.numbers import Number

# What lies between a figure and a word that may tell what it is about, in words of distance, and
# how far that word may stand. Set by hand on the sample articles and the stories in tests/.
_ACROSS_FIGURE = 4.0
_ACROSS_JOINT = 2.5
_ACROSS_COMMA = 1.5
_FARTHEST_FATE = 10.0
_FARTHEST_TOPIC = 14.0
_FARTHEST_FROM_OPENING = 18.0  # "Korban meninggal akibat …, …, tercatat 14 orang"
_OPENING_WORDS = 5
_NEAR_FATE = 3.0  # for those that the tables do not know as people: "17 suporter diamankan"
_FATES_OF_ANY = frozenset({"arrested", "dead", "injured"})

_JOINT = re.compile(
    r"\b(?:dan|serta|sedangkan|sementara|tetapi|namun|and|while|whereas|but)\b", re.IGNORECASE
)
_COMMA = re.compile(r"[,;:–—]")
_NEXT_WORD = re.compile(r"[-\s]+([^\W\d_]+(?:-[^\W\d_]+)?)")
_PERSONS = frozenset(
    {PEOPLE, "passengers", "crew", "suspects", "children", "pupils", "employees", "forces"}
)
# Told before a general word: "penumpang tercatat 203 orang", "employs 8,400 people".
_SPECIFIC = frozenset(
    {"passengers", "crew", "suspects", "pupils", "employees", "spectators", "witnesses"}
)
_SHORTEST_NOUN = 3


@dataclass(frozen=True)
class Quantity:
    """One figure of a unit. ``start`` and ``end`` count characters of the article's text.

    ``unit`` is money, a percentage or a unit of measure, and empty for what is counted; ``noun``
    is what is counted and ``about`` what befell it or what is measured, each empty where the
    wording does not tell. A ``former`` figure is told as no longer true, a ``partial`` one as
    part of another, a ``rate`` for each of many; ``changed`` ones are said to have changed.
    """

    told: Told
    number: Number
    start: int
    end: int
    unit: str
    noun: str
    about: str
    former: bool
    partial: bool
    rate: bool
    changed: bool

    @property
    def current(self) -> bool:
        """Whether it is all that the article itself reports, as of its day."""
        return not (self.former or self.partial)


def quantities(told: Told, text: str) -> list[Quantity]:
    """Return the figures of a unit that count or measure something, in order.

    Left out are dates and clock times, scores, ranges, ordinals, ages and numbers within names.

    Arguments:
        told: the unit.
        text: its article's text.
    """
    window = told.unit.span.of(text)
    if window != told.unit.text:  # offsets of the reading fit only text without line breaks
        return []
    numbers = [one for one in told.reading.numbers if marks.counts(window, one)]
    found: list[Quantity] = []
    for number in numbers:
        if not marks.in_range(window, number, numbers):
            found.append(_inherited(_quantity(told, window, number, numbers), found))
    return [one for one in found if one.unit or one.noun or one.about]


def _quantity(told: Told, text: str, number: Number, numbers: Sequence[Number]) -> Quantity:
    others = [other for other in numbers if other is not number]
    unit, noun, last = _kind(text, number)
    about = _about(text, number, others, noun, unit)
    start = told.unit.span.start
    return Quantity(
        told=told,
        number=number,
        start=start + number.start,
        end=start + last,
        unit=unit,
        noun=noun,
        about=about,
        former=marks.is_former(text, number),
        partial=marks.is_partial(text, number, others),
        rate=marks.is_rate(text, number),
        changed=marks.is_changed(text, number),
    )


def _inherited(quantity: Quantity, earlier: Sequence[Quantity]) -> Quantity:
    """Let "dari semula 35 orang" be about what the figure before it is about."""
    last = earlier[-1] if earlier else None
    if quantity.about or not quantity.former or last is None or last.unit != quantity.unit:
        return quantity
    return replace(quantity, about=last.about, noun=quantity.noun or last.noun)


def _kind(text: str, number: Number) -> tuple[str, str, int]:
    """Return the unit or the noun of a figure, and where its wording ends."""
    if number.unit:
        return number.unit, "", number.end
    if any(
        found.name == "magnitude" and _distance(text, found, number, ()) <= 1
        for found in kinds("topics").find(text)
    ):
        return "magnitude", "", number.end
    next_word = _NEXT_WORD.match(text, number.end)
    if next_word is None:
        return "", _noun_before(text, number), number.end
    if measure := kinds("measures").at(text, next_word.start(1)):
        return measure.name, "", measure.end
    noun, end = _noun(text, number, next_word)
    return "", noun, end


def _noun(text: str, number: Number, next_word: re.Match[str]) -> tuple[str, int]:
    """Return what is counted and where its word ends: a name of the tables, or the word itself."""
    after = _NEXT_WORD.match(text, next_word.end())
    second = kinds("nouns").at(text, after.start(1)) if after else None
    first = kinds("nouns").at(text, next_word.start(1))
    if first and first.name == PEOPLE:
        specific = second if second and second.name != PEOPLE else None
        return (
            specific.name if specific else _noun_before(text, number) or PEOPLE,
            (specific or second or first).end,
        )
    if first:
        return first.name, first.end
    if second and second.name != PEOPLE:  # "40 gempa susulan", "seven flooded villages"
        return second.name, second.end
    word = next_word[1].casefold()
    if len(word) < _SHORTEST_NOUN or word in stop_words():
        return _noun_before(text, number), number.end
    if kinds("fates").at(text, next_word.start(1)):
        return _noun_before(text, number), next_word.end()
    return word, next_word.end()


def _noun_before(text: str, number: Number) -> str:
    """Return what "ditonton 19.850 orang" and "Jumlah penumpang tercatat 203" count."""
    found = [one for one in kinds("nouns").find(text[: number.start]) if one.name in _SPECIFIC]
    near = [one for one in found if len(text[one.end : number.start].split()) <= 2]
    return near[-1].name if near else ""


def _about(text: str, number: Number, others: Sequence[Number], noun: str, unit: str) -> str:
    if unit == "magnitude":
        return unit
    person = not noun or noun in _PERSONS
    found = list(kinds("topics" if unit else "fates").find(text))
    limit = _FARTHEST_TOPIC if unit else _FARTHEST_FATE
    if not unit and not person:
        limit = 0.0 if noun in kinds("nouns").labels else _NEAR_FATE
        found = [one for one in found if one.name in _FATES_OF_ANY]
    elif noun == "forces":
        found = [one for one in found if one.name in _FATES_OF_ANY]
    elif unit in kinds("measures").labels:
        found = [one for one in found if one.name in MEASURED]
    near = [
        (_distance(text, one, number, others), one.name)
        for one in found
        if _distance(text, one, number, others) <= _reach(text, one, limit)
    ]
    return min(near, default=(0.0, ""))[1]


def _reach(text: str, word: Found, limit: float) -> float:
    """Return how far a word may stand: one that opens the sentence may be its subject."""
    opens = limit > _NEAR_FATE and len(text[: word.start].split()) < _OPENING_WORDS
    return _FARTHEST_FROM_OPENING if opens else limit


def _distance(text: str, word: Found, number: Number, others: Iterable[Number]) -> float:
    """Return how far a word is from a figure, in words, and what lies between."""
    if word.end <= number.start:
        start, end = word.end, number.start
    else:
        start, end = number.end, max(number.end, word.start)
    gap = text[start:end]
    crossed = sum(start <= other.start < end for other in others)
    return (
        len(gap.split())
        + _ACROSS_FIGURE * crossed
        + _ACROSS_JOINT * len(_JOINT.findall(gap))
        + _ACROSS_COMMA * len(_COMMA.findall(gap))
    )
