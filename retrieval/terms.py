"""Terms for lexical search: folded, stop words dropped, stemmed by language.

Indonesian (and Malay) words are stemmed by PySastrawi, an implementation of the Enhanced
Confix-Stripping algorithm (Arifin et al. 2009), English ones by Snowball's Porter 2. Names and
numbers pass through, so they meet across languages.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, cast

from ringkas.text.vocabulary import stop_words
from ringkas.types import Language

if TYPE_CHECKING:
    from collections.abc import Iterable

# "Rp1.500.000", "10.30", "COVID-19" and "PMI-NP" are kept whole; all but the second also in parts.
_WORD = re.compile(r"\w+(?:[.,]\d+)*(?:-\w+)*")
_STEMMED_AS_INDONESIAN = frozenset({"id", "ms"})
_AMOUNT = re.compile(r"(?:rp|idr|usd)(\d.*)")
_CACHE = 200_000  # distinct words; a stem takes PySastrawi about a millisecond


def terms(text: str, language: Language) -> list[str]:
    """Return the stemmed terms of a text in one language, in order, repeats kept."""
    stem = _stemmer(language)
    return [stem(word) for word in _words(text) if word not in stop_words()]


def query_terms(question: str) -> list[str]:
    """Return the terms of a question as each language stems them, without repeats.

    The archive may hold several languages, and a question's own is a guess on so few words.
    """
    return list(dict.fromkeys([*terms(question, "id"), *terms(question, "en")]))


def _words(text: str) -> Iterable[str]:
    folded = unicodedata.normalize("NFKC", text).casefold()
    for match in _WORD.finditer(folded):
        word = match.group().replace(",", ".")  # "12,8" and "12.8" meet across languages
        yield word
        if "-" in word:
            yield from dict.fromkeys(word.split("-"))
        elif currency := _AMOUNT.fullmatch(word):
            yield currency[1]


def _stemmer(language: Language) -> Any:
    if language in _STEMMED_AS_INDONESIAN:
        return _stem_indonesian
    return _stem_english if language == "en" else str


@lru_cache(_CACHE)
def _stem_indonesian(word: str) -> str:
    if not (word.isalpha() and word.isascii()):  # PySastrawi puts a space for each "é"
        return word
    return cast(str, _sastrawi().stem(word)) or word


@lru_cache(_CACHE)
def _stem_english(word: str) -> str:
    return cast(str, _snowball().stemWord(word)) if word.isalpha() else word


@cache
def _sastrawi() -> Any:
    from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

    return StemmerFactory().create_stemmer()


@cache
def _snowball() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("english")
