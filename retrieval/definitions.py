"""What an acronym stands for, found where the articles spell it out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.candidates import Candidate
from ringkas.text.vocabulary import stop_words
from ringkas.types import Hit, Span

_WORD = re.compile(r"\w+(?:-\w+)*")
_IN_BRACKET = r"\b%s\s*\(\s*([^()]{4,90}?)\s*\)"
_AFTER_PHRASE = (
    r"\b%s(?:,?\s+(?:adalah|merupakan|yaitu|yakni|is)?\s*(?:singkatan|kepanjangan|short)\s+(?:dari|for)"
    r"|\s+stands?\s+for|,\s+(?:for|atau|or))\s+"
)
_LONGEST = 12  # words of an expansion
# An expansion found beside its acronym is as sure as reading gets; the rest is a wrong question.
_SURE = 0.97


def find_expansion(question: str, hits: Sequence[Hit]) -> list[Candidate]:
    """Return the spans that spell out the question's acronym: "Tindak Pidana ... (TPPO)".

    The expansion stands before the bracket that holds the acronym, in the bracket after it, or
    after words such as "stands for".
    """
    found: list[Candidate] = []
    for word in dict.fromkeys(_WORD.findall(question)):
        if word.casefold() in stop_words() or not any(char.isalpha() for char in word):
            continue
        for hit in hits:
            span = _expansion(word, hit.text)
            if span:
                placed = Span(hit.passage.start + span.start, hit.passage.start + span.end)
                found.append(Candidate(hit, placed, _SURE))
    return found


def _expansion(acronym: str, text: str) -> Span | None:
    escaped = re.escape(acronym)
    for match in re.finditer(_IN_BRACKET % escaped, text, re.IGNORECASE):
        if _spells(acronym, match.group(1)):
            return Span(match.start(1), match.end(1))
    for match in re.finditer(rf"\s*\(\s*{escaped}\s*\)", text, re.IGNORECASE):
        if span := _words_before(acronym, text[: match.start()]):
            return span
    for match in re.finditer(_AFTER_PHRASE % escaped, text, re.IGNORECASE):
        if span := _words_after(acronym, text, match.end()):
            return span
    return None


def _words_after(acronym: str, text: str, start: int) -> Span | None:
    """Return the fewest words from ``start`` on that spell the acronym."""
    for count, match in enumerate(re.finditer(r"[\w'’-]+", text[start : start + 200]), start=1):
        if _spells(acronym, text[start : start + match.end()]):
            return Span(start, start + match.end())
        if count == _LONGEST:
            break
    return None


def _words_before(acronym: str, lead: str) -> Span | None:
    """Return the fewest words at the end of ``lead`` that spell the acronym."""
    starts = [match.start() for match in re.finditer(r"[\w'’-]+", lead)]
    for start in reversed(starts[-_LONGEST:]):
        if _spells(acronym, lead[start:]):
            return Span(start, len(lead))
    return None


def _spells(acronym: str, words: str) -> bool:
    """Tell whether the letters of the acronym are found in order, beginning with a word's first."""
    letters = [char for char in acronym.casefold() if char.isalpha()]
    folded = words.casefold()
    initials = [word[0] for word in re.findall(r"[^\W\d_][\w'’]*", folded)]
    if not initials or initials[0] != letters[0] or len(initials) < 2:
        return False
    return _in_order(letters, initials) or (len(letters) > 3 and _in_order(letters, list(folded)))


def _in_order(wanted: list[str], given: list[str]) -> bool:
    stream = iter(given)
    return all(letter in stream for letter in wanted)
