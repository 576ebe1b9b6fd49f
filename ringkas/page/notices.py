"""What the page says when something went wrong, or is still going on: never a stack trace."""

from __future__ import annotations

from ringkas.errors import RingkasError
from ringkas.observing import request_of
from ringkas.page.markup import escape
from ringkas.page.texts import Texts


def failure(error: Exception, t: Texts, about: str = "") -> str:
    """Return an error as HTML: what it is and what to do, in the reader's language.

    The error's own message, always English, follows: folded away where advice in the reader's
    language stands before it. ``about`` names the input. An error that nobody raised on
    purpose is told with the number of its request, under which the log has it.
    """
    name = _name(error, t)
    title = t(f"errors.{name}")
    heading = f"{about}: {title}" if about else title
    if number := request_of(error):
        return _notice(heading, _paragraph(t("errors.numbered", number=number)))
    if f"errors.{name}_detail" in t:
        return _notice(heading, _paragraph(t(f"errors.{name}_detail")))
    advice, message = t(f"advice.{name}"), str(error)
    if not advice:
        return _notice(heading, _paragraph(_sentence(message)))
    details = (
        f"<details><summary>{escape(t('errors.details'))}</summary>"
        f'<p lang="en">{escape(_sentence(message))}</p></details>'
    )
    return _notice(heading, _paragraph(advice) + details)


def _notice(title: str, body: str) -> str:
    return (
        f'<div class="notice" role="alert"><p class="notice-title">{escape(title)}</p>{body}</div>'
    )


def _paragraph(text: str) -> str:
    return f"<p>{escape(text)}</p>" if text else ""


def _sentence(message: str) -> str:
    """Return a message with a capital; one that begins with a name or a quote keeps it."""
    first = message.split(" ", 1)[0]
    return message[:1].upper() + message[1:] if first.isalpha() else message


def status(message: str) -> str:
    """Return one line on what is going on, as HTML; nothing for an empty message."""
    return f'<p class="status" role="status">{escape(message)}</p>' if message else ""


def progress(message: str, done: int, of: int) -> str:
    """Return one line on what is going on, with a bar that fills, as HTML."""
    return (
        f'<div class="status"><p role="status">{escape(message)}</p>'
        f'<progress value="{done}" max="{of}" aria-label="{escape(message)}"></progress></div>'
    )


def _name(error: Exception, t: Texts) -> str:
    """Return the name of the error's class, or of the nearest class above it that has texts.

    An error that nobody raised on purpose says nothing of its own: its message may hold anything.
    """
    if not isinstance(error, RingkasError):
        return "unexpected"
    names = (kind.__name__ for kind in type(error).__mro__)
    return next(name for name in names if f"errors.{name}" in t)
