"""What reaches the terminal: consoles, bylines, and text made safe to print."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

    from ringkas.types import Article

INTERRUPTED = 128 + 2  # what a shell reports for a program that SIGINT ended

# Control characters could move the cursor or recolour the screen; the bidirectional ones could
# show an address as another. News text needs neither.
_CONTROLS = dict.fromkeys(
    [*range(9), *range(11, 32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)


def out() -> Console:
    """Return the console for results."""
    from rich.console import Console

    return Console(highlight=False)


def err() -> Console:
    """Return the console for progress and complaints."""
    from rich.console import Console

    return Console(stderr=True, highlight=False)


def complain(message: str) -> None:
    """Print one error on stderr."""
    from rich.text import Text

    err().print(Text.assemble(("Error: ", "bold red"), visible(message)), soft_wrap=True)


def print_json(value: Any, *, indent: int | None = 2) -> None:
    """Print ``value`` as JSON, its letters as they are."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=indent) + "\n")
    sys.stdout.flush()


def visible(text: str) -> str:
    """Return ``text`` without the characters that would act on the terminal."""
    return text.translate(_CONTROLS)


def byline(article: Article) -> str:
    """Return outlet and date in one line; either may be unknown."""
    parts = [article.source, written(article), article.language]
    return visible(" · ".join(part for part in parts if part))


def written(article: Article) -> str:
    """Return the date, and the time with its offset where the source states one."""
    moment = article.published
    if moment is None:
        return ""
    if not (moment.hour or moment.minute):
        return f"{moment:%Y-%m-%d}"
    return f"{moment:%Y-%m-%d %H:%M %z}".rstrip()
