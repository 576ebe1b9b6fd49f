"""``render(newsletter, format)``: a finished issue as a file."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal, get_args

from summarizer.newsletters.issue import Newsletter
from summarizer.newsletters.rendering.mail_page import mail_page
from summarizer.newsletters.rendering.templates import check_folder, fill
from summarizer.newsletters.rendering.view import Issue
from summarizer.newsletters.rendering.viewing import view

Format = Literal["html", "text", "markdown"]
FORMATS: tuple[Format, ...] = get_args(Format)


def render(
    newsletter: Newsletter, format: Format, templates: str | Path | None = None
) -> str | bytes:
    """Return a newsletter as a file's content.

    Args:
        newsletter: the finished issue.
        format: ``"html"`` for a mail, ``"text"`` for the mail's plain alternative, ``"markdown"``.
        templates: a folder with templates of one's own; those it lacks are Ringkas's.

    Raises:
        NewsletterTemplateError: the folder holds no template, or one cannot be used.
        ValueError: there is no such format.
    """
    if format not in FORMATS:
        raise ValueError(f"no newsletter format {format!r}; there are {', '.join(FORMATS)}")
    folder = Path(templates) if templates is not None else None
    if folder is not None:
        check_folder(folder)
    return _SETTERS[format](view(newsletter), folder)


def _text(issue: Issue, folder: Path | None) -> str:
    return _tidy(fill("newsletter.txt", {"issue": issue}, folder))


def _markdown(issue: Issue, folder: Path | None) -> str:
    return _tidy(fill("newsletter.md", {"issue": issue}, folder))


def _tidy(text: str) -> str:
    """Take out the space at ends of lines and the blank lines that templates leave."""
    lines = "\n".join(line.rstrip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines).strip() + "\n"


_SETTERS: Mapping[Format, Callable[[Issue, Path | None], str]] = {
    "html": mail_page,
    "text": _text,
    "markdown": _markdown,
}
