"""Plants errors into correct sentences: another number, date or name, a negation, a quotation.

What is swapped in is of the same kind, from the same article or from another. The patterns here
are the planter's own: what the check cannot read must count against it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Literal

from ringkas.text.lexicon import is_ordinary
from ringkas.text.vocabulary import same_word, stop_words
from ringkas.types import FlagKind

Origin = Literal["same", "other"]

_MONTH = (
    r"(?:Januari|Februari|Maret|April|Mei|Juni|Juli|Agustus|September|Oktober|November|Desember"
    r"|January|February|March|May|June|July|August|October|December)"
)
_WEEKDAY = (
    r"(?:Senin|Selasa|Rabu|Kamis|Jumat|Sabtu|Minggu"
    r"|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
)
_DATES = {
    "numeric": re.compile(r"(?<![\d/.])\d{1,2}/\d{1,2}(?:/\d{2,4})?(?![\d/])"),
    "day month year": re.compile(
        rf"\b\d{{1,2}} {_MONTH} \d{{4}}\b|\b{_MONTH} \d{{1,2}}, \d{{4}}\b"
    ),
    "day month": re.compile(rf"\b\d{{1,2}} {_MONTH}\b|\b{_MONTH} \d{{1,2}}\b(?!,? \d)"),
    "weekday": re.compile(rf"\b{_WEEKDAY}\b"),
    "month": re.compile(rf"\b{_MONTH}\b"),
    "year": re.compile(r"(?<![\d.,/$-])(?:19|20)\d\d(?![\d.,]\d|\d|[-/]\d)"),
}
_NUMBER = re.compile(r"(?<![\w.,:/])\d+(?:[.,]\d+)*(?![\w/]|[.,:]\d)|(?<=Rp)\d+(?:[.,]\d+)*(?!\w)")
_SCALE = re.compile(r"\s*(?:ribu|juta|mili?ar|triliun|thousand|million|billion|trillion)\b", re.I)
_PERCENT = re.compile(r"\s*(?:%|persen|percent|per cent|pct)", re.I)
_MONEY = re.compile(r"(?:Rp\.?|\$|US\$|£|€)\s*$")
_NAME = re.compile(r"\b[A-Z][\w'’-]*[A-Za-z](?: [A-Z][\w'’-]*[A-Za-z]){0,3}")
_TITLES = frozenset(
    """
    presiden wakil menteri gubernur bupati wali kota walikota ketua kepala direktur jenderal
    sekretaris juru bicara pelatih kapten hakim jaksa dokter profesor bapak ibu pak bu haji ustaz
    president vice prime minister governor mayor chairman chairwoman chief head director general
    secretary spokesman spokeswoman coach captain judge prosecutor doctor professor mr mrs ms sir
    kapolres kapolda kapolri komisaris brigadir dirut menkeu mendagri ceo dr prof
    """.split()
)
_PLACE_WORDS = re.compile(r"\b(?:di|ke|dari|kota|in|at|from|near)\s$", re.I)
_VERB = re.compile(
    r"\b(?:akan|telah|sudah|dapat|bisa|harus|mampu|ingin|mem[a-z]{3,}|men[a-z]{4,}|meny[a-z]{3,}"
    r"|ber[a-z]{4,}|di[a-z]{5,})\b"
)
_AUXILIARY = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|should|must)\b(?! not|n't)"
)
_NEGATION = re.compile(r"\b(?:tidak|tak|belum|bukan|not)\s", re.I)
_QUOTED = re.compile(r"[\"“]([^\"“”]{25,200})[\"”]")


@dataclass(frozen=True, slots=True)
class Planted:
    """A sentence with an error at ``[start, end)``; ``origin`` is where the swap came from."""

    kind: FlagKind
    origin: Origin
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Piece:
    """Something that can be swapped: its place, its text, and what it may be swapped with."""

    start: int
    end: int
    text: str
    kind: str


def plant(
    sentence: str, article: str, other: str, english: bool, random: Random
) -> Iterator[Planted]:
    """Yield the sentence with one error at a time, as many kinds as it has room for.

    Arguments:
        sentence: a sentence of a summary.
        article: a text in the sentence's language: what it summarizes, or its translation.
        other: another article's text in that language.
        english: whether the language is English; Indonesian otherwise.
        random: chooses.
    """
    for kind, find in (("number", _numbers), ("date", _dates), ("name", _names)):
        for origin, text in (("same", article), ("other", other)):
            yield from _swap(kind, origin, sentence, find(sentence), find(text), random)  # type: ignore[arg-type]
    yield from _negate(sentence, english, random)
    yield from _quote(sentence, article, other, english, random)


def exchanged(sentence: str, random: Random) -> str | None:
    """Return the sentence with two of its names in each other's place; None if it has no two."""
    pieces = _names(sentence)
    pairs = [
        (one, other)
        for place, one in enumerate(pieces)
        for other in pieces[place + 1 :]
        if one.kind == other.kind and _differs(one, other)
    ]
    if not pairs:
        return None
    one, other = random.choice(pairs)
    return (
        f"{sentence[: one.start]}{other.text}{sentence[one.end : other.start]}{one.text}"
        f"{sentence[other.end :]}"
    )


