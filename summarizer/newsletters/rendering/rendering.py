"""``render(newsletter, format)``: a finished issue as a file."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal, get_args, overload

from summarizer.newsletters.issue import Newsletter
from summarizer.newsletters.rendering.feeds import atom, rss
from summarizer.newsletters.rendering.mail_page import mail_page
from summarizer.newsletters.rendering.message import message
from summarizer.newsletters.rendering.record import newsletter_json
from summarizer.newsletters.rendering.templates import check_folder, fill
from summarizer.newsletters.rendering.view import Issue
from summarizer.newsletters.rendering.viewing import view

TextFormat = Literal["html", "text", "markdown", "rss", "atom", "json"]
Format = Literal["html", "text", "markdown", "rss", "atom", "json", "eml"]
FORMATS: tuple[Format, ...] = get_args(Format)


@overload
def render(
    newsletter: Newsletter, format: TextFormat, templates: str | Path | None = None
) -> str: ...
@overload
def render(
    newsletter: Newsletter, format: Literal["eml"], templates: str | Path | None = None
) -> bytes: ...
@overload
def render(
    newsletter: Newsletter, format: Format, templates: str | Path | None = None
) -> str | bytes: ...
def render(
    newsletter: Newsletter, format: Format, templates: str | Path | None = None
) -> str | bytes:
    """Return a newsletter as a file's content: bytes for ``"eml"``, else text for UTF-8.

    Warns with ``LargeNewsletterWarning`` if the HTML is larger than Gmail shows.

    Args:
        newsletter: the finished issue.
        format: ``"html"`` for a mail, ``"text"`` for its plain alternative, ``"eml"`` for the mail
            with both; ``"markdown"``; ``"rss"`` and ``"atom"`` for feeds; ``"json"``.
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
    if format == "json":
        return newsletter_json(newsletter)
    issue = view(newsletter)
    if format == "eml":
        return message(issue, _text(issue, folder), mail_page(issue, folder))
    return _SETTERS[format](issue, folder)


def _text(issue: Issue, folder: Path | None) -> str:
    return _tidy(fill("newsletter.txt", {"issue": issue}, folder))


def _markdown(issue: Issue, folder: Path | None) -> str:
    return _tidy(fill("newsletter.md", {"issue": issue}, folder))


def _tidy(text: str) -> str:
    """Take out the space at ends of lines and the blank lines that templates leave."""
    lines = "\n".join(line.rstrip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines).strip() + "\n"


_SETTERS: Mapping[str, Callable[[Issue, Path | None], str]] = {
    "html": mail_page,
    "text": _text,
    "markdown": _markdown,
    "rss": rss,
    "atom": atom,
}
