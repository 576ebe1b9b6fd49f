"""Numbers as news writes them: "1.500", "Rp1,5 triliun", "1.5 trillion", "dua puluh lima"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ringkas.text.number_words import spelled
from ringkas.text.vocabulary import MONTHS

SCALES = {
    "ribu": 3, "thousand": 3, "juta": 6, "million": 6, "miliar": 9, "milyar": 9, "billion": 9,
    "triliun": 12, "trillion": 12, "mn": 6, "bn": 9, "tn": 12,
}  # fmt: skip
_NUMBER = re.compile(rf"(\d+(?:[.,]\d+)*)(?:\s*({'|'.join(SCALES)})\b)?", re.I)
_GROUPED = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*")
_DATE = re.compile(r"\b(\d{1,4})[/.-](\d{1,2})[/.-]\d{1,4}\b")


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of a text, at ``[start, end)``.

    ``bare`` is what its digits can mean ("1.500" is 1500 in Indonesian and 1.5 in English),
    ``values`` the same multiplied by its scale ("juta", "million"). ``digits`` is empty where the
    number is written in words; ``bare`` then holds the value of each of them.
    """

    start: int
    end: int
    digits: str
    bare: frozenset[Decimal]
    values: frozenset[Decimal]

    @property
    def scaled(self) -> bool:
        """Whether a word such as "million" multiplies the digits."""
        return self.bare != self.values


def figures(text: str) -> list[Figure]:
    """Return the numbers of ``text`` in order, in digits and in words of either language."""
    found = [_in_digits(match) for match in _NUMBER.finditer(text)]
    taken = {place for figure in found for place in range(figure.start, figure.end)}
    for start, end, parts, value in spelled(text):
        if start not in taken:
            found.append(Figure(start, end, "", frozenset(parts), frozenset({value})))
    return sorted(found, key=lambda figure: figure.start)


def unsupported_numbers(sentence: str, passage: str) -> list[str]:
    """Return the numbers of ``sentence`` that ``passage`` does not give.

    A number may be written otherwise ("1.500 miliar" for "Rp1,5 triliun"), but not be another.
    """
    held = figures(passage)
    full = frozenset[Decimal]().union(*(figure.values for figure in held))
    bare = full.union(*(figure.bare for figure in held))
    return [
        figure.digits
        for figure in figures(sentence)
        if figure.digits
        if not figure.values & (full if figure.scaled else bare)
    ]


def take_figures(text: str) -> tuple[list[frozenset[Decimal]], str]:
    """Return what each number of ``text`` can mean, and the text without its numbers."""
    found = figures(text)
    return [figure.values for figure in found], " ".join(_words_between(text, found))


def months_in_dates(text: str) -> frozenset[str]:
    """Return the months of the dates that ``text`` writes in digits, by their Indonesian names."""
    places = {int(place) for match in _DATE.finditer(text) for place in match.groups()}
    return frozenset(MONTHS[place - 1] for place in places if 1 <= place <= 12)


def _in_digits(match: re.Match[str]) -> Figure:
    bare = readings(match[1])
    factor = Decimal(10) ** SCALES[match[2].casefold()] if match[2] else Decimal(1)
    values = frozenset(value * factor for value in bare)
    return Figure(match.start(), match.end(), match[1], bare, values)


def _words_between(text: str, found: list[Figure]) -> Iterator[str]:
    start = 0
    for figure in found:
        yield from re.findall(r"\w+", text[start : figure.start].casefold())
        start = figure.end
    yield from re.findall(r"\w+", text[start:].casefold())


def readings(digits: str) -> frozenset[Decimal]:
    """Return what ``digits`` can mean: "1.500" is 1500 in Indonesian and 1.5 in English."""
    separators = re.findall(r"[.,]", digits)
    found: set[Decimal] = set()
    if _GROUPED.fullmatch(digits):
        found.add(Decimal(re.sub(r"[.,]", "", digits)))
    if len(separators) <= 1:
        found.add(Decimal(digits.replace(",", ".")))
    elif len(set(separators)) == 2:
        whole, _, part = digits.rpartition(separators[-1])
        found.add(Decimal(f"{re.sub(r'[.,]', '', whole)}.{part}"))
    elif not found:  # "8.6.2023": neither grouped nor a decimal, so each part for itself
        found |= {Decimal(part) for part in re.split(r"[.,]", digits)}
    return frozenset(found)