def _swap(
    kind: FlagKind,
    origin: Origin,
    sentence: str,
    pieces: Sequence[_Piece],
    pool: Sequence[_Piece],
    random: Random,
) -> Iterator[Planted]:
    """Swap one piece for one of its kind that says something else."""
    for piece in random.sample(pieces, len(pieces)):
        fitting = [one.text for one in pool if one.kind == piece.kind and _differs(one, piece)]
        if fitting:
            swapped = random.choice(fitting)
            text = sentence[: piece.start] + swapped + sentence[piece.end :]
            yield Planted(kind, origin, text, piece.start, piece.start + len(swapped))
            return


def _differs(one: _Piece, piece: _Piece) -> bool:
    """Tell whether two pieces share no word, in either language: "Rabu" is no other Wednesday."""
    return _said(one).isdisjoint(_said(piece))


def _said(piece: _Piece) -> set[str]:
    return {same_word(word.strip("0")) for word in re.findall(r"\w+", piece.text.casefold())}


def _dates(text: str) -> list[_Piece]:
    found: list[_Piece] = []
    for kind, pattern in _DATES.items():
        for match in pattern.finditer(text):
            if not any(one.start < match.end() and match.start() < one.end for one in found):
                found.append(_Piece(match.start(), match.end(), match.group(), kind))
    return found


def _numbers(text: str) -> list[_Piece]:
    dates = _dates(text)
    found = []
    for match in _NUMBER.finditer(text):
        if not any(one.start < match.end() and match.start() < one.end for one in dates):
            kind = _number_kind(text, match)
            found.append(_Piece(match.start(), match.end(), match.group(), kind))
    return found


def _number_kind(text: str, match: re.Match[str]) -> str:
    after = text[match.end() :]
    if _PERCENT.match(after):
        return "percent"
    money = "money" if _MONEY.search(text[: match.start()]) else "count"
    return f"{money} {'scaled' if _SCALE.match(after) else len(match.group()) > 3}"


def _names(text: str) -> list[_Piece]:
    found = []
    for match in _NAME.finditer(text):
        start, name = match.start(), match.group()
        while name and name.split()[0].casefold() in _TITLES | stop_words():
            first, _, name = name.partition(" ")
            start += len(first) + 1
        opens = not re.search(r"[\w,)] $", text[:start])
        plain = re.fullmatch(rf"{_MONTH}|{_WEEKDAY}|Jum['’]at|Rp|RT|RW|WIB|WITA|WIT", name)
        if name and not plain and _is_own(name) and not (opens and " " not in name):
            found.append(_Piece(start, start + len(name), name, _name_kind(text, start, name)))
    return found


def _is_own(name: str) -> bool:
    """Tell whether a run of capitals is a name: in "Rumah Terbakar", all words are ordinary.

    Headlines in an article have many of these; one in a name's place is no error of a name.
    """
    parts = name.casefold().split()
    return not all(
        is_ordinary(one, english=True) or is_ordinary(one, english=False) for one in parts
    )


def _name_kind(text: str, start: int, name: str) -> str:
    if name.isupper():
        return "acronym"
    if _PLACE_WORDS.search(text[:start]):
        return "place"
    return "full name" if " " in name else "name"


def _negate(sentence: str, english: bool, random: Random) -> Iterator[Planted]:
    """Take a negation out; where there is none, put one in."""
    if negations := list(_NEGATION.finditer(sentence)):
        match = random.choice(negations)
        text = sentence[: match.start()] + sentence[match.end() :]
        yield Planted("negation", "same", text, 0, len(text))
        return
    quoted = [match.span() for match in _QUOTED.finditer(sentence)]
    pattern = _AUXILIARY if english else _VERB
    places = [
        match
        for match in pattern.finditer(sentence)
        if not any(start <= match.start() < end for start, end in quoted)
    ]
    if places:
        match = random.choice(places)
        at = match.end() if english else match.start()
        added = " not" if english else "tidak "
        yield Planted("negation", "other", sentence[:at] + added + sentence[at:], 0, len(sentence))


def _quote(
    sentence: str, article: str, other: str, english: bool, random: Random
) -> Iterator[Planted]:
    """Put another article's quotation in place of the sentence's own, or before its speaker."""
    said = [match[1] for match in _QUOTED.finditer(other) if match[1] not in article]
    if not said:
        return
    words = random.choice(said).strip(" ,")
    if own := _QUOTED.search(sentence):
        text = sentence[: own.start(1)] + words + sentence[own.end(1) :]
        yield Planted("quote", "other", text, own.start(1), own.start(1) + len(words))
    elif names := [one for one in _names(sentence) if one.kind in ("full name", "name")]:
        says = "said" if english else "kata"
        text = f'"{words}," {says} {random.choice(names).text}.'
        yield Planted("quote", "other", text, 1, 1 + len(words))
