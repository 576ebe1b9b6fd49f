"""Words that can be compared, in one language and across two.

A word is compared by its keys: itself, what is left without common affixes, and, for an English
word beside Indonesian text, its Indonesian counterparts. Two words agree when they share a key.
This is coarser and much quicker than stemming, and needs no dictionary of roots.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ringkas.text.figures import readings
from ringkas.text.lexicon import is_function_word
from summarizer.support.renderings import renderings

_WORD = re.compile(r"\d+(?:[.,:]\d+)*|R[Pp](?=\d)|[^\W\d_](?:\w|['’-](?=\w))*")
_ACRONYMS = re.compile(r"[A-Z]{2,}s")  # more than one: "BPRs"
_PREFIXES = (
    "memper", "diper", "meng", "meny", "mem", "men", "me", "peng", "peny", "pem", "pen", "per",
    "pe", "ber", "ter", "di", "ke", "se",
)  # fmt: skip
_SUFFIXES = ("kannya", "annya", "inya", "kan", "nya", "an", "i", "lah", "pun", "kah",
             "ies", "ing", "ed", "es", "er", "s", "ly", "ian", "ese", "n", "al")  # fmt: skip
# "menyalurkan" is of "salur": the prefix takes the place of a letter.
_SWALLOWED = {"ny": "s", "em": "p", "en": "t", "ng": "k"}
_SHORTEST = 4  # letters of a key that is left of a longer word
_FUNCTION_WEIGHT = 0.25


@dataclass(frozen=True, slots=True)
class Word:
    """One word or number of a text, at ``[start, end)``."""

    start: int
    end: int
    text: str
    keys: frozenset[str]
    weight: float

    @property
    def folded(self) -> str:
        """The word without its case."""
        return self.text.casefold()


def words(text: str, *, translate: bool) -> tuple[Word, ...]:
    """Return the words of ``text`` in order.

    Arguments:
        text: any text.
        translate: whether it is English to be compared with Indonesian.
    """
    return tuple(
        Word(match.start(), match.end(), match.group(), *_keys(match.group(), translate))
        for match in _WORD.finditer(text)
    )


@lru_cache(100_000)
def _keys(word: str, translate: bool) -> tuple[frozenset[str], float]:
    """Return a word's keys, and what it weighs when words are compared."""
    if word[0].isdigit():
        return frozenset(f"#{value.normalize():f}" for value in readings(word.replace(":", "."))), 1
    plain = re.sub(r"['’]s$", "", word.casefold())
    found = forms(plain)
    if _ACRONYMS.fullmatch(word):
        found |= {plain[:-1]}
    if translate:
        parts = {plain, *plain.split("-")}
        found = found.union(*(forms(other) for part in parts for other in renderings(part)))
    return found, _FUNCTION_WEIGHT if is_function_word(plain) else 1.0


def forms(word: str) -> frozenset[str]:
    """Return a word, its parts around hyphens, and what is left of each without affixes."""
    found = {word, *(part for part in re.split(r"['’-]", word) if len(part) > 1)}
    for part in tuple(found):
        for left in _without_prefix(part):
            found |= {left, *_without_suffix(left)}
    return frozenset(found)


def _without_prefix(word: str) -> set[str]:
    left = {word}
    for prefix in _PREFIXES:
        rest = word.removeprefix(prefix)
        if rest != word and len(rest) >= _SHORTEST:
            left.add(rest)
            if rest[0] in "aiueo" and prefix[-2:] in _SWALLOWED:
                left.add(_SWALLOWED[prefix[-2:]] + rest)
    return left


def _without_suffix(word: str) -> set[str]:
    left = set()
    for suffix in _SUFFIXES:
        rest = word.removesuffix(suffix)
        if rest != word and len(rest) >= _SHORTEST:
            left.add(rest)
    return left
