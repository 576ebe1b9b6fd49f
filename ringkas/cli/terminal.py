"""What reaches the terminal: consoles, bylines, and text made safe to print."""

from __future__ import annotations

import io
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


def forgive_encodings() -> None:
    """Print "?" for a letter that the output cannot take, instead of failing.

    Files and pipes on Windows, and odd locales, take few letters; file names may hold half of one.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def print_json(value: Any, *, indent: int | None = 2) -> None:
    """Print ``value`` as JSON, its letters as they are, or escaped where the output takes them not.

    Either way it is the same JSON.
    """
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    try:
        text.encode(sys.stdout.encoding)
    except UnicodeEncodeError:
        text = json.dumps(value, indent=indent)
    sys.stdout.write(text + "\n")
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
