"""Writes correct sentences otherwise without making them false, to count false alarms on them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from random import Random

_MONTHS = (
    "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember"
).split()
_SMALL = {
    "id": "satu dua tiga empat lima enam tujuh delapan sembilan sepuluh".split(),
    "en": "one two three four five six seven eight nine ten".split(),
}
_TAIL = re.compile(r"^(.{50,}?\w), (?:\w+ ){2,}[^,]*[.!?]$", re.S)


def rewrites(sentence: str, following: str, english: bool, random: Random) -> Iterator[str]:
    """Yield the sentence written otherwise, as many ways as fit it.

    Numbers, percentages and dates in another notation, a full name shortened, a tail left out,
    and the sentence joined with one that follows in its article.
    """
    ways: tuple[Callable[[str, bool, Random], str], ...] = (
        _percentages, _digits_as_words, _scales, _dates, _short_name, _without_tail,
    )  # fmt: skip
    for way in ways:
        text = way(sentence, english, random)
        if text != sentence:
            yield text
    joiner = ", while " if english else ", sementara "
    yield sentence.rstrip(".") + joiner + following


def _percentages(text: str, english: bool, _: Random) -> str:
    text, count = re.subn(r"(?<=\d) (?:persen|percent|per cent)\b", "%", text)
    return text if count else re.sub(r"(?<=\d)%", " percent" if english else " persen", text)


def _digits_as_words(text: str, english: bool, _: Random) -> str:
    words = _SMALL["en" if english else "id"]
    return re.sub(
        r"(?<=[a-z] )(10|[2-9])(?= [a-z]{4,})(?! persen| percent)",
        lambda match: words[int(match[1]) - 1],
        text,
    )


def _scales(text: str, english: bool, _: Random) -> str:
    """Write "1,5 triliun" as "1.500 miliar", "2.5 million" as "2,500 thousand"."""
    lower = {"triliun": "miliar", "miliar": "juta", "trillion": "billion", "billion": "million"}
    point, comma = (".", ",") if english else (",", ".")

    def write(match: re.Match[str]) -> str:
        whole, _, part = match[1].partition(point)
        digits = f"{int(whole + part.ljust(3, '0')):,}".replace(",", comma)
        return f"{digits} {lower[match[2]]}"

    return re.sub(
        rf"(?<![\d.,])(\d{{1,3}}{re.escape(point)}\d{{1,2}}) ({'|'.join(lower)})\b", write, text
    )


def _dates(text: str, _english: bool, _: Random) -> str:
    """Write "8 Juni 2023" as "8/6/2023" and "(8/6/2023)" as "8 Juni 2023"."""
    text, count = re.subn(
        rf"\b(\d{{1,2}}) ({'|'.join(_MONTHS)}) (\d{{4}})\b",
        lambda match: f"{match[1]}/{_MONTHS.index(match[2]) + 1}/{match[3]}",
        text,
    )
    if count:
        return text
    return re.sub(
        r"(?<=day|asa|abu|mis|mat|btu|ggu|nin) \((\d{1,2})/(\d{1,2})(/\d{4})?\)",
        lambda match: (
            f", {match[1]} {_MONTHS[int(match[2]) - 1]}" + (match[3] or "").replace("/", " ")
            if 1 <= int(match[2]) <= 12
            else match.group()
        ),
        text,
    )


def _short_name(text: str, _english: bool, random: Random) -> str:
    """Leave out the first or the last word of a name of two or three."""
    name = re.search(r"(?<=[a-z,] )([A-Z][a-z]{2,}) ((?:[A-Z][a-z]{2,} )?[A-Z][a-z]{2,})\b", text)
    if name is None:
        return text
    return text[: name.start()] + random.choice(name.groups()) + text[name.end() :]


def _without_tail(text: str, _english: bool, _: Random) -> str:
    tail = _TAIL.match(text)
    return f"{tail[1]}." if tail and tail[1].count('"') % 2 == 0 else text
