"""A sentence without what only frames it. What is left still stands in the article as it is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ringkas.types import Span

# The forms that open articles in IndoSum's, Detik's and CNN/DailyMail's training rows:
# "Jakarta, CNN Indonesia --", "JAKARTA, KOMPAS.com - ", "Merdeka.com - ", "Rimanews - ",
# "DENPASAR (Sagara) – ", "JAKARTA (Pos Kota) -", "Los Angeles (ANTARA News) - ",
# "Baghdad, Iraq (CNN)".
_PLACE = r"[A-Z][\w.'-]*(?: [A-Za-z][\w.'-]*){0,3}"
_SITE = r"[A-Z][\w.]*\.(?:com|co\.id|id|net|org|COM|CO\.ID|ID|NET|ORG)"
_AGENCY = r"(?:CNN|Reuters|AP|AFP|ANTARA|Antara|The Hollywood Reporter|Rolling Stone)"
_LINE = r"(?:[–—]|--?)"
_DASH = rf"\s*{_LINE}\s+"
_DATELINE = re.compile(
    rf"(?:(?:{_PLACE},\s*)?CNN Indonesia{_DASH}"
    rf"|{_SITE}(?:,\s*{_PLACE})?{_DASH}"
    rf"|[A-Z]\w*[Nn]ews{_DASH}"
    rf"|{_PLACE},\s*{_SITE}{_DASH}"
    rf"|{_PLACE}(?:,\s*{_PLACE})?\s*\([\w .]{{2,30}}\)(?:{_DASH}|\s{_LINE}(?=[A-Z]))"
    rf"|[A-Z][A-Z .,'-]{{2,30}}{_DASH}"
    rf"|(?:{_PLACE}(?:,\s*{_PLACE}){{0,2}}\s*)?\({_AGENCY}\)(?:{_DASH})?\s*)"
)

# Who is quoted, and then where, when and to whom it was said: only the latter may go. It ends the
# sentence, after the closing quotation mark, so no other statement hangs on it.
_SAID = r"(?:kata|ujar|ucap|tutur|ungkap|jelas|tegas|imbuh|papar|sebut|tambah|terang|beber)(?:nya)?"
_TO_PRESS = (
    r"kepada\s(?:para\s)?(?:wartawan|awak\smedia|media|pers|detik\w*|kumparan|Antara|Reuters"
    r"|CNN\s?Indonesia\S*|\w+\.com)"
)
_IN_PRESS = (
    r"(?:dalam|lewat|melalui|pada)\s(?:sebuah\s)?(?:keterangan|siaran\spers|rilis|pernyataan"
    r"|konferensi\spers|jumpa\spers|pesan\ssingkat|sambungan\stelepon|akun)\w*"
)
_WHEN_ASKED = (
    r"(?:(?:saat|ketika)\s)?(?:di(?:konfirmasi|hubungi|temui|tanyai?|mintai)|konferensi\spers"
    r"|jumpa\spers)"
)
_QUOTED_FROM = r"(?:(?:seperti|sebagaimana)\s)?(?<!yang\s)(?:dikutip|dilansir|dinukil)"
_DAY = r"(?:Senin|Selasa|Rabu|Kamis|Jumat|Jum'at|Sabtu|Minggu|Ahad)"
_CIRCUMSTANCE = re.compile(
    rf"""[,.]?["”]\s+{_SAID}(?:,?\s[^\s"“”,]+){{0,14}}?
    (?P<cut>,?\s(?:{_TO_PRESS}|{_IN_PRESS}|{_WHEN_ASKED}|{_QUOTED_FROM}
    |(?:pada\s)?{_DAY}(?:\s\w+)?\s\(\d+|di\s[^"“”]*,\s{_DAY}(?:\s\w+)?\s\(\d+)\b[^"“”]*)
    (?=\.$)""",
    re.VERBOSE,
)
# Asides that tell nothing of the matter: who stands where in a picture, measures over again.
_ASIDE = re.compile(
    r"\s\((?:kiri|kanan|tengah|foto|left|right|cent(?:er|re)|pictured(?:[ ,][^()]*)?"
    r"|(?:about |around |sekitar )?[\d.,]+ (?:feet|ft|miles?|yards?|inches|pounds|lbs?|acres))\)"
)
# Cut parts leave a space where the next one begins with a mark.
_BEFORE_MARK = re.compile(r"\s+(?=[.,;:!?])")


def trim(text: str, sentence: Span, *, first: bool) -> Span:
    """Return the sentence's span without the dateline that opens an article.

    Arguments:
        text: the article's text.
        sentence: one of its sentences.
        first: whether it is the article's first; only that one has a dateline.
    """
    found = _DATELINE.match(sentence.of(text)) if first else None
    if found is None or found.end() >= sentence.end - sentence.start:
        return sentence
    return Span(sentence.start + found.end(), sentence.end)


def pared(text: str, sentence: Span) -> tuple[Span, ...]:
    """Return what is left of a sentence without the circumstances of a quotation, and asides.

    '"Harga turun," kata Budi kepada wartawan, Senin (8/6/2023).' loses all from "kepada" but its
    full stop. Who said something, and any condition, stays.
    """
    content = sentence.of(text)
    cuts = [Span(*found.span()) for found in _ASIDE.finditer(content)]
    circumstance = _CIRCUMSTANCE.search(content)
    if circumstance:
        cut = Span(*circumstance.span("cut"))
        cuts = [one for one in cuts if one.end <= cut.start] + [cut]
    return tuple(_without(sentence, cuts))


def _without(sentence: Span, cuts: Sequence[Span]) -> list[Span]:
    """Return the spans of a sentence between the cuts, which count from its start."""
    left: list[Span] = []
    start = 0
    for cut in cuts:
        left.append(Span(sentence.start + start, sentence.start + cut.start))
        start = cut.end
    left.append(Span(sentence.start + start, sentence.end))
    return left


def spliced(text: str, spans: Sequence[Span]) -> str:
    """Return the text of the spans as one sentence, white space in order."""
    joined = " ".join(" ".join(span.of(text).split()) for span in spans)
    return _BEFORE_MARK.sub("", joined) if len(spans) > 1 else joined
