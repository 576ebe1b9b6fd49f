"""Who somebody is: the office that stands beside the name that a question asks about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from retrieval.candidates import Candidate
from retrieval.extend import TITLE_HEAD, extend
from ringkas.types import Hit, Span

# "Siapa Sugito?", "Who is IB Alit Wiradana?"; an office is no name: "Siapa Bupati Tirtaloka?".
_ASKED = re.compile(
    r"^(?i:siapa(?:kah)?(?: itu)?|who(?: is| was|['’]s))\s+"
    rf"(?!(?:{TITLE_HEAD}|{TITLE_HEAD.title()})\b)"
    r"(?P<name>[A-Z][\w'’.-]*(?:\s+[A-Z][\w'’.-]*){0,5})(?: itu)?\s*\?*\s*(?:\([^()]*\))?$"
)
_OFFICE = re.compile(rf"\b(?:{TITLE_HEAD}|heads|leads|led|chairs|runs)\b", re.IGNORECASE)
# An office beside the very name is as sure as reading gets; the rest is another of that name.
_SURE = 0.95


def asked_person(question: str) -> str | None:
    """Return the name of whom a question asks who they are; None if it asks something else."""
    asked = _ASKED.match(question)
    return asked["name"] if asked else None


def find_person(question: str, hits: Sequence[Hit]) -> list[Candidate]:
    """Return the places where the person whom the question names has an office beside the name."""
    asked = asked_person(question)
    if asked is None:
        return []
    name = re.compile(rf"\b{re.escape(asked)}\b")
    return [Candidate(hit, span, _SURE) for hit in hits for span in _in_office(name, hit)]


def _in_office(name: re.Pattern[str], hit: Hit) -> Iterator[Span]:
    text = hit.article.text
    for match in name.finditer(text, hit.passage.start, hit.passage.end):
        span = Span(match.start(), match.end())
        whole = extend(text, span, "who")
        beside = f"{text[whole.start : span.start]} {text[span.end : whole.end]}"
        if _OFFICE.search(beside):
            yield span
