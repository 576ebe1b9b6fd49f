"""Short forms: "KPK" of its initials, "Menkeu" of the syllables of "Menteri Keuangan"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

_SHORTEST, _LONGEST = 5, 15  # letters of a short form made of syllables
_MOST_WORDS = 6


def initials(words: Sequence[str]) -> str:
    """Return the first letters of the words with capitals, in lower case: "kpk"."""
    return "".join(word[0] for word in words if word[0].isupper()).casefold()


def abbreviates(short: str, words: Sequence[str]) -> bool:
    """Tell whether ``short`` is made of parts of some of ``words`` in a row, as "Menkeu" is.

    Each part has two letters or more; the first begins its word.

    Arguments:
        short: a word in lower case.
        words: a longer text's words in lower case, without function words.
    """
    if not _SHORTEST <= len(short) <= _LONGEST or not short.isalpha():
        return False
    return any(
        words[place].startswith(short[:2])
        and _built(short, tuple(words[place : place + _MOST_WORDS]))
        for place in range(len(words) - 1)
    )


@cache
def _built(short: str, words: tuple[str, ...]) -> bool:
    first = words[0]
    return any(
        first.startswith(short[:size]) and _rest(short[size:], words[1:])
        for size in range(2, len(short) - 1)
    )


def _rest(short: str, words: tuple[str, ...]) -> bool:
    if not short:
        return True
    if not words:
        return False
    return any(
        short[:size] in words[0] and _rest(short[size:], words[1:])
        for size in range(len(short), 1, -1)
    )
