"""What the page says when something went wrong, or is still going on: never a stack trace."""

from __future__ import annotations

from ringkas.errors import RingkasError
from ringkas.page.markup import escape
from ringkas.page.texts import Texts


def failure(error: Exception, t: Texts, about: str = "") -> str:
    """Return an error as HTML: what it is in the reader's language, then its own message.

    ``about`` names the input, where several were given.
    """
    key = _key(error, t)
    title = f"{about}: {t(key)}" if about else t(key)
    detail = t(f"{key}_detail") if f"{key}_detail" in t else str(error)
    return notice(title, detail)


def notice(title: str, detail: str) -> str:
    """Return a warning as HTML."""
    return (
        f'<div class="notice" role="alert"><p class="notice-title">{escape(title)}</p>'
        f"<p>{escape(detail)}</p></div>"
    )


def status(message: str) -> str:
    """Return one line on what is going on, as HTML; nothing for an empty message."""
    return f'<p class="status" role="status">{escape(message)}</p>' if message else ""


def _key(error: Exception, t: Texts) -> str:
    """Return the key of the text for the error's class, or for the nearest class above it.

    An error that nobody raised on purpose says nothing of its own: its message may hold anything.
    """
    if not isinstance(error, RingkasError):
        return "errors.unexpected"
    names = (f"errors.{kind.__name__}" for kind in type(error).__mro__)
    return next(name for name in names if name in t)
