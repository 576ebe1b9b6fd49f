"""Numbers written in words: "dua puluh lima", "seratus", "twenty-five", "two million"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

_SMALL = {
    word: value
    for value, words in enumerate(
        """satu one|dua two|tiga three|empat four|lima five|enam six|tujuh seven|delapan eight
        |sembilan nine|sepuluh ten|sebelas eleven|twelve|thirteen|fourteen|fifteen|sixteen
        |seventeen|eighteen|nineteen""".split("|"),
        start=1,
    )
    for word in words.split()
}
_TENS = {
    word: 10 * value
    for value, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2
    )
}
_THOUSANDS = {
    "ribu": 3, "thousand": 3, "juta": 6, "million": 6, "miliar": 9, "milyar": 9, "billion": 9,
    "triliun": 12, "trillion": 12,
}  # fmt: skip
_WHOLE = {"seribu": 3, "sejuta": 6}
_OTHER = {"twice": 2, "thrice": 3, "dozen": 12, "selusin": 12}
_STARTS = (*_SMALL, *_TENS, "seratus", *_WHOLE, *_OTHER)
_ALL = (*_STARTS, "puluh", "belas", "ratus", "hundred", *_THOUSANDS)
_WORDS = "|".join(sorted(_ALL, key=len, reverse=True))
_RUN = re.compile(rf"\b(?:{_WORDS})\b(?:(?:[\s-]+|\s+and\s+)(?:{_WORDS})\b)*", re.IGNORECASE)
_WORD = re.compile(rf"\b(?:{_WORDS})\b", re.IGNORECASE)


def spelled(text: str) -> Iterator[tuple[int, int, list[Decimal], Decimal]]:
    """Yield each number in words: its start and end, the values of its words, and its value.

    Words that do not build one number ("satu dua tiga") are as many numbers.
    """
    for run in _RUN.finditer(text):
        number = _Number()
        for match in _WORD.finditer(text, run.start(), run.end()):
            word = match.group().casefold()
            if not number.takes(word):
                yield from number.read()
                number = _Number()
            number.add(word, match)
        yield from number.read()


class _Number:
    """A number as its words come in; ``total`` is in whole thousands, ``rest`` below that."""

    def __init__(self) -> None:
        self.total = 0
        self.rest = 0
        self.last = 0
        self.lowest = 10**15
        self.parts: list[Decimal] = []
        self.places: list[re.Match[str]] = []

    def takes(self, word: str) -> bool:
        """Tell whether ``word`` can carry the number on."""
        if not self.places:
            return True
        if word in _THOUSANDS:
            return bool(self.rest) and 10 ** _THOUSANDS[word] < self.lowest
        if word in ("puluh", "belas", "ratus"):
            return 0 < self.last < 10
        if word == "hundred":
            return 0 < self.rest < 100
        value = _value(word)
        if value is None or word in _OTHER:
            return False
        below = self.rest % (10 if value < 10 else 1000 if value == 100 else 100)
        open_tens = value >= 10 or self.rest % 100 not in range(10, 20)
        return below == 0 and open_tens and (self.rest > 0 or self.total > 0)

    def add(self, word: str, match: re.Match[str]) -> None:
        """Take ``word`` in; one that cannot start a number ("ribu" alone) adds nothing."""
        if not self.places and word not in _STARTS:
            return
        self.places.append(match)
        value = _value(word)
        if word in _THOUSANDS:
            self.lowest = 10 ** _THOUSANDS[word]
            self.total += self.rest * self.lowest
            self.rest = self.last = 0
        elif word in ("puluh", "ratus"):
            factor = 10 if word == "puluh" else 100
            self.rest += self.last * (factor - 1)
            self.last = 0
        elif word == "belas":
            self.rest += 10
            self.last = 0
        elif word == "hundred":
            self.rest *= 100
            self.last = 0
        elif word in _WHOLE:
            self.lowest = 10 ** _WHOLE[word]
            self.total += self.lowest
        elif value is not None:
            self.rest += value
            self.last = value
            if word in _SMALL:
                self.parts.append(Decimal(value))

    def read(self) -> Iterator[tuple[int, int, list[Decimal], Decimal]]:
        """Yield the number, where there is one."""
        if self.places:
            value = Decimal(self.total + self.rest)
            yield self.places[0].start(), self.places[-1].end(), self.parts, value


def _value(word: str) -> int | None:
    if word == "seratus":
        return 100
    return _SMALL.get(word) or _TENS.get(word) or _OTHER.get(word)
