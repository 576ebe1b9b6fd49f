"""Newsletters: articles become stories, stories an issue, an issue a file in many formats.

``newsletter(articles, …)`` does it in one go; ``plan(articles, …)`` chooses, ``write(plan, …)``
writes, ``render(newsletter, format, …)`` sets it. Importing this package loads no model library.
"""

from summarizer.newsletters.issuing import newsletter
from summarizer.newsletters.planning import Choice, choose, plan
from summarizer.newsletters.rendering import (
    FORMATS,
    Format,
    LargeNewsletterWarning,
    NewsletterTemplateError,
    render,
)
from summarizer.newsletters.writing import write

__all__ = [
    "FORMATS",
    "Choice",
    "Format",
    "LargeNewsletterWarning",
    "NewsletterTemplateError",
    "choose",
    "newsletter",
    "plan",
    "render",
    "write",
]
