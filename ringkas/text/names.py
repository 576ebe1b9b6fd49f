"""Names in running text: which words of a sentence name something, and what a passage names."""

from __future__ import annotations

import re

from ringkas.text.figures import months_in_dates
from ringkas.text.vocabulary import same_word, stop_words

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_CAPITALS = re.compile(r"[A-Z][^\W\d_]*(?: [A-Z][^\W\d_]*){1,7}")
_QUOTE_OR_COLON = re.compile(r"[\"“”'‘’:(]\s*$")
_DEMONYM = ("n", "an", "ian", "ese", "nya")


def names_of(sentence: str) -> list[str]:
    """Return the capitalised words of ``sentence`` that name something, in order.

    A capital at the start of a sentence or quote says nothing, unless another one follows.
    """
    found: list[str] = []
    words = list(WORD.finditer(sentence))
    for place, match in enumerate(words):
        word = match.group()
        if not word[0].isupper() or len(word) == 1:  # an initial is too little to compare
            continue
        if word.casefold() in stop_words() and not _is_acronym(word):
            continue
        opens = place == 0 or bool(_QUOTE_OR_COLON.search(sentence[: match.start()]))
        if opens and not _is_acronym(word) and not _capital_follows(words, place):
            continue
        found.append(word)
    return found


def _is_acronym(word: str) -> bool:
    return len(word) > 1 and word.isupper()


def _capital_follows(words: list[re.Match[str]], place: int) -> bool:
    following = words[place + 1].group() if place + 1 < len(words) else ""
    return following[:1].isupper()


def held_words(passage: str) -> frozenset[str]:
    """Return the words that may stand for a name: the passage's, its acronyms, its months."""
    words = {_bare(match.group()) for match in WORD.finditer(passage)}
    parts = {part for word in words for part in re.split(r"[-'’]", word)}
    known = frozenset(same_word(word) for word in words | parts)
    return known | months_in_dates(passage) | _acronyms(passage)


def _acronyms(passage: str) -> frozenset[str]:
    """Return the initials of each run of capitalised words: "bi" for "Bank Indonesia"."""
    runs = [re.findall(r"\b[^\W\d_]", run.group()) for run in _CAPITALS.finditer(passage)]
    return frozenset(
        "".join(run[start:end]).casefold()
        for run in runs
        for start in range(len(run))
        for end in range(start + 2, len(run) + 1)
    )


def is_held(name: str, held: frozenset[str]) -> bool:
    """Tell whether a name is among ``held``, in its own or the other language's form."""
    word = same_word(_bare(name))
    if word in held or all(same_word(part) in held for part in re.split(r"[-'’]", word)):
        return True
    return any(
        len(word) - len(end) >= 4 and word.endswith(end) and same_word(word[: -len(end)]) in held
        for end in _DEMONYM
    )


def _bare(word: str) -> str:
    return re.sub(r"['’]s$", "", word.casefold())
