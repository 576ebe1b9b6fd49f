"""Numbers as news writes them: "1.500", "Rp1,5 triliun", "1.5 trillion", "8/6/2023"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ringkas.text.vocabulary import MONTHS

SCALES = {
    "ribu": 3, "thousand": 3, "juta": 6, "million": 6, "miliar": 9, "milyar": 9, "billion": 9,
    "triliun": 12, "trillion": 12, "mn": 6, "bn": 9, "tn": 12,
}  # fmt: skip
_NUMBER = re.compile(rf"(\d+(?:[.,]\d+)*)(?:\s*({'|'.join(SCALES)})\b)?", re.I)
_GROUPED = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*")
_DATE = re.compile(r"\b(\d{1,4})[/.-](\d{1,2})[/.-]\d{1,4}\b")
_WORDS = {
    word: Decimal(value)
    for value, words in enumerate(
        """satu one|dua two|tiga three|empat four|lima five|enam six|tujuh seven|delapan eight
        |sembilan nine|sepuluh ten|sebelas eleven""".split("|"),
        start=1,
    )
    for word in words.split()
}


def unsupported_numbers(sentence: str, passage: str) -> list[str]:
    """Return the numbers of ``sentence`` that ``passage`` does not give.

    A number may be written otherwise ("1.500 miliar" for "Rp1,5 triliun"), but not be another.
    """
    bare, full = _values(passage)
    missing = []
    for digits, scale in _numbers(sentence):
        if scale:
            found = {value * scale for value in _readings(digits)} & full
        else:
            found = _readings(digits) & (bare | full)
        if not found:
            missing.append(digits)
    return missing


def take_figures(text: str) -> tuple[list[frozenset[Decimal]], str]:
    """Return what each number of ``text`` can mean, and the text without its numbers."""
    figures = [
        frozenset(value * (scale or 1) for value in _readings(digits))
        for digits, scale in _numbers(text)
    ]
    words = []
    for word in re.findall(r"\w+", _NUMBER.sub(" ", text.casefold())):
        if word in _WORDS:
            figures.append(frozenset({_WORDS[word]}))
        else:
            words.append(word)
    return figures, " ".join(words)


def months_in_dates(text: str) -> frozenset[str]:
    """Return the months of the dates that ``text`` writes in digits, by their Indonesian names."""
    places = {int(place) for match in _DATE.finditer(text) for place in match.groups()}
    return frozenset(MONTHS[place - 1] for place in places if 1 <= place <= 12)


def _values(text: str) -> tuple[set[Decimal], set[Decimal]]:
    """Return the numbers of ``text`` as written, and with "million" and the like multiplied."""
    bare = {_WORDS[word] for word in re.findall(r"\w+", text.casefold()) if word in _WORDS}
    full = set(bare)
    for digits, scale in _numbers(text):
        readings = _readings(digits)
        bare |= readings
        full |= {value * (scale or 1) for value in readings}
    return bare, full


def _numbers(text: str) -> Iterator[tuple[str, Decimal | None]]:
    for match in _NUMBER.finditer(text):
        scale = match[2]
        yield match[1], Decimal(10) ** SCALES[scale.casefold()] if scale else None


def _readings(digits: str) -> set[Decimal]:
    """Return what ``digits`` can mean: "1.500" is 1500 in Indonesian and 1.5 in English."""
    separators = re.findall(r"[.,]", digits)
    readings: set[Decimal] = set()
    if _GROUPED.fullmatch(digits):
        readings.add(Decimal(re.sub(r"[.,]", "", digits)))
    if len(separators) <= 1:
        readings.add(Decimal(digits.replace(",", ".")))
    elif len(set(separators)) == 2:
        whole, _, part = digits.rpartition(separators[-1])
        readings.add(Decimal(f"{re.sub(r'[.,]', '', whole)}.{part}"))
    elif not readings:  # "8.6.2023": neither grouped nor a decimal, so each part for itself
        readings |= {Decimal(part) for part in re.split(r"[.,]", digits)}
    return readings
