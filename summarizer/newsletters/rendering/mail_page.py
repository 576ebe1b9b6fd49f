"""HTML that mail programs hold: styles inlined, spare white space gone, the size watched."""

from __future__ import annotations

import re
import warnings
from pathlib import Path

import css_inline

from summarizer.newsletters.rendering.templates import NewsletterTemplateError, fill
from summarizer.newsletters.rendering.view import Issue

# Gmail shows 102 KB of a message's HTML and hides the rest behind a link.
LARGEST = 100_000  # bytes
_INDENTED = re.compile(r"\n\s+")
_TEMPLATE = "newsletter.html"


class LargeNewsletterWarning(UserWarning):
    """A newsletter's HTML is so large that Gmail will not show all of it."""


def mail_page(issue: Issue, templates: Path | None) -> str:
    """Return an issue as the HTML of a mail.

    Warns with ``LargeNewsletterWarning`` if it is larger than Gmail shows: the issue is whole, so
    whoever made it overnight has one in the morning, and hears why to shorten it.

    Raises:
        NewsletterTemplateError: a template cannot be used.
    """
    page = _inlined(fill(_TEMPLATE, {"issue": issue}, templates))
    page = _INDENTED.sub("\n", page).strip() + "\n"
    size = len(page.encode())
    if size > LARGEST:
        warnings.warn(
            f"the newsletter is {size / 1000:.0f} KB of HTML; from {LARGEST // 1000} KB on Gmail "
            "hides its end behind a link. Take fewer stories, or shorter ones.",
            LargeNewsletterWarning,
            stacklevel=3,
        )
    return page


def _inlined(page: str) -> str:
    """Move the style sheets' rules to the elements; those marked "keep" stay as well."""
    try:
        return css_inline.CSSInliner(load_remote_stylesheets=False, minify_css=True).inline(page)
    except css_inline.InlineError as error:
        raise NewsletterTemplateError(
            f"the styles of {_TEMPLATE} cannot be moved to its elements: {error}. Correct the "
            "style sheets that it holds."
        ) from error
