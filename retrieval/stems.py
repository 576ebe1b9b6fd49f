"""Stems of single words, folded to lower case.

Indonesian words are stemmed by PySastrawi, an implementation of the Enhanced Confix-Stripping
algorithm (Arifin et al. 2009), English ones by Snowball's Porter 2. PySastrawi takes about a
millisecond for a name it does not know, so the stems of the most common words are shipped; the
others are remembered once they were asked for.
"""

from __future__ import annotations

import lzma
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock
from typing import Any, cast

COMMON = Path(__file__).resolve().parent / "stems.txt.xz"
"""PySastrawi's stems of the commonest words of Indonesian news and Wikipedia (training/stems)."""

_CACHE = 200_000  # distinct words
_one_at_a_time = Lock()  # the stemmers keep the word at hand in themselves


def indonesian(word: str) -> str:
    """Return the stem of an Indonesian or Malay word; the word itself where it has none."""
    return _common().get(word) or _stemmed(word)


@lru_cache(_CACHE)
def english(word: str) -> str:
    """Return the stem of an English word."""
    if not word.isalpha():
        return word
    with _one_at_a_time:
        return cast(str, _snowball().stemWord(word))


def pack(stems: Iterable[tuple[str, str]]) -> bytes:
    """Return words and their stems as ``COMMON`` holds them: one line each, equal ones once."""
    lines = (word if word == stem else f"{word} {stem}" for word, stem in sorted(stems))
    return lzma.compress("\n".join(lines).encode(), preset=9)


@cache
def _common() -> dict[str, str]:
    lines = lzma.decompress(COMMON.read_bytes()).decode().split("\n")
    pairs = (line.partition(" ") for line in lines)
    return {word: stem or word for word, _, stem in pairs}


@lru_cache(_CACHE)
def _stemmed(word: str) -> str:
    if not (word.isalpha() and word.isascii()):  # PySastrawi puts a space for each "é"
        return word
    return sastrawi(word)


def sastrawi(word: str) -> str:
    """Return the stem as PySastrawi works it out, without looking it up."""
    with _one_at_a_time:
        return cast(str, _sastrawi().stem(word)) or word


@cache
def _sastrawi() -> Any:
    from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

    return StemmerFactory().create_stemmer()


@cache
def _snowball() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("english")
