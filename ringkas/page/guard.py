"""Errors stay on this side: they are logged here, and told in plain words there."""

from __future__ import annotations

import functools
import inspect
import logging
from collections.abc import Callable
from typing import Any

import gradio as gr
from pydantic import ValidationError, validate_call

from ringkas.errors import RingkasError

LOG = logging.getLogger("ringkas.page")


def noted(error: Exception) -> Exception:
    """Return an error to be shown; one that nobody raised on purpose is logged in full first."""
    if not isinstance(error, RingkasError):
        LOG.error("unexpected error on the page", exc_info=error)
    return error


def told(verb: Callable[..., Any]) -> Callable[..., Any]:
    """Give callers of the HTTP API an error's message, never its stack trace.

    What they send may be of any type; the verb gets what its annotations say.
    """
    checked = validate_call(verb)

    @functools.wraps(verb)
    def safely(*given: Any, **named: Any) -> Any:
        try:
            return checked(*given, **named)
        except ValidationError as error:
            raise gr.Error(_wrong(error, verb), print_exception=False) from error
        except Exception as error:
            known = isinstance(noted(error), RingkasError)
            message = str(error) if known else "an unexpected error, which has been logged"
            raise gr.Error(message, print_exception=False) from error

    return safely


def _wrong(error: ValidationError, verb: Callable[..., Any]) -> str:
    """Say which arguments are not what they should be."""
    names = list(inspect.signature(verb).parameters)
    problems = []
    for problem in error.errors():
        first, *rest = problem["loc"]
        name = names[first] if isinstance(first, int) else first
        where = ".".join(map(str, [name, *rest]))
        problems.append(f"{where} is {problem['input']!r}: {problem['msg'].lower()}")
    return "; ".join(problems)
