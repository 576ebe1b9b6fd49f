"""What the page says when something went wrong, or is still going on: never a stack trace."""

from __future__ import annotations

from ringkas.errors import RingkasError
from ringkas.page.markup import escape
from ringkas.page.texts import Texts


def failure(error: Exception, t: Texts, about: str = "") -> str:
    """Return an error as HTML: what it is and what to do, in the reader's language.

    The error's own message, which names what was given, follows. ``about`` names the input where
    several were given.
    """
    name = _name(error, t)
    title = t(f"errors.{name}")
    heading = f"{about}: {title}" if about else title
    if f"errors.{name}_detail" in t:
        return notice(heading, t(f"errors.{name}_detail"))
    return notice(heading, t(f"advice.{name}"), str(error))


def notice(title: str, *paragraphs: str) -> str:
    """Return a warning as HTML; empty paragraphs are left out."""
    body = "".join(f"<p>{escape(each)}</p>" for each in paragraphs if each)
    return (
        f'<div class="notice" role="alert"><p class="notice-title">{escape(title)}</p>{body}</div>'
    )


def status(message: str) -> str:
    """Return one line on what is going on, as HTML; nothing for an empty message."""
    return f'<p class="status" role="status">{escape(message)}</p>' if message else ""


def _name(error: Exception, t: Texts) -> str:
    """Return the name of the error's class, or of the nearest class above it that has texts.

    An error that nobody raised on purpose says nothing of its own: its message may hold anything.
    """
    if not isinstance(error, RingkasError):
        return "unexpected"
    names = (kind.__name__ for kind in type(error).__mro__)
    return next(name for name in names if f"errors.{name}" in t)
