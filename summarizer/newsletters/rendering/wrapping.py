"""Plain text in lines that mail programs show as they are."""

from __future__ import annotations

import textwrap

WIDTH = 72  # characters; quoted twice it still fits into 76


def wrapped(text: str, first: str = "", rest: str = "", width: int = WIDTH) -> str:
    """Return ``text`` in lines of at most ``width``, indented by ``first`` and ``rest``.

    Words are never broken, for an address that is broken leads nowhere.
    """
    return textwrap.fill(
        text,
        width,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
