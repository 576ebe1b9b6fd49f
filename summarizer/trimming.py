"""A sentence without what only frames it. What is left still stands in the article as it is."""

from __future__ import annotations

import re

from ringkas.types import Span

# "JAKARTA, KOMPAS.com - ", "Bisnis.com, JAKARTA — ", "DENPASAR (Sagara) – ", "(CNN)"
_DATELINE = re.compile(
    r"^(?:"
    r"(?:[A-Z][\w.]*\.(?:com|co\.id|id|net|org)\s*,\s*)?[A-Z][A-Z .'-]{2,30}"
    r"(?:,\s*[\w .]{2,30}|\s*\([\w .]{2,30}\))?\s*[-–—]{1,2}\s+"
    r"|[A-Z][\w.]*\.(?:com|co\.id|id|net)\s*[-–—]{1,2}\s+"
    r"|[A-Z][a-z]+,\s+[A-Z][\w ]{2,20}\s*--\s+"
    r"|(?:[A-Z][\w, .]{2,40})?\((?:CNN|Reuters|AP|AFP|ANTARA|Antara)\)\s*[-–—]*\s*)"
)


def trim(text: str, sentence: Span, *, first: bool) -> Span:
    """Return the sentence's span without the dateline that opens an article."""
    found = _DATELINE.match(sentence.of(text)) if first else None
    if found is None or found.end() >= sentence.end - sentence.start:
        return sentence
    return Span(sentence.start + found.end(), sentence.end)
