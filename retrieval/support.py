"""Does a passage support a sentence? Every number and name, and most words, must stand in it.

A check of words, not of meaning: it catches the invented number, name or date and the sentence
about something else, which is what chat models get wrong most often.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from retrieval.terms import terms
from ringkas.text.figures import SCALES, unsupported_numbers
from ringkas.text.names import WORD, held_words, is_held, names_of
from ringkas.text.vocabulary import NEGATIONS
from ringkas.types import Language

MIN_SHARED_WORDS = 0.5
"""Least share of a sentence's content words (by stem) that its passage holds, in one language."""


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
    held = held_words(passage)
    names = names_of(sentence)
    missing = [name for name in names if not is_held(name, held)]
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


def _negates(text: str) -> bool:
    words = {word.casefold() for word in WORD.findall(text)}
    return bool(words & NEGATIONS) or any(word.endswith(("n't", "n’t")) for word in words)
