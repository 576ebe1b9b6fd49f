"""Puts words, figures and punctuation back together that a model has written apart.

IndoBART learnt from text with spaces around punctuation ("rapat , kata dia ."), and may write so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_PARTS = re.compile(r"\w+|[^\w\s]")
_OUTER = "\"'“”‘’«»()[]{}<>.,;:!?…–—-*•"
_MOST_PARTS = 11  # "(8/6/2023)." has nine
_ADDRESS = re.compile(r"(?:\w+\.)+(?:com|co|id|net|org|go|ac|tv|info)(?:/|$)")
_INITIALS = re.compile(r"(?:\w{1,2}\.)+\w{1,2}")
_FIGURE = re.compile(r"\w*\d+(?:[.,:/]\d+)+\w*|[^\W\d]{1,3}\d[\w.,]*")
_JOINED = re.compile(r"\w+(?:[-/'’&@_]\w+)+")
_BEFORE = re.compile(r"\s+([.,;:!?)\]}”’…](?!\w))")
_AFTER = re.compile(r"([(\[{“‘])\s+")


def tidied(text: str, source: str) -> str:
    """Return ``text`` with its spaces as in running text.

    Spaces within a figure or compound are taken out only where the source writes it without:
    "rp 1 , 5 triliun" becomes "rp1,5 triliun" after "Rp1,5 triliun". Nothing but spaces changes.
    """
    plain = " ".join(text.split())
    known = " ".join(source.lower().split())
    joined = _joined(plain, _compounds(source), known)
    return _straight_quotes(_AFTER.sub(r"\1", _BEFORE.sub(r"\1", joined)))


def _compounds(source: str) -> frozenset[str]:
    """Return the source's figures, compounds, initials and addresses, without their capitals."""
    words = {piece.strip(_OUTER).lower() for piece in source.split()}
    kinds = (_FIGURE, _JOINED, _INITIALS, _ADDRESS)
    return frozenset(word for word in words if any(kind.fullmatch(word) for kind in kinds))


def _joined(text: str, compounds: frozenset[str], source: str) -> str:
    """Return ``text`` without the spaces in runs that are one of ``compounds``.

    Runs that ``source`` has with their spaces, too, are left alone.
    """
    parts = list(_PARTS.finditer(text))
    pieces, at, place = [], 0, 0
    while place < len(parts):
        end = next(_runs(text, parts, place, compounds, source), place + 1)
        start, stop = parts[place].start(), parts[end - 1].end()
        run = text[start:stop]
        pieces += [text[at:start], run if end == place + 1 else "".join(run.split())]
        at, place = stop, end
    return "".join(pieces) + text[at:]


def _runs(
    text: str, parts: list[re.Match[str]], place: int, compounds: frozenset[str], source: str
) -> Iterator[int]:
    """Yield where runs that begin at ``place`` end, the longest first."""
    for end in range(min(len(parts), place + _MOST_PARTS), place + 1, -1):
        run = text[parts[place].start() : parts[end - 1].end()]
        whole = "".join(run.split()).lower()
        if " " in run and whole in compounds and run.lower() not in source:
            yield end


def _straight_quotes(text: str) -> str:
    """Return ``text`` without spaces inside its straight quotation marks."""
    pieces = text.split('"')
    if len(pieces) % 2 == 0:  # an odd mark: nobody knows what is inside
        return text
    return '"'.join(piece.strip() if index % 2 else piece for index, piece in enumerate(pieces))
