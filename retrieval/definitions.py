"""What an acronym stands for, found where the articles spell it out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.reading import Candidate
from ringkas.types import Hit, Span

_ACRONYM = re.compile(r"\b[A-Z][A-Z0-9]{1,}(?:-[A-Z0-9]+)*\b|\b[A-Z][a-z]+[A-Z]\w*\b")
_AFTER = r"\b%s\s*\(\s*([^()]{4,90}?)\s*\)"
# An expansion found beside its acronym is as sure as reading gets; the rest is a wrong question.
_SURE = 0.97


def find_expansion(question: str, hits: Sequence[Hit]) -> list[Candidate]:
    """Return the spans that spell out the question's acronym: "Tindak Pidana ... (TPPO)".

    The expansion is as many words before the bracket as spell the acronym's letters, or what
    stands in the bracket after it.
    """
    found: list[Candidate] = []
    for acronym in dict.fromkeys(_ACRONYM.findall(question)):
        for hit in hits:
            span = _expansion(acronym, hit.text)
            if span:
                placed = Span(hit.passage.start + span.start, hit.passage.start + span.end)
                found.append(Candidate(hit, placed, _SURE))
    return found


def _expansion(acronym: str, text: str) -> Span | None:
    escaped = re.escape(acronym)
    for match in re.finditer(_AFTER % escaped, text):
        if _spells(acronym, match.group(1)):
            return Span(match.start(1), match.end(1))
    bracket = re.search(rf"\s*\(\s*{escaped}\s*\)", text)
    return _words_before(acronym, text[: bracket.start()]) if bracket else None


def _words_before(acronym: str, lead: str) -> Span | None:
    """Return the fewest words at the end of ``lead`` that spell the acronym."""
    starts = [match.start() for match in re.finditer(r"[\w'’-]+", lead)]
    for start in reversed(starts[-12:]):
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
