"""Reasoning models think aloud before they answer; only the answer is wanted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_OPEN, _CLOSE = "<think>", "</think>"
_THOUGHT = re.compile(rf"{_OPEN}.*?(?:{_CLOSE}|$)\s*", re.DOTALL)


def without_thoughts(pieces: Iterable[str]) -> Iterator[str]:
    """Yield the pieces of a reply without its ``<think>…</think>`` blocks, closed or not.

    What is thought comes as empty pieces, so that whoever reads can stop the model meanwhile.
    """
    written, shown = "", 0
    for piece in pieces:
        written += piece
        text = _THOUGHT.sub("", written)
        safe = len(text) - _started_tag(text)
        yield text[shown:safe]
        shown = max(shown, safe)
    rest = _THOUGHT.sub("", written)[shown:]
    if rest:
        yield rest


def _started_tag(text: str) -> int:
    """Return how many characters at the end of ``text`` may become an opening tag."""
    for length in range(len(_OPEN) - 1, 0, -1):
        if text.endswith(_OPEN[:length]):
            return length
    return 0
