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
_DAY_PART = "(?:dini hari|pagi|siang|sore|petang|malam|morning|afternoon|evening|night)"
_NUMERIC_DATE = r"\d{1,2}[/-]\d{1,2}(?:[/-]\d{2,4})?"
_CLOCK = (
    r"(?:,?\s+(?:pukul|sekitar pukul|at)\s+\d{1,2}[.:]\d{2}(?:\s+(?:WIB|WITA|WIT|a\.m\.|p\.m\.))?)?"
)
_DATE = re.compile(
    rf"(?:\b(?:{_DAYS})\b(?:\s+{_DAY_PART}\b)?,?\s*)?"
    rf"(?:\(\s*{_NUMERIC_DATE}\s*\)|(?<!\d){_NUMERIC_DATE}"
    rf"|(?<!\d)\d{{1,2}}\s+(?:{_MONTHS})\b(?:\s+\d{{4}})?"
    rf"|\b(?:{_MONTHS})\s+\d{{1,2}}(?:,?\s+\d{{4}})?\b|\b(?:{_MONTHS})\s+\d{{4}}\b){_CLOCK}"
    rf"|\b(?:{_DAYS})\s+{_DAY_PART}\b",
    re.IGNORECASE,
)
_SCALES = "ribu|juta|miliar|milyar|triliun|thousand|million|billion|trillion|bn|m"
_UNITS = (
    "persen|percent|orang|jiwa|unit|buah|rumah|keluarga|kepala keluarga|desa|kecamatan|ton"
    "|kilogram|kg|gram|kilometer|km|meter|sentimeter|cm|hektare|hektar|ha|liter|detik|menit|jam"
    "|hari|pekan|minggu|bulan|tahun|kali|ekor|peserta|penumpang|siswa|pengungsi|korban|warga"
    "|pasien|pekerja|karyawan|nelayan|pengguna|anak|kantor cabang|cabang|sekolah|koridor|halte|bus"
    "|saham|poin|gol|kilowatt|megawatt|MW|kW|people|persons|passengers|residents|evacuees"
    "|students|children|workers|users|patients|houses|homes|villages|schools|branches|seconds"
    "|minutes|hours|days|weeks|months|years|kilometres|metres|centimetres|hectares|tonnes|tons"
    "|litres|points|goals|films|buses|times|kilowatts|megawatts"
)
_WORD_NUMBER = (
    r"\b(?:satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|sebelas|belasan|puluhan"
    r"|ratusan|ribuan|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b"
    r"(?:\s(?:puluh|belas|ratus|hundred)\b)?"
)
_NUMBER = r"\d+(?:[.,]\d+)*"
_SCALE = rf"(?:\s?(?:{_SCALES})\b)?"
# "four years and six months", "2 jam 15 menit": the smaller unit belongs to the amount.
_SMALLER_UNIT = (
    rf"(?:,?\s(?:(?:dan|and)\s)?(?:{_NUMBER}|{_WORD_NUMBER})"
    r"\s(?:bulan|pekan|hari|jam|menit|detik|months?|weeks?|days?|hours?|minutes?|seconds?)\b)*"
)
_AMOUNT = re.compile(
    rf"(?:\b(?:Rp|US\$|USD|IDR)\.?\s?|[$£€]){_NUMBER}{_SCALE}"
    rf"|(?:{_NUMBER}|{_WORD_NUMBER}){_SCALE}"
    rf"(?:\s?%|\s(?:{_UNITS}|rupiah|dolar|dollars?|pounds?)\b{_SMALLER_UNIT})?",
    re.IGNORECASE,
)
_NAME_WORD = r"[A-Z][\w'’-]*(?:\.[\w'’-]+)*(?:\.(?=\s+[A-Z]))?"  # "H." but no full stop
_BRACKET = r"\([^()]{2,40}\)"
TITLE_HEAD = (
    "Presiden|Wakil|Deputi|Menteri|Gubernur|Bupati|Wali Kota|Walikota|Camat|Lurah|Kepala|Ketua"
    "|Kasi|Kasubag|Kasubdit|Kajari|Kajati|Sekretaris"
    "|Sekda|Sekjen|Direktur|Dirut|Direktris|Komisaris|Kapolri|Kapolda|Kapolres|Kapolsek|Kapten"
    "|Kombes|AKBP|AKP|Kompol|Iptu|Ipda|Brigjen|Irjen|Komjen|Jenderal|Letkol|Kolonel|Mayor|Anggota"
    "|Juru Bicara|Jubir|Humas|Kabid|Kasat|Kadis|Plt|Pj|Manajer|Pelatih|Koordinator|Staf|Peneliti"
    "|Dosen|Guru Besar|Rektor|Dekan|Hakim|Jaksa|Pengacara|Kuasa Hukum|Pengamat|Ekonom|Analis"
    "|Prof|Dr|Dra|Drs|Ir|H|Hj|KH|President|Minister|Governor|Regent|Secretary|Head|Chief"
    "|Chairman|Chairwoman|Chair|Director|Deputy|Spokesman|Spokeswoman|Spokesperson|Coach|Professor"
)
# The part of a name that the reader left off: "IB " in ", IB Alit Wiradana".
_NAME_START = re.compile(rf"(?:(?<=,\s)|(?<=[a-z]\s))(?:{_NAME_WORD}\s+){{1,3}}$")
# "Sekretaris Daerah (Sekda) Kota Denpasar, " or "Bupati Tirtaloka " right before a name. "Dan"
# may join two words of one office, never two people: no title and no name directly after it.
_JOINED = rf"(?:dan|and)\s+(?!(?:{TITLE_HEAD})\b){_NAME_WORD}"
_BEFORE_NAME = re.compile(
    rf"\b(?:{TITLE_HEAD})\b\.?(?:\s+(?:{_JOINED}|{_NAME_WORD}|{_BRACKET}|of|the|for)){{0,14}}"
    r",?\s+$"
)
# "The city secretary of Denpasar, " right before one.
_BEFORE_NAME_ENGLISH = re.compile(
    rf"\b[Tt]he\s+(?:[a-z][\w-]*\s+){{0,3}}(?:{TITLE_HEAD.lower()})"
    rf"(?:\s+(?:of|for|the|{_NAME_WORD}|[a-z][\w-]*)){{0,8}},\s+$"
)
_LONGEST_TITLE = 160
_OFFICE = re.compile(rf"\b(?:{TITLE_HEAD})\b")
# ", Sekretaris Daerah Kota Denpasar" or ", the city secretary of Denpasar," right after one. It
# ends where a clause begins: "who opened", "yang membuka", "mengatakan".
_CLAUSE = (
    r"(?:yang|saat|ketika|pada|dalam|kepada|dengan|untuk|juga|usai|seusai|setelah|hadir|kata|ujar"
    r"|who|whom|which|that|said|says|told|was|is|has|had|after|when|while|on|to|spoke|opened"
    r"|(?!menteri\b)me(?:m|n|ng|ny)\w{4,}|(?:di|ber)\w{5,})\b"
)
_AFTER_NAME = re.compile(
    rf",\s+(?:selaku\s+)?(?:the\s+)?(?:{TITLE_HEAD}|{TITLE_HEAD.lower()}|city secretary)\b"
    rf"(?:\s+(?!{_CLAUSE})[^\s,.;()]+){{0,10}}"
    r"|,\s+who (?:heads|leads|led|chairs|runs)\b[^,.;()]{3,80}"
)
_DEGREE = re.compile(r"(?:(?:Prof|Dra?|Drs|Ir|Hj?|KH)\b\.?\s+)+")  # says nothing of an office
_SAYING = re.compile(
    r",?\s+(?:me(?:ngata|nyata|negas|njelas|nyampai|ngungkap)kan|menyebut(?:kan)?|menambahkan"
    r"|menuturkan|mengaku|berkata|said|says|stated|told|added)\b"
)
# Words that open a sentence with a capital, before a name or not.
_OPENERS = (
    "Hadir|Turut|Selain|Menurut|Dalam|Di|Pada|Sementara|Adapun|Kata|Ujar|Rapat|Acara|Kegiatan"
    "|The|In|At|On|According|Also|Present"
)
_MEMBER = (
    rf"(?!(?i:{_DAYS}|{_MONTHS})\b)(?!(?:{_OPENERS})\b)(?:(?:{TITLE_HEAD})\b\.?\s+)?{_NAME_WORD}"
    rf"(?:\s+(?:{_NAME_WORD}|{_BRACKET}|of|bin|van|de)){{0,12}}"
)
# The pattern always matches once it has one member, so it never looks back.
_LIST = re.compile(
    rf"\b{_MEMBER}(?:(?:,\s+(?:dan\s+|serta\s+|and\s+)?|\s+(?:dan|serta|and)\s+){_MEMBER})*"
)
# "The city secretary of Denpasar, IB Alit Wiradana", all of it the answer.
_TITLE_AND_NAME = re.compile(
    rf"(?P<title>[Tt]he (?:[a-z]\S* )*(?:{TITLE_HEAD.lower()})(?: [^,;]+)?),"
    rf"\s+(?P<name>{_NAME_WORD}(?:\s{_NAME_WORD}){{0,5}})"
)
_NEXT_IN_LIST = re.compile(r",?\s+(?:dan|serta|and)\s+[A-Z]")


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
    span = _before_saying(text, span)
    if not text[span.start : span.start + 1].isupper():
        return span
    named = _whole_name(text, span, sentence.start)
    for name in dict.fromkeys((span, named)):
        titled = _title_before(text, name, sentence)
        if titled and not _DEGREE.fullmatch(text, titled.start, name.start):
            return titled
    span = _title_before(text, named, sentence) or named
    after = _AFTER_NAME.match(text, span.end, sentence.end)
    return _trimmed(text, span.start, after.end()) if after else span


