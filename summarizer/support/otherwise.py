"""Numbers told otherwise than by a number: "fourth", "triwulan IV", "a million", "dekade".

A number of one language may be such a word in the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

_ORDINALS = {
    word: value
    for value, words in enumerate(
        """pertama first|kedua second|ketiga third|keempat fourth|kelima fifth|keenam sixth
        |ketujuh seventh|kedelapan eighth|kesembilan ninth|kesepuluh tenth|kesebelas eleventh
        |keduabelas twelfth""".split("|"),
        start=1,
    )
    for word in words.split()
}
_SPANS = {"decade": 10, "decades": 10, "dekade": 10, "dasawarsa": 10, "century": 100, "abad": 100}
_HALVES = {"half": 0.5, "setengah": 0.5, "separuh": 0.5}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
_NAMED = re.compile(rf"\b(?:{'|'.join((*_ORDINALS, *_SPANS, *_HALVES))})\b", re.IGNORECASE)
_ONE_SCALE = re.compile(rf"\ban? ({'|'.join(_SCALES)})\b", re.IGNORECASE)
_IN_DIGITS = re.compile(r"\b(\d+)(?:st|nd|rd|th)\b")
_ROMAN = re.compile(r"\b(?:X{0,2}(?:IX|IV|V?I{1,3}|V)|X{1,2})\b")
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10}


def told_otherwise(text: str) -> frozenset[Decimal]:
    """Return the numbers that ``text`` tells by ordinals, Roman numerals and such words."""
    return frozenset(_found(text))


def is_roman(word: str) -> bool:
    """Tell whether a word is a Roman numeral from II to XXIX; "I" may be a pronoun."""
    return len(word) > 1 and bool(_ROMAN.fullmatch(word))


def _found(text: str) -> Iterator[Decimal]:
    for match in _NAMED.finditer(text):
        word = match.group().casefold()
        yield Decimal(str(_ORDINALS.get(word) or _SPANS.get(word) or _HALVES[word]))
    for match in _ONE_SCALE.finditer(text):
        yield Decimal(_SCALES[match[1].casefold()])
    for match in _IN_DIGITS.finditer(text):
        yield Decimal(match[1])
    for match in _ROMAN.finditer(text):
        if is_roman(match.group()):
            yield Decimal(_value(match.group()))


def _value(roman: str) -> int:
    values = [_ROMAN_DIGITS[letter] for letter in roman]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < following else value for value, following in pairs)
