"""How a source writes each of its words: which capitals are the word's own.

A capital tells nothing at the start of a sentence, line or quotation, or in a heading. A word is
therefore looked up where it stands elsewhere; one that stands nowhere else keeps its capital
unless it is a plain Indonesian word. Of "Dana Bansos" and "Jalan Puncak", too, "dana" and "jalan"
keep theirs only in that company.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from ringkas.text.sentences import split

WORD = re.compile(r"[^\W_]+")
_CONTEXT = 3  # words on either side that are compared
_HEADING_WORDS, _HEADING_SHARE = 4, 0.7
_AFTER_QUOTE = re.compile(r"[\"“‘«]\s*$")
_AFTER_START = re.compile(r"[\"“‘«:•*]\s*$|\n\W*$|\n\W*\d+[.)]\s*$")
_DATELINE = re.compile(r"[A-Z][A-Z .'/]+?(?=,| \(|\s*[-–—])")
_LOOK_BACK = 20  # characters that may stand between the start of a line and its first word
_LEAST_SHOUTED = 4  # letters; shorter words in capitals are taken for acronyms
_VOWEL = re.compile(r"[AEIOU]")
# Plain words that stand before names, and are no part of them.
_BEFORE_NAMES = frozenset(
    """
    di ke dari pada untuk bagi oleh dengan dan atau serta dalam bersama antara kata ujar tutur
    ucap jelas menurut seperti selain setelah sebelum saat ketika sementara namun meski karena
    sebagai akhirnya kini mantan eks calon para warga pihak masyarakat polisi tim pelatih pemain
    penyanyi aktor aktris artis penyerang kiper gelandang bek striker petenis pebalap pembalap
    siswa mahasiswa petani nelayan pedagang korban tersangka terdakwa pelaku saksi anggota klub
    perusahaan raksasa film lagu album serial aplikasi mobil motor kapal pesawat produk ponsel
    saham harga nilai laga pertandingan duel timnas kubu pendukung fans suporter pria wanita
    """.split()
)


@dataclass(frozen=True, slots=True)
class _Place:
    """A word of the source. ``sure`` tells whether its capitals are its own."""

    form: str
    lower: str
    sure: bool
    shouted: bool
    quoted: bool


class Capitals:
    """The words of a source, ready to be looked up.

    Arguments:
        source: the text that names and acronyms are taken from.
    """

    def __init__(self, source: str) -> None:
        self._words = list(_read(source))
        self._places: dict[str, list[int]] = defaultdict(list)
        for index, word in enumerate(self._words):
            if len(word.lower) == len(word.form):  # "İ" is two letters when it is small
                self._places[word.lower].append(index)

    def form(self, words: Sequence[str], at: int) -> str | None:
        """Return how the source writes a word, or None where it does not have it.

        Arguments:
            words: the words of another text, in order and in small letters.
            at: the index of the word that is looked up.
        """
        places = self._places.get(words[at], [])
        sure = [place for place in places if self._words[place].sure]
        if sure:
            return self._most_alike(sure, words, at)
        return self._guess(places) if places else None

    def quoted(self, word: str) -> str | None:
        """Return how the source writes a word that opens a quotation, or None."""
        found = (self._words[place] for place in self._places.get(word, []))
        return next((each.form for each in found if each.quoted and not each.shouted), None)

    def _most_alike(self, places: list[int], words: Sequence[str], at: int) -> str:
        likeness = {place: self._likeness(place, words, at) for place in places}
        best = max(likeness.values())
        if not best and not self._stands_alone(places) and is_plain(words[at]):
            return words[at]
        counted = Counter(self._words[place].form for place in places if likeness[place] == best)
        return max(counted, key=lambda form: (counted[form], form.islower()))

    def _stands_alone(self, places: list[int]) -> bool:
        """Tell whether a word always has its capital, and does so without another beside it."""
        if any(self._words[place].form.islower() for place in places):
            return False
        return any(not self._has_capital(place - 1, place + 1) for place in places)

    def _has_capital(self, *places: int) -> bool:
        words = [self._words[place] for place in places if 0 <= place < len(self._words)]
        return any((word.sure or word.quoted) and word.form != word.lower for word in words)

    def _likeness(self, place: int, words: Sequence[str], at: int) -> int:
        """Return how many neighbours in a row are the same on either side."""
        return sum(self._run(place, words, at, step) for step in (-1, 1))

    def _run(self, place: int, words: Sequence[str], at: int, step: int) -> int:
        for length in range(1, _CONTEXT + 1):
            here, there = at + step * length, place + step * length
            inside = 0 <= here < len(words) and 0 <= there < len(self._words)
            if not inside or words[here] != self._words[there].lower:
                return length - 1
        return _CONTEXT

    def _guess(self, places: list[int]) -> str:
        """Return the form of a word that stands only where its capitals tell nothing."""
        forms = [self._words[place] for place in places]
        calm = [word for word in forms if not word.shouted] or forms
        word = calm[0]
        if not word.shouted and (len(word.form) == 1 or word.form[1:] != word.form[1:].lower()):
            return word.form  # an acronym, "McDonald", an initial
        named = any(self._has_capital(place + 1) for place in places)
        plain = word.lower in _BEFORE_NAMES if named else is_plain(word.lower)
        return word.lower if plain else word.lower[:1].upper() + word.lower[1:]


def _read(source: str) -> Iterator[_Place]:
    """Yield the words of a source, and whether their capitals tell anything."""
    spans = split(source)
    dateline = _DATELINE.match(source)
    for span in spans:
        sentence = span.of(source)
        found = list(WORD.finditer(sentence))
        heading = not sentence.endswith(".") and _is_heading(found)
        shouting = _is_shouting(found)
        for index, word in enumerate(found):
            form = word.group()
            before = sentence[max(0, word.start() - _LOOK_BACK) : word.start()]
            quoted = bool(_AFTER_QUOTE.search(before))
            city = dateline is not None and span.start + word.end() <= dateline.end()
            shouted = shouting or (city and _is_cry(form))
            first = index == 0 or bool(_AFTER_START.search(before))
            own = not first and not shouted and not (heading and form.istitle())
            yield _Place(form, form.lower(), own or form.islower(), shouted, quoted)


def _is_heading(words: list[re.Match[str]]) -> bool:
    return len(words) >= _HEADING_WORDS and _share(words, str.istitle) >= _HEADING_SHARE


def _is_shouting(words: list[re.Match[str]]) -> bool:
    return len(words) >= _HEADING_WORDS and _share(words, str.isupper) >= _HEADING_SHARE


def _share(words: list[re.Match[str]], holds: Callable[[str], bool]) -> float:
    lettered = [word.group() for word in words if word.group().isalpha()]
    return sum(holds(word) for word in lettered) / max(1, len(lettered))


def _is_cry(form: str) -> bool:
    return len(form) >= _LEAST_SHOUTED and form.isupper() and bool(_VOWEL.search(form))


@lru_cache(50_000)
def is_plain(word: str) -> bool:
    """Tell whether a word or its stem is in Sastrawi's dictionary of Indonesian."""
    if word in _dictionary() or word in _BEFORE_NAMES:
        return True
    if not (word.isalpha() and word.isascii()):
        return False
    return str(_stemmer().stem(word)) in _dictionary()


@cache
def _dictionary() -> frozenset[str]:
    from Sastrawi.Stemmer.StemmerFactory import StemmerFactory
    from Sastrawi.StopWordRemover.StopWordRemoverFactory import StopWordRemoverFactory

    return frozenset([*StemmerFactory().get_words(), *StopWordRemoverFactory().get_stop_words()])


@cache
def _stemmer() -> Any:
    from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

    return StemmerFactory().create_stemmer()
