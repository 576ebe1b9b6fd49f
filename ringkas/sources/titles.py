"""Titles as feeds and pages write them, with markup and entities, made plain."""

from __future__ import annotations

import html
import re

_HIDDEN = re.compile(r"<(script|style)\b.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_BREAK = re.compile(r"<(?:br|/?p|/?div|/?h[1-6])\b[^<>]*>", re.IGNORECASE)
# Only what stands in titles: "Saham < 100 rupiah" and "<title> di HTML" are text.
_TAG = re.compile(
    r"</?(?:a|abbr|b|big|center|cite|code|del|em|font|i|img|ins|mark|q|s|small|span|strike|strong"
    r"|sub|sup|time|tt|u|wbr)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:[a-z][a-z0-9]{1,31}|#\d{1,7}|#x[0-9a-f]{1,6});", re.IGNORECASE)
_MOST_LAYERS = 3
_LONGEST = 2000  # characters; the longest headlines have 200


def plain_title(markup: str) -> str:
    """Return a title without tags and entities, also where it was escaped twice."""
    text = markup[:_LONGEST]
    for _ in range(_MOST_LAYERS):
        plain = _TAG.sub("", _BREAK.sub(" ", _HIDDEN.sub("", text)))
        plain = without_entities(plain)
        if plain == text:
            break
        text = plain
    return " ".join(text.split())


def without_entities(text: str) -> str:
    """Return ``text`` with its entities as characters: on a page they were escaped twice."""
    return _ENTITY.sub(lambda entity: html.unescape(entity[0]), text[:_LONGEST])
