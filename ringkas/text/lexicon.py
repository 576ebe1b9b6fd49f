"""What is known of both languages' words: translations, ordinary and function words.

The lists in ``data`` were learned from translated news and from news; see ``training/support``.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from ringkas.text.vocabulary import same_word, stop_words, translated_words

DATA = Path(__file__).parent / "data"


def to_indonesian(word: str) -> tuple[str, ...]:
    """Return the Indonesian words that an English one may stand for; none where unknown."""
    other = same_word(word)
    return _pairs().get(word, ()) if other == word else (other, *_pairs().get(word, ()))


def to_english(word: str) -> tuple[str, ...]:
    """Return the English words that an Indonesian one may stand for; none where unknown.

    Those come first of which the word is the likeliest translation.
    """
    return _reversed().get(word, ())


def is_function_word(word: str) -> bool:
    """Tell whether a word carries no subject of its own."""
    return word in stop_words()


def is_ordinary(word: str, *, english: bool) -> bool:
    """Tell whether a word, in lower case, is mostly written without a capital."""
    return word in _ordinary("en" if english else "id") or word in stop_words()


@cache
def _pairs() -> dict[str, tuple[str, ...]]:
    lines = (DATA / "pairs.tsv").read_text(encoding="utf-8").splitlines()
    split = (line.split("\t") for line in lines)
    return {word: tuple(others.split()) for word, others in split}


@cache
def _reversed() -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, int]] = {}
    for word in {**_pairs(), **dict.fromkeys(translated_words())}:
        for place, other in enumerate(to_indonesian(word)):
            found.setdefault(other, {}).setdefault(word, place)
    return {word: tuple(sorted(others, key=others.__getitem__)) for word, others in found.items()}


@cache
def _ordinary(language: str) -> frozenset[str]:
    return frozenset((DATA / f"ordinary.{language}.txt").read_text(encoding="utf-8").split())
