"""A sentence without what only frames it. What is left still stands in the article as it is."""

from __future__ import annotations

import re

from ringkas.types import Span

# The forms that open articles in IndoSum's, Detik's and CNN/DailyMail's training rows:
# "Jakarta, CNN Indonesia --", "JAKARTA, KOMPAS.com - ", "Merdeka.com - ", "DENPASAR (Sagara) – ",
# "Los Angeles (ANTARA News) - ", "Baghdad, Iraq (CNN)".
_PLACE = r"[A-Z][\w.'-]*(?: [A-Za-z][\w.'-]*){0,3}"
_SITE = r"[A-Z][\w.]*\.(?:com|co\.id|id|net|org|COM|CO\.ID|ID|NET|ORG)"
_AGENCY = r"(?:CNN|Reuters|AP|AFP|ANTARA|Antara|The Hollywood Reporter|Rolling Stone)"
_DASH = r"\s*(?:[–—]|--?)\s+"
_DATELINE = re.compile(
    rf"(?:(?:{_PLACE},\s*)?CNN Indonesia{_DASH}"
    rf"|{_SITE}(?:,\s*{_PLACE})?{_DASH}"
    rf"|{_PLACE},\s*{_SITE}{_DASH}"
    rf"|{_PLACE}(?:,\s*{_PLACE})?\s*\([\w .]{{2,30}}\){_DASH}"
    rf"|[A-Z][A-Z .,'-]{{2,30}}{_DASH}"
    rf"|(?:{_PLACE}(?:,\s*{_PLACE}){{0,2}}\s*)?\({_AGENCY}\)(?:{_DASH})?\s*)"
)


def trim(text: str, sentence: Span, *, first: bool) -> Span:
    """Return the sentence's span without the dateline that opens an article.

    Arguments:
        text: the article's text.
        sentence: one of its sentences.
        first: whether it is the article's first; only that one has a dateline.
    """
    found = _DATELINE.match(sentence.of(text)) if first else None
    if found is None or found.end() >= sentence.end - sentence.start:
        return sentence
    return Span(sentence.start + found.end(), sentence.end)
