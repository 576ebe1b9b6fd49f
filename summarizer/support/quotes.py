"""Quotations: the words between quotation marks, and whether the article has them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_QUOTED = re.compile(
    r"[“«]([^“”«»]+)[”»]|(?<![\w,.!?])\"([^\"]+)\"|(?<![\w])['‘]([^'‘’\n]{2,}(?:['’](?=\w)[^'‘’\n]+)*)['’](?!\w)"
)
_TOKEN = re.compile(r"\w+")
_GAP = re.compile(r"\s*(?:\.{3,}|…|\[[^\]]*\])\s*")
_SHORTEST_RUN = 3  # words in a row that count as said
_LEAST_SAID = 0.9


@dataclass(frozen=True, slots=True)
class Quote:
    """Quoted words at ``[start, end)``, without the marks."""

    start: int
    end: int
    text: str


def quotes(text: str) -> list[Quote]:
    """Return the quotations of ``text`` in order."""
    found = []
    for match in _QUOTED.finditer(text):
        group = next(number for number in (1, 2, 3) if match[number] is not None)
        if _TOKEN.search(match[group]):
            found.append(Quote(match.start(group), match.end(group), match[group]))
    return found


def tokens(text: str) -> list[str]:
    """Return the words of ``text`` as quotations are compared: without case and punctuation."""
    return _TOKEN.findall(text.casefold())


def is_said(quote: str, said: Sequence[str], joined: str) -> bool:
    """Tell whether the article has the quoted words, in their order, in runs of three or more.

    Arguments:
        quote: the quoted words; an ellipsis or a bracket may stand for others.
        said: the article's words, as ``tokens`` gives them.
        joined: the same joined by spaces, with one at either end.
    """
    wanted = [tokens(piece) for piece in _GAP.split(quote)]
    pieces = [piece for piece in wanted if piece]
    if all(f" {' '.join(piece)} " in joined for piece in pieces):
        return True
    words = [word for piece in pieces for word in piece]
    blocks = SequenceMatcher(None, words, said, autojunk=False).get_matching_blocks()
    held = sum(block.size for block in blocks if block.size >= _SHORTEST_RUN)
    return held >= _LEAST_SAID * len(words)
