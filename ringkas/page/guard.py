"""Errors stay on this side: they are logged here, and told in plain words there."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable
from typing import Any

import gradio as gr

from ringkas.errors import RingkasError

LOG = logging.getLogger("ringkas.page")


def noted(error: Exception) -> Exception:
    """Return an error to be shown; one that nobody raised on purpose is logged in full first."""
    if not isinstance(error, RingkasError):
        LOG.error("unexpected error on the page", exc_info=error)
    return error


def told(verb: Callable[..., Any]) -> Callable[..., Any]:
    """Give callers of the HTTP API an error's message, never its stack trace."""

    @functools.wraps(verb)
    def safely(*given: Any, **named: Any) -> Any:
        try:
            return verb(*given, **named)
        except Exception as error:
            known = isinstance(noted(error), RingkasError)
            message = str(error) if known else "an unexpected error, which has been logged"
            raise gr.Error(message, print_exception=False) from error

    return safely
