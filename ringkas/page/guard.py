"""Errors stay on this side: they are logged here, and told in plain words there."""

from __future__ import annotations

import functools
import inspect
import logging
from collections.abc import Callable
from typing import Any

import gradio as gr
from pydantic import ValidationError, validate_call

from ringkas import observing
from ringkas.errors import RingkasError

LOG = logging.getLogger("ringkas.page")


def noted(error: Exception) -> Exception:
    """Return an error to be shown; one that nobody raised on purpose is logged first."""
    return observing.noted(error, LOG)


def told(verb: Callable[..., Any]) -> Callable[..., Any]:
    """Give callers of the HTTP API an error's message, never its stack trace.

    What they send may be of any type; the verb gets what its annotations say.
    """
    checked = validate_call(verb)

    @functools.wraps(verb)
    def safely(*given: Any, **named: Any) -> Any:
        asked = next((value for value in [*given, *named.values()] if isinstance(value, str)), "")
        with observing.request(verb.__name__, "api", asked) as request:
            try:
                return checked(*given, **named)
            except ValidationError as error:
                request.outcome, request.error = "refused", "ValidationError"
                raise gr.Error(_wrong(error, verb), print_exception=False) from error
            except Exception as error:
                known = isinstance(noted(error), RingkasError)
                message = str(error) if known else _unexpected(request.id)
                raise gr.Error(message, print_exception=False) from error

    return safely


def _unexpected(request: str) -> str:
    return f"an unexpected error, which has been logged with the request's id, {request}"


def permitted(
    verb: Callable[..., Any], require: Callable[[gr.Request], None]
) -> Callable[..., Any]:
    """Have ``require`` see who asks first; Gradio gives the request where a signature wants one."""

    @functools.wraps(verb)
    def first_asked(request: gr.Request, *given: Any, **named: Any) -> Any:
        try:
            require(request)
        except RingkasError as error:
            raise gr.Error(str(error), print_exception=False) from error
        return verb(*given, **named)

    whole = inspect.signature(verb)
    asker = inspect.Parameter("request", inspect.Parameter.POSITIONAL_OR_KEYWORD)
    first_asked.__signature__ = whole.replace(  # type: ignore[attr-defined]
        parameters=[asker, *whole.parameters.values()]
    )
    first_asked.__annotations__ = {**verb.__annotations__, "request": gr.Request}
    return first_asked


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