def _before_saying(text: str, span: Span) -> Span:
    """Leave off what somebody says: "Menaker Yassierli mengatakan bahwa …" names Yassierli."""
    said = _SAYING.search(text, span.start, span.end)
    if said is None or not text[span.start : said.start()].strip():
        return span
    return Span(span.start, said.start())


def _title_before(text: str, span: Span, sentence: Span) -> Span | None:
    window = max(sentence.start, span.start - _LONGEST_TITLE)
    before = _BEFORE_NAME.search(text, window, span.start) or _BEFORE_NAME_ENGLISH.search(
        text, window, span.start
    )
    if before is None or _lists_people(text, before, span, sentence):
        return None
    return Span(before.start(), span.end)


def _whole_name(text: str, span: Span, first: int) -> Span:
    """Take in the capitalized words before a name, from a comma or a small letter on.

    Words that are an office are left to the title, which may be longer than they are.
    """
    missing = _NAME_START.search(text, first, span.start)
    if missing is None or _OFFICE.search(missing.group()):
        return span
    return Span(missing.start(), span.end)


def _lists_people(text: str, before: re.Match[str], span: Span, sentence: Span) -> bool:
    """Tell whether what stands before a comma is another person: "Bupati Arya, Sugito, dan X"."""
    comma = before.group().rstrip().endswith(",")
    return comma and _NEXT_IN_LIST.match(text, span.end, sentence.end) is not None


def _whole_list(text: str, span: Span, sentence: Span) -> Span:
    """Take in the other members of an enumeration of names."""
    return _covering(_LIST, text, span, sentence)


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
    if titled := _TITLE_AND_NAME.fullmatch(answer.of(text)):
        return _title_after(titled["name"], titled["title"])
    name = _whole_name(text, name, answer.start)
    lead = text[answer.start : name.start].rstrip()
    if lead.endswith(",") and answer.end == name.end:
        return _title_after(name.of(text), lead.rstrip(","))
    return answer.of(text)


def _title_after(name: str, title: str) -> str:
    """Return a name with its title after it; an English one begins with a small letter there."""
    return f"{name}, {title[0].lower()}{title[1:]}" if title[:4] == "The " else f"{name}, {title}"
