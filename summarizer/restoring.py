"""Numbers and names that a translation garbled, put back as the source has them.

A small model takes "17,6" for "16.7" and "Sugiarto" for "Sugianto". Neither is translated, so
where one of the source is missing and another like it stands there that the source does not have,
the source's own was meant. A number that was copied is written as the translation's language does.
What may have been converted or translated rightly is left alone: clock times, dates and years,
other units and scales, names that differ as the two languages spell them.
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
# shares and sums of money half of the digits in order are enough.
_LIKE_AMOUNTS: Final = 0.5
_LIKE_COUNTS: Final = 0.6
_LIKE_NAMES: Final = 0.8
_FARTHEST: Final = 30  # times as much: beyond, "1.7 m" may be what "170 cm" are
_DECIMALS = re.compile(r"[.,]")
_SWAPPED = str.maketrans(".,", ",.")
_INDONESIAN = re.compile(r"(?:\d{1,3}(?:\.\d{3})*|\d+)(?:,(?P<decimals>\d+))?")
_ENGLISH = re.compile(r"(?:\d{1,3}(?:,\d{3})*|\d+)(?:\.(?P<decimals>\d+))?")
_CLOCK = re.compile(r"\d{1,2}\.\d{2}")
_YEAR = re.compile(r"(?:19|20)\d{2}")
_PERCENT = re.compile(r"\s*(?:%|per ?cent|persen)", re.I)
_MONEY_BEFORE = re.compile(r"(?:(?:Rp|IDR)\.?|[$€£¥])\s*$")
_MONEY_AFTER = re.compile(r"\s*(?:rupiah|dol+ars?|euro|yen|ringgit|US dollars?)\b", re.I)
# "Industri 4.0", "USB 3.0", "versi 2.0": a number that belongs to a name or a label.
_NAMED = re.compile(r"(?:\w*[A-Z]\w*|versi(?:on)?|pasal|ayat|section|articles?|verses?)\.?\s+$")
_BESIDE_DATES = "/:'’"
# The same sounds, as Indonesian and as English spell them ("Kardinal", "Cardinal").
_SPELT = (("ph", "f"), ("th", "t"), ("ch", "k"), ("ck", "k"), ("x", "ks"), ("c", "k"), ("y", "i"))
_POSSESSIVE = re.compile(r"['’]s$")


@dataclass(frozen=True, slots=True)
class _Found:
    """Something at ``[start, end)`` of a text, by what it is compared (``key``) and written.

    What is not of the same ``sort`` is not compared.
    """

    start: int
    end: int
    key: str
    text: str
    sort: str = ""
    values: frozenset[float] = frozenset()


def restored(sentence: str, translation: str, *, english: bool) -> str:
    """Return a translation with the numbers and names that it garbled as its source has them.

    Arguments:
        sentence: what was translated.
        translation: what became of it.
        english: whether ``sentence`` is English, and the translation Indonesian.
    """
    translation = _in_notation(sentence, translation, english=english)
    translation = _with_numbers(sentence, translation, english=english)
    return _with_names(sentence, translation, english=english)


def _in_notation(sentence: str, translation: str, *, english: bool) -> str:
    """Return a translation with its numbers written as its language does, where they were copied.

    "13,255 triliun" is 13.255 trillion in English, and "13,255 trillion" a thousand times as much.
    """
    given = {one.text for one in _numbers(sentence, figures(sentence))}
    for one in reversed(_numbers(translation, figures(translation))):
        digits = _written(one, english=english)
        named = not one.sort and _NAMED.search(translation[: one.start])
        if one.text in given and digits not in given and not named:
            translation = translation[: one.start] + digits + translation[one.end :]
    return translation


def _with_numbers(sentence: str, translation: str, *, english: bool) -> str:
    here, there = figures(sentence), figures(translation)
    lost = [
        replace(found, text=_written(found, english=english))
        for found in _numbers(sentence, _without(here, there))
    ]
    added = _numbers(translation, _without(there, here))
    return _replaced(translation, lost, added, _like_number)


def _without(some: Sequence[Figure], others: Sequence[Figure]) -> list[Figure]:
    """Return the numbers in digits that no one of the others can mean."""
    values = frozenset().union(*(one.values | one.bare for one in others))
    return [one for one in some if one.digits and not one.values & values]


def _numbers(text: str, some: Sequence[Figure]) -> list[_Found]:
    """Return the numbers that are neither times nor parts of dates, with their sort."""
    found: list[_Found] = []
    for one in some:
        if not one.digits:
            continue
        end = one.start + len(one.digits)
        unit = _unit(text, one)
        beside = text[max(0, one.start - 1) : one.start] + text[end : end + 1]
        dated = any(mark in _BESIDE_DATES for mark in beside)
        clock = not unit and (_CLOCK.fullmatch(one.digits) or re.match(r"0\d", one.digits))
        if dated or clock:
            continue
        year = "year" if not unit and _YEAR.fullmatch(one.digits) else ""
        found.append(
            _Found(
                start=one.start,
                end=end,
                key=_DECIMALS.sub("", one.digits),
                text=one.digits,
                sort=f"{unit}{year}{_scale(one)}",
                values=frozenset(map(float, one.bare)),
            )
        )
    return found


def _scale(figure: Figure) -> str:
    """Return what a number's digits are multiplied by."""
    most = max(figure.bare)
    return f" times {max(figure.values) / most:.0f}" if most and figure.scaled else ""


