"""Gives text in small letters its capitals back: IndoBART writes none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ringkas.text.sentences import split
from summarizer.capitals import WORD, Capitals
from summarizer.spacing import tidied

# What is written with capitals whether or not the source has it; "minggu" is a week, too.
_ALWAYS = {
    word.lower(): word
    for word in """
    Senin Selasa Rabu Kamis Jumat Sabtu Januari Februari Maret April Mei Juni Juli Agustus
    September Oktober November Desember WIB WITA WIT Rp Tbk Indonesia Jakarta Yogyakarta Surabaya
    Bandung Semarang Medan Makassar Denpasar Jawa Sumatra Sumatera Kalimantan Sulawesi Papua Bali
    Maluku Amerika Eropa Asia Afrika Australia Jepang Malaysia Singapura Islam DPR DPRD MPR KPK TNI
    Polri BUMN APBN APBD PDIP DKI UU PNS ASN KUHP Menkeu Mendagri Menlu Menko Wapres Kapolri China
    Inggris Belanda Jerman Prancis Rusia Korea India II III IV VI VII VIII IX XI XII
    """.split()
}
# Written with a capital before a name, unless the source does not.
_OFFICES = frozenset(
    """
    presiden wakil ketua menteri kementerian gubernur bupati wali camat lurah kepala direktur
    sekretaris jenderal komandan panglima kapolri kapolda kapolres kejaksaan kepolisian polda
    polres polsek pengadilan mahkamah komisi badan dinas lembaga majelis dewan fraksi partai
    universitas institut bank kabupaten provinsi kecamatan kelurahan desa
    stadion bandara pelabuhan gunung sungai pulau selat teluk danau
    """.split()
)
_RUPIAH = re.compile(r"rp(?=\d)")
_AFTER_STOP = re.compile(r"([.!?…][\"”’)\]]*\s+[\"“‘(\[]*)(\w)")
_OPENERS = '"“‘«([{•*-–— '
_QUOTE = re.compile(r"(?:(?<=^)|(?<=[\s(]))[\"“«](?=\w)")
_SPEECH_BEFORE = re.compile(r"(?:^|[,:.])\s*$")
_SPEECH_WORDS = 3


def restore(text: str, source: str) -> str:
    """Return ``text`` with the capitals that its source and its own sentences call for.

    Names and acronyms are written as in the source ("PMI-NP", "IB Alit Wiradana", "Rp1,5
    triliun"), where possible as in the passage with the same words around; sentences and direct
    speech begin with a capital. Spaces around punctuation are put in order. Words that have a
    capital already keep it; no letter is added or left out.

    Arguments:
        text: a summary in small letters.
        source: what it was written from.
    """
    tidy = tidied(text, source)
    capitals = Capitals(source)
    named = _apply(tidy, _names(tidy, source, capitals))
    return _apply(named, _starts(named, capitals))


def _names(text: str, source: str, capitals: Capitals) -> Iterator[tuple[int, str]]:
    """Yield where words stand, and how they are written, from the last to the first."""
    found = list(WORD.finditer(text))
    words = [word.group().lower() for word in found]
    after, between = "", ""
    for index in reversed(range(len(found))):
        form = found[index].group()
        if form == words[index]:
            form = _known(words[index], capitals.form(words, index))
            if between == " " and _is_title(form, after, source):
                form = _capitalised(form)
            yield found[index].start(), form
        after, between = form, text[found[index - 1].end() : found[index].start()]


def _known(word: str, form: str | None) -> str:
    if form is None or form.islower():
        return _ALWAYS.get(word) or _RUPIAH.sub("Rp", word)
    return form


def _is_title(word: str, after: str, source: str) -> bool:
    """Tell whether a word is an office or institution, and the name of one follows."""
    return word in _OFFICES and after[:1].isupper() and f"{word} {after}" not in source


def _starts(text: str, capitals: Capitals) -> Iterator[tuple[int, str]]:
    """Yield the first words of sentences and of direct speech, with a capital."""
    quotes = {quote.end(): quote.start() for quote in _QUOTE.finditer(text)}
    places = {*_sentence_starts(text), *quotes}
    for place in sorted(places):
        word = WORD.match(text, place)
        if word is None or not word.group().islower():
            continue
        if place in quotes and not _is_speech(text, quotes[place]):
            form = capitals.quoted(word.group())
        else:
            form = _capitalised(word.group())
        if form:
            yield place, form


def _sentence_starts(text: str) -> Iterator[int]:
    """Yield where sentences begin; the splitter wants the capitals that are to be set."""
    trial = _AFTER_STOP.sub(lambda stop: stop[1] + _capitalised(stop[2]), text)
    for span in split(trial):
        sentence = span.of(trial)
        yield span.start + len(sentence) - len(sentence.lstrip(_OPENERS))


def _is_speech(text: str, quote: int) -> bool:
    """Tell whether a quotation is what somebody said, and not a word or title in quotes."""
    end = re.search(r"[\"”»]", text[quote + 1 :])
    inside = text[quote + 1 : quote + 1 + end.start()] if end else text[quote + 1 :]
    return bool(_SPEECH_BEFORE.search(text[:quote])) and len(inside.split()) >= _SPEECH_WORDS


def _capitalised(word: str) -> str:
    """Return a word with a capital, where that is one letter for one."""
    first = word[:1].upper()
    return first + word[1:] if len(first) == 1 and first.lower() == word[:1] else word


def _apply(text: str, changes: Iterator[tuple[int, str]]) -> str:
    """Return ``text`` with words replaced by others of the same length."""
    letters = list(text)
    for place, form in changes:
        letters[place : place + len(form)] = form
    return "".join(letters)
