"""Does a passage support a sentence? Every number and name, and most words, must stand in it.

A check of words, not of meaning: it catches the invented number, name or date and the sentence
about something else, which is what chat models get wrong most often.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from retrieval.figures import SCALES, months_in_dates, unsupported_numbers
from retrieval.terms import stop_words, terms
from retrieval.vocabulary import NEGATIONS, same_word
from ringkas.types import Language

MIN_SHARED_WORDS = 0.5
"""Least share of a sentence's content words (by stem) that its passage holds, in one language."""

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_CAPITALS = re.compile(r"[A-Z][^\W\d_]*(?: [A-Z][^\W\d_]*){1,7}")
_QUOTE_OR_COLON = re.compile(r"[\"“”'‘’:(]\s*$")
_DEMONYM = ("n", "an", "ian", "ese", "nya")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What of a sentence the passage lacks; ``supported`` when nothing that counts is missing."""

    supported: bool
    reason: str = ""


def check(sentence: str, passage: str, language: Language, *, same_language: bool) -> Verdict:
    """Say whether ``passage``, in ``language``, supports ``sentence``.

    Across languages words cannot be compared: names and numbers must match as ever, months and
    common offices through a small word list, and at least one of them must be there to compare.
    """
    numbers = unsupported_numbers(sentence, passage)
    if numbers:
        return Verdict(False, f"numbers not in the passage: {', '.join(numbers)}")
    held = _held(passage)
    names = names_of(sentence)
    missing = [name for name in names if not _is_held(name, held)]
    if missing:
        return Verdict(False, f"names not in the passage: {', '.join(missing)}")
    if _negates(sentence) and not _negates(passage):
        return Verdict(False, "a negation that the passage does not have")
    if not same_language:
        anchored = bool(names) or bool(re.search(r"\d", sentence))
        return Verdict(anchored, "" if anchored else "nothing to compare across languages")
    share = shared_words(sentence, passage, language)
    if share < MIN_SHARED_WORDS:
        return Verdict(False, f"only {share:.0%} of its words are in the passage")
    return Verdict(True)


def shared_words(sentence: str, passage: str, language: Language) -> float:
    """Return the share, in [0, 1], of the sentence's content words that the passage holds.

    A sentence of numbers alone has no such words; its numbers are checked by themselves.
    """
    wanted = content_stems(sentence, language)
    if not wanted:
        return 1.0 if re.search(r"\d", sentence) else 0.0
    return len(wanted & content_stems(passage, language)) / len(wanted)


def content_stems(text: str, language: Language) -> frozenset[str]:
    """Return the stems of the words of ``text`` that carry meaning, without numbers."""
    stems = terms(text, language)
    return frozenset(stem for stem in stems if stem.isalpha() and stem not in SCALES)


def names_of(sentence: str) -> list[str]:
    """Return the capitalised words of ``sentence`` that name something, in order.

    A capital at the start of a sentence or quote says nothing, unless another one follows.
    """
    found: list[str] = []
    words = list(_WORD.finditer(sentence))
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


def _held(passage: str) -> frozenset[str]:
    words = {_bare(match.group()) for match in _WORD.finditer(passage)}
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


def _is_held(name: str, held: frozenset[str]) -> bool:
    word = same_word(_bare(name))
    if word in held or all(same_word(part) in held for part in re.split(r"[-'’]", word)):
        return True
    return any(
        len(word) - len(end) >= 4 and word.endswith(end) and same_word(word[: -len(end)]) in held
        for end in _DEMONYM
    )


def _bare(word: str) -> str:
    return re.sub(r"['’]s$", "", word.casefold())


def _negates(text: str) -> bool:
    words = {word.casefold() for word in _WORD.findall(text)}
    return bool(words & NEGATIONS) or any(word.endswith(("n't", "n’t")) for word in words)