def _unit(text: str, figure: Figure) -> str:
    """Tell shares and money from what is counted otherwise."""
    if _PERCENT.match(text, figure.end):
        return "%"
    money = _MONEY_BEFORE.search(text[: figure.start]) or _MONEY_AFTER.match(text, figure.end)
    return "$" if money else ""


def _like_number(one: _Found, other: _Found) -> float:
    """Return how alike two numbers' digits are; 0 where one is no garbled form of the other."""
    if abs(len(one.key) - len(other.key)) > 1:
        return 0.0
    both = [(a, b) for a in one.values for b in other.values if a and b]
    if both and min(max(a / b, b / a) for a, b in both) > _FARTHEST:
        return 0.0
    likeness = _likeness(one.key, other.key)
    amounts = one.sort.startswith(("%", "$"))
    return likeness if likeness >= (_LIKE_AMOUNTS if amounts else _LIKE_COUNTS) else 0.0


def _written(found: _Found, *, english: bool) -> str:
    """Return a number as the other language writes it: "17,6" as "17.6"."""
    digits = found.text
    usual = (_ENGLISH if english else _INDONESIAN).fullmatch(digits)
    # "Rp15.000" in English and "2,000 orang" in Indonesian are whole, written as the other does.
    fraction = "%" in found.sort or "times" in found.sort
    whole = usual and len(usual["decimals"] or "") == 3 and not fraction
    return digits.translate(_SWAPPED) if usual and not whole else digits


def _with_names(sentence: str, translation: str, *, english: bool) -> str:
    lost = _strange(sentence, translation, english=english)
    added = _strange(translation, sentence, english=not english)
    return _replaced(translation, lost, added, _like_name)


def _strange(text: str, other: str, *, english: bool) -> list[_Found]:
    """Return the names of a text that its counterpart lacks, and that have no translation."""
    held, names = held_words(other), set(names_of(text))
    found: list[_Found] = []
    for match in WORD.finditer(text):
        word = _POSSESSIVE.sub("", match.group())
        if (
            match.group() in names
            and "-" not in word  # "Turki-Armenia" may be translated
            and not is_held(word, held)
            and not has_translation(word.casefold(), english=english)
        ):
            end = match.start() + len(word)
            found.append(_Found(match.start(), end, word.casefold(), word))
    return found


def _like_name(one: _Found, other: _Found) -> float:
    """Return how alike two names are; 0 where the languages' spelling or an ending differs."""
    spelt, other_spelt = _spelt(one.key), _spelt(other.key)
    if spelt.startswith(other_spelt) or other_spelt.startswith(spelt):
        return 0.0
    likeness = _likeness(one.key, other.key)
    return likeness if likeness >= _LIKE_NAMES else 0.0


def _spelt(word: str) -> str:
    for theirs, ours in _SPELT:
        word = word.replace(theirs, ours)
    return word


def _replaced(
    text: str,
    lost: Sequence[_Found],
    added: Sequence[_Found],
    like: Callable[[_Found, _Found], float],
) -> str:
    """Return a text with each of ``added``, wherever it comes, as that of ``lost`` likest it."""
    likest = sorted(
        (
            (like(one, other), one.start, other.start, one, other)
            for one in lost
            for other in added
            if one.sort == other.sort
        ),
        key=lambda pair: (-pair[0], *pair[1:3]),
    )
    meant: dict[tuple[str, str], _Found] = {}
    for likeness, _, _, one, other in likest:
        taken = any(one.key == known.key for known in meant.values())
        if likeness and not taken and (other.sort, other.key) not in meant:
            meant[other.sort, other.key] = one
    for other in sorted(added, key=lambda found: -found.start):
        if (known := meant.get((other.sort, other.key))) is not None:
            text = text[: other.start] + _cased(known.text, other.text) + text[other.end :]
    return text


def _cased(name: str, other: str) -> str:
    """Return a name that is all capitals as a title, where it stands for one that is not."""
    shouted = len(name) > 4 and name.isupper() and not other.isupper()
    return name.title() if shouted else name


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
