"""A finished issue: how the mail looks at two widths, and a file of each format."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ringkas.page.exports import download, file_name
from ringkas.page.markup import escape
from ringkas.page.notices import failure
from ringkas.page.texts import Texts
from ringkas.types import Failure
from summarizer.newsletters import FORMATS, Format, render
from summarizer.newsletters.issue import Newsletter

_WEB_LINK = re.compile(r'<a (?=[^>]*\bhref="https?:)')
# The suffix and media type of each format.
FILES: Mapping[Format, tuple[str, str]] = {
    "html": ("html", "text/html"),
    "text": ("txt", "text/plain"),
    "markdown": ("md", "text/markdown"),
    "rss": ("rss.xml", "application/rss+xml"),
    "atom": ("atom.xml", "application/atom+xml"),
    "json": ("json", "application/json"),
    "eml": ("eml", "message/rfc822"),
}


@dataclass(frozen=True, slots=True)
class Printed:
    """A finished issue, and the failures that its editor knew of before it was written."""

    issue: Newsletter
    known: Sequence[Failure] = ()


def preview(printed: Printed, t: Texts) -> str:
    """Return an issue as HTML: the mail in a frame that runs no script, and links that save it."""
    issue = printed.issue
    facts = t("newsletter.made", n=len(issue.items))
    return (
        f'<section class="issue"><h2 class="section-title">{escape(t("newsletter.preview"))}</h2>'
        f'<p class="quiet">{escape(facts)}</p>{_troubles(printed, t)}'
        f'<div class="actions">{_widths(t)}</div>'
        f'<div class="frame"><iframe title="{escape(issue.title)}" '
        'sandbox="allow-popups allow-popups-to-escape-sandbox" '
        f'srcdoc="{escape(_in_new_tabs(str(render(issue, "html"))))}"></iframe></div>'
        f'<h3 class="save">{escape(t("newsletter.save"))}</h3>'
        f'<div class="actions">{_files(issue, t)}</div></section>'
    )


def _in_new_tabs(page: str) -> str:
    """Return the mail with links to the web that open beside the page, not inside the frame."""
    return _WEB_LINK.sub('<a target="_blank" rel="noopener noreferrer" ', page)


def _widths(t: Texts) -> str:
    """Return the switch between the two widths; page.js turns it."""
    return "".join(
        f'<button type="button" class="plain" data-width="{name}" '
        f'aria-pressed="{str(pressed).lower()}">{escape(t(f"newsletter.{name}"))}</button>'
        for name, pressed in (("desktop", True), ("phone", False))
    )


def _files(issue: Newsletter, t: Texts) -> str:
    name = file_name(issue.title, t("newsletter.file"))
    return "".join(
        download(
            render(issue, format),
            f"{name}.{FILES[format][0]}",
            FILES[format][1],
            t(f"formats.{format}"),
        )
        for format in FORMATS
    )


def _troubles(printed: Printed, t: Texts) -> str:
    """Tell of stories that were ticked and could not be written."""
    new = [each for each in printed.issue.failures if each not in printed.known]
    return "".join(failure(each.error, t, about=each.source) for each in new)
