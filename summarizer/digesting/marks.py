"""Marks in the wording around a figure: what is no figure, no longer true, or part of another."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from summarizer.digesting.counted import kinds
from summarizer.support.numbers import CLOCK, Number

_SCORE = re.compile(
    r"(?<![\w.,])\d{1,3}\s?[-–]\s?\d{1,3}(?![\w%]|[.,]\d|\s*(?:juta|miliar|triliun|persen))"
)
_ORDINAL_BEFORE = re.compile(r"\b(?:ke-|no\.?\s?|nomor\s|pasal\s|ayat\s|number\s|article\s)$", re.I)
_ORDINAL_AFTER = re.compile(r"(?:st|nd|rd|th)\b|-an\b")
_NAME_BEFORE = re.compile(r"(?:\b[A-Z][\w-]*|\b[A-Z]+-)\s?$")
_OPENS = re.compile(r"^[\W_]*$")
_AGED = re.compile(r"\b(?:berusia|usia|umur|berumur|aged?)\s$", re.IGNORECASE)
_OLD_OR_AGO = re.compile(
    r"[-\s](?:year|tahun|month|bulan|day|hari|week|pekan|hour|jam|minute|menit)s?[-\s]"
    r"(?:old|lalu|ago|earlier|later|kemudian|sebelumnya)\b",
    re.IGNORECASE,
)
_PARTIAL = re.compile(
    r"\b(?:di antara(?:nya| mereka)?|termasuk|of (?:them|whom)|including|among them|salah)\b",
    re.IGNORECASE,
)
_INCLUDES = re.compile(r"termasuk|including", re.IGNORECASE)
_OF_AFTER = re.compile(r"\s+(?:of (?:the|them|those|its|their)|dari|di antara)\s", re.IGNORECASE)
_WITH_BEFORE = re.compile(r"\b(?:bersama|beserta|along with|together with)\s+$", re.IGNORECASE)
_RATE = re.compile(
    r"\b(?:per|setiap|tiap|masing-masing|each|every|apiece)\b|/(?:kg|orang|unit)", re.IGNORECASE
)
_FORMER_BEFORE = re.compile(
    r"(?:\b(?:semula|sebelumnya|awalnya|mulanya|tadinya|initially|earlier|previously|formerly"
    r"|(?:hari|jam) pertama|first (?:day|hours)|tahun (?:lalu|sebelumnya)|last year"
    r"|dibanding(?:kan)?|ketimbang|daripada|compared|up from|down from)\b[^.;]{0,40}|,\s+from\s)$",
    re.IGNORECASE,
)
_FROM_BEFORE = re.compile(r"(?<!\d )(?<!orang )\b(?:dari|from)\s$", re.IGNORECASE)
_TO_AFTER = re.compile(r"[^.;,]{0,40}\b(?:menjadi|ke|to)\s+\S*\d", re.IGNORECASE)
_FORMER_AFTER = re.compile(
    r"[^.;,]{0,25}?(?:\bsebelumnya\b|\b(?:tahun|pekan|bulan|hari) lalu\b|\bpada hari pertama\b"
    r"|\ba (?:day|week|month|year) (?:earlier|ago|before)\b"
    r"|\b(?:on|in) the first (?:day|hours|reports?)\b|\blast (?:week|month|year)\b)",
    re.IGNORECASE,
)
_NOW = re.compile(r"\b(?:kini|menjadi|now|meluas|ke|to)\b", re.IGNORECASE)
_CHANGED = re.compile(
    r"\b(?:bertambah|meningkat|naik|turun|berkurang|menjadi|kini|meluas|melebar|risen|rose|rises"
    r"|climb(?:s|ed)|grew|grown|fell|fallen|increased|now|up from|down from)\b",
    re.IGNORECASE,
)
_BETWEEN_ENDS = re.compile(r"\s*(?:-|–|hingga|sampai|s/d|to)\s*(?:Rp)?\s*", re.IGNORECASE)
_NEAR = 25  # characters
_REMEMBERED = 60  # characters before a figure that may say that it has changed


def counts(text: str, number: Number) -> bool:
    """Tell whether a number counts or measures: no clock time, score, ordinal, age or name."""
    if number.unit == CLOCK:
        return False
    before, after = text[: number.start], text[number.end :]
    if _ORDINAL_BEFORE.search(before) or _ORDINAL_AFTER.match(after):
        return False
    if any(match.start() <= number.start < match.end() for match in _SCORE.finditer(text)):
        return False
    return bool(number.unit) or not (_is_age(before, after) or _is_name(text, number))


def _is_age(before: str, after: str) -> bool:
    listed = before.endswith(", ") and re.match(r"\s*[,.;]", after) is not None
    return listed or bool(_AGED.search(before) or _OLD_OR_AGO.match(after))


def _is_name(text: str, number: Number) -> bool:
    """Tell whether a number belongs to a name, as in "SD Negeri 7" or "COVID-19"."""
    named = _NAME_BEFORE.search(text[: number.start])
    if named is None or number.spelled or _OPENS.match(text[: named.start()]):
        return False
    return kinds("nouns").at(text, number.end + 1) is None


def is_former(text: str, number: Number) -> bool:
    """Tell whether a figure is told as no longer true, as in "dari semula 35 orang"."""
    before, after = text[: number.start], text[number.end :]
    look = _FORMER_BEFORE.search(before)
    if look and not _NOW.search(look.group()):
        return True
    if _FROM_BEFORE.search(before) and _TO_AFTER.match(after):
        return True
    return bool(_FORMER_AFTER.match(after))


def is_partial(text: str, number: Number, others: Sequence[Number] = ()) -> bool:
    """Tell whether a figure is part of another, as in "tiga di antaranya".

    Arguments:
        text: the unit's.
        number: the figure.
        others: the other figures of the unit; one that a mark belongs to frees this one.
    """
    of = not number.unit and _OF_AFTER.match(text[number.end :])
    if of or _WITH_BEFORE.search(text[: number.start]):
        return True
    match = _near(_PARTIAL, text, number)
    if match is None or _is_whole(text, number, match, others):
        return False
    # "118 dirawat dan lima di antaranya meninggal" tells all the dead.
    return not any(kinds("fates").find(text[match.end() : match.end() + _NEAR]))


def _is_whole(text: str, number: Number, mark: re.Match[str], others: Sequence[Number]) -> bool:
    """Tell whether a mark behind a figure names a part of it: "210 penumpang, termasuk 12 guru"."""
    if mark.start() < number.end:
        return False
    # Of a figure that stands before the mark, or right behind it, that one is the part.
    return bool(_INCLUDES.fullmatch(mark.group())) or any(
        not text[mark.end() : one.start].strip() for one in others if one.start >= number.end
    )


def is_rate(text: str, number: Number) -> bool:
    """Tell whether a figure is for each of many, as in "Rp15 juta untuk setiap korban"."""
    return _near(_RATE, text, number) is not None


def _near(pattern: re.Pattern[str], text: str, number: Number) -> re.Match[str] | None:
    """Return the first match that lies close to a figure."""
    first, last = number.start - _NEAR, number.end + _NEAR
    matches = pattern.finditer(text)
    return next((one for one in matches if one.end() > first and one.start() < last), None)


def is_changed(text: str, number: Number) -> bool:
    """Tell whether the wording says that a figure has changed: "bertambah menjadi 61"."""
    return _CHANGED.search(text[max(0, number.start - _REMEMBERED) : number.start]) is not None


def in_range(text: str, number: Number, numbers: Sequence[Number]) -> bool:
    """Tell whether a figure is one end of a range: "8 hingga 10 persen"."""
    place = numbers.index(number)
    pairs = list(itertools.pairwise(numbers))[max(0, place - 1) : place + 1]
    return any(
        _BETWEEN_ENDS.fullmatch(text[one.end : other.start]) and not is_former(text, one)
        for one, other in pairs
    )
