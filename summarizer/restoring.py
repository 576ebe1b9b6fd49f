"""Numbers and names that a translation garbled, put back as the source has them.

A small model takes "17,6" for "16.7" and "Sugianto" for "Sugiarto". Neither is translated, so
where one of the source is missing and another like it stands in its place, which the source does
not have, the source's own is what was meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Final

from ringkas.text.figures import Figure, figures
from ringkas.text.names import WORD, held_words, is_held, names_of
from summarizer.choosing import has_translation

# Chosen by reading what was put back in 992 sentences of bppt_news.dev, in both directions. Of
# numbers the digits alone are compared, and of words their letters.
_LIKE_NUMBERS: Final = 0.5
_LIKE_NAMES: Final = 0.6
_DECIMALS = re.compile(r"[.,]")
_SWAPPED = str.maketrans(".,", ",.")
# In Indonesian a point before two digits is none of a thousand: "20.30" is a time.
_GROUPS = re.compile(r"\d{1,3}(?:\.\d{3})*(?:,\d+)?")
_PERCENT = re.compile(r"\s*(?:%|per ?cent|persen)", re.I)
_MONEY_BEFORE = re.compile(r"(?:Rp\.?|[$€£¥])\s*$")
_MONEY_AFTER = re.compile(r"\s*(?:rupiah|dol+ars?|euro|yen|ringgit|US dollars?)\b", re.I)


@dataclass(frozen=True, slots=True)
class _Found:
    """Something at ``[start, end)`` of a text, by what it is compared (``key``) and written.

    What is not of the same ``sort`` is not compared.
    """

    start: int
    end: int
    key: str
    text: str
    sort: tuple[str, ...] = ()


def restored(sentence: str, translation: str, *, english: bool) -> str:
    """Return a translation with the numbers and names that it garbled as its source has them.

    Arguments:
        sentence: what was translated.
        translation: what became of it.
        english: whether ``sentence`` is English, and the translation Indonesian.
    """
    translation = _with_numbers(sentence, translation, english=english)
    return _with_names(sentence, translation, english=english)


def _with_numbers(sentence: str, translation: str, *, english: bool) -> str:
    here, there = figures(sentence), figures(translation)
    lost = [
        replace(found, text=_written(found.text, english=english))
        for found in _numbers(sentence, _without(here, there))
    ]
    added = _numbers(translation, _without(there, here))
    return _replaced(translation, lost, added, _likeness, _LIKE_NUMBERS)


def _numbers(text: str, some: Sequence[Figure]) -> list[_Found]:
    return [
        _Found(
            start=one.start,
            end=one.start + len(one.digits),
            key=_DECIMALS.sub("", one.digits),
            text=one.digits,
            sort=(_scale(one), _unit(text, one)),
        )
        for one in some
    ]


def _without(some: Sequence[Figure], others: Sequence[Figure]) -> list[Figure]:
    """Return the numbers in digits that no one of the others can mean."""
    values = frozenset().union(*(one.values | one.bare for one in others))
    return [one for one in some if one.digits and not one.values & values]


def _scale(figure: Figure) -> str:
    """Return what a number's digits are multiplied by."""
    most = max(figure.bare)
    return str(int(max(figure.values) / most)) if most else "1"


def _unit(text: str, figure: Figure) -> str:
    """Tell shares and money from what is counted otherwise."""
    if _PERCENT.match(text, figure.end):
        return "%"
    money = _MONEY_BEFORE.search(text[: figure.start]) or _MONEY_AFTER.match(text, figure.end)
    return "$" if money else ""


def _written(digits: str, *, english: bool) -> str:
    """Return digits as the other language writes them: "17,6" as "17.6"."""
    usual = english or _GROUPS.fullmatch(digits)
    return digits.translate(_SWAPPED) if usual else digits


def _with_names(sentence: str, translation: str, *, english: bool) -> str:
    lost = _strange(sentence, translation, english=english)
    added = _strange(translation, sentence, english=not english)
    return _replaced(translation, lost, added, _like_name, _LIKE_NAMES)


def _like_name(one: str, other: str) -> float:
    """Return how alike two words are; those that differ by a plural's "s" alone are both right."""
    return 0.0 if one.removesuffix("s") == other.removesuffix("s") else _likeness(one, other)


def _strange(text: str, other: str, *, english: bool) -> list[_Found]:
    """Return the names of a text that its counterpart lacks, and that have no translation."""
    held, names = held_words(other), set(names_of(text))
    return [
        _Found(*match.span(), word.casefold(), word)
        for match in WORD.finditer(text)
        if (word := match.group()) in names
        and not is_held(word, held)
        and not has_translation(word.casefold(), english=english)
    ]


def _replaced(
    text: str,
    lost: Sequence[_Found],
    added: Sequence[_Found],
    like: Callable[[str, str], float],
    least: float,
) -> str:
    """Return a text with each of ``added`` replaced by that of ``lost`` which is likest it."""
    likest = sorted(
        (
            (like(one.key, other.key), one, other)
            for one in lost
            for other in added
            if one.sort == other.sort
        ),
        key=lambda pair: -pair[0],
    )
    taken: dict[_Found, _Found] = {}
    for likeness, one, other in likest:
        if likeness >= least and one not in taken.values() and other not in taken:
            taken[other] = one
    for other in sorted(taken, key=lambda found: -found.start):
        text = text[: other.start] + taken[other].text + text[other.end :]
    return text


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
