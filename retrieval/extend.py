"""From the reader's span to the answer a person expects, still exactly as in the article.

A name gets its title or apposition, a date its whole expression, an amount its currency and
unit, an enumeration its other members. The span never leaves its sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from retrieval.questions import Kind
from ringkas.text.sentences import sentence_at
from ringkas.types import Span

_MONTHS = (
    "januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|desember"
    "|january|february|march|may|june|july|august|october|december|jan|feb|mar|apr|jun|jul|agu"
    "|aug|sep|sept|okt|oct|nov|des|dec"
)
_DAYS = (
    "senin|selasa|rabu|kamis|jumat|jum'at|sabtu|minggu|ahad"
    "|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
)
_NUMERIC_DATE = r"\d{1,2}[/-]\d{1,2}(?:[/-]\d{2,4})?"
_CLOCK = (
    r"(?:,?\s+(?:pukul|sekitar pukul|at)\s+\d{1,2}[.:]\d{2}(?:\s+(?:WIB|WITA|WIT|a\.m\.|p\.m\.))?)?"
)
_DATE = re.compile(
    rf"(?:\b(?:{_DAYS})\b,?\s*)?"
    rf"(?:\(\s*{_NUMERIC_DATE}\s*\)|{_NUMERIC_DATE}"
    rf"|\d{{1,2}}\s+(?:{_MONTHS})\b(?:\s+\d{{4}})?|(?:{_MONTHS})\s+\d{{1,2}}(?:,?\s+\d{{4}})?\b"
    rf"|(?:{_MONTHS})\s+\d{{4}}\b){_CLOCK}",
    re.IGNORECASE,
)
_SCALES = "ribu|juta|miliar|milyar|triliun|thousand|million|billion|trillion|bn|m"
_UNITS = (
    "persen|percent|orang|jiwa|unit|buah|rumah|keluarga|kepala keluarga|desa|kecamatan|ton"
    "|kilogram|kg|gram|kilometer|km|meter|hektare|hektar|ha|liter|hari|bulan|tahun|jam|menit"
    "|kali|ekor|peserta|penumpang|siswa|pengungsi|koridor|halte|bus|saham|poin|gol|people|persons"
    "|passengers|residents|evacuees|students|children|houses|homes|villages|days|months|years"
    "|hours|minutes|kilometres|metres|hectares|tonnes|tons|litres|points|goals|films|buses|times"
)
_AMOUNT = re.compile(
    rf"(?:\b(?:Rp|US\$|USD|IDR)\.?\s?|[$£€])?\d+(?:[.,]\d+)*"
    rf"(?:\s?(?:{_SCALES})\b)?(?:\s?%|\s(?:{_UNITS})\b)?(?:\s(?:rupiah|dolar|dollars?|pounds?)\b)?",
    re.IGNORECASE,
)
_NAME_WORD = r"(?:[A-Z][\w'’.-]*|[IVX]+)"
_TITLE_HEAD = (
    "Presiden|Wakil|Menteri|Gubernur|Bupati|Wali Kota|Walikota|Camat|Lurah|Kepala|Ketua|Sekretaris"
    "|Sekda|Sekjen|Direktur|Dirut|Direktris|Komisaris|Kapolri|Kapolda|Kapolres|Kapolsek|Kapten"
    "|Kombes|AKBP|AKP|Kompol|Iptu|Ipda|Brigjen|Irjen|Komjen|Jenderal|Letkol|Kolonel|Mayor|Anggota"
    "|Juru Bicara|Jubir|Humas|Kabid|Kasat|Kadis|Plt|Pj|Manajer|Pelatih|Koordinator|Staf|Peneliti"
    "|Dosen|Guru Besar|Rektor|Dekan|Hakim|Jaksa|Pengacara|Kuasa Hukum|Pengamat|Ekonom|Analis"
    "|Prof|Dr|Dra|Drs|Ir|H|Hj|KH|President|Minister|Governor|Mayor|Regent|Secretary|Head|Chief"
    "|Chairman|Chairwoman|Chair|Director|Deputy|Spokesman|Spokeswoman|Spokesperson|Coach|Professor"
)
# "Sekretaris Daerah (Sekda) Kota Denpasar, " or "Bupati Tirtaloka " right before a name.
_BEFORE_NAME = re.compile(
    rf"(?:\b(?:{_TITLE_HEAD})\b\.?(?:\s+(?:{_NAME_WORD}|\([^()]{{2,40}}\)|dan|of|the|for|and))*"
    rf",?\s+)$"
)
# ", Sekretaris Daerah Kota Denpasar" or ", the city secretary of Denpasar," right after one.
_AFTER_NAME = re.compile(
    rf",\s+(?:selaku\s+)?(?:the\s+)?(?:{_TITLE_HEAD}|{_TITLE_HEAD.lower()}|city secretary)\b"
    r"[^,.;()]{0,90}"
)
_MEMBER = rf"(?:(?:{_TITLE_HEAD})\b\.?\s+)?{_NAME_WORD}(?:\s+(?:{_NAME_WORD}|\([^()]{{2,40}}\)|of|bin|van|de))*"
_MORE_AFTER = re.compile(rf"^(?:,\s+(?:dan\s+|serta\s+|and\s+)?|\s+(?:dan|serta|and)\s+){_MEMBER}")
_MORE_BEFORE = re.compile(rf"{_MEMBER}(?:,\s+(?:dan\s+|serta\s+|and\s+)?|\s+(?:dan|serta|and)\s+)$")


def extend(text: str, span: Span, kind: Kind) -> Span:
    """Return the span as a person would quote it, for the kind of question asked."""
    sentence = sentence_at(text, span.start, span.end)
    if kind == "yesno":
        return sentence
    widen = _WIDENERS.get(kind, _whole_figures)
    return widen(text, span, sentence)


def _whole_figures(text: str, span: Span, sentence: Span) -> Span:
    return _covering(_AMOUNT, text, _covering(_DATE, text, span, sentence), sentence)


def _whole_date(text: str, span: Span, sentence: Span) -> Span:
    return _covering(_DATE, text, span, sentence)


def _whole_amount(text: str, span: Span, sentence: Span) -> Span:
    return _covering(_AMOUNT, text, span, sentence)


def _covering(pattern: re.Pattern[str], text: str, span: Span, sentence: Span) -> Span:
    """Return the union of the span and the expressions that it touches."""
    start, end = span.start, span.end
    for match in pattern.finditer(text, sentence.start, sentence.end):
        if match.start() < span.end and match.end() > span.start:
            start, end = min(start, match.start()), max(end, match.end())
    return _trimmed(text, start, end)


def _with_title(text: str, span: Span, sentence: Span) -> Span:
    """Take in the title before a name, or else the apposition after it."""
    if not text[span.start : span.start + 1].isupper():
        return span
    before = _BEFORE_NAME.search(text[sentence.start : span.start])
    if before:
        return Span(sentence.start + before.start(), span.end)
    after = _AFTER_NAME.match(text, span.end, sentence.end)
    return _trimmed(text, span.start, after.end()) if after else span


def _whole_list(text: str, span: Span, sentence: Span) -> Span:
    """Take in the other members of an enumeration of names."""
    start, end = span.start, span.end
    while found := _MORE_BEFORE.search(text[sentence.start : start]):
        start = sentence.start + found.start()
    while found := _MORE_AFTER.match(text[end : sentence.end]):
        end += found.end()
    return _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip(" ,;:"))
    end -= len(piece) - len(piece.rstrip(" ,;:"))
    return Span(start, max(start, end))


_WIDENERS: dict[Kind, Callable[[str, Span, Span], Span]] = {
    "who": _with_title,
    "when": _whole_date,
    "number": _whole_amount,
    "list": _whole_list,
}


def shown(text: str, answer: Span, name: Span) -> str:
    """Return the answer as text: a title that stands before a name and a comma comes after it.

    "Sekretaris Daerah Kota Denpasar, IB Alit Wiradana" reads "IB Alit Wiradana, Sekretaris
    Daerah Kota Denpasar".
    """
    lead = text[answer.start : name.start].rstrip()
    if lead.endswith(",") and answer.end == name.end:
        return f"{name.of(text)}, {lead.rstrip(',')}"
    return answer.of(text)
