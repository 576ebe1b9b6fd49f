"""Requests: what was asked for, how long it took, how it ended. Never what it said."""

from __future__ import annotations

import functools
import inspect
import logging
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Literal

from ringkas.errors import RingkasError

LOG = logging.getLogger("ringkas.requests")
_NUMBER = "_ringkas_request"  # libraries' errors have a "request" of their own

Face = Literal["page", "api", "mcp"]
# "refused" is an error that Ringkas raises on purpose, "failed" any other one; "stopped" is what
# somebody did not wait for.
Outcome = Literal["done", "answered", "not_found", "stopped", "refused", "failed"]


@dataclass(slots=True)
class Request:
    """One request. ``seconds`` is None until it has ended; ``error`` is the name of a class.

    ``content`` is what was asked, for logs that may hold it (``log.content``).
    """

    verb: str
    face: Face
    content: str = ""
    id: str = field(default_factory=lambda: secrets.token_hex(6))
    outcome: Outcome = "done"
    error: str = ""
    seconds: float | None = None


Listener = Callable[[Request], None]
_listeners: list[Listener] = []
_current: ContextVar[Request | None] = ContextVar("_current", default=None)


def listen(listener: Listener) -> Callable[[], None]:
    """Call ``listener`` when a request begins and when it has ended; return what ends that."""
    _listeners.append(listener)
    return functools.partial(_listeners.remove, listener)


def current_id() -> str:
    """Return the id of the request this thread works on, "" where there is none."""
    ours = _current.get()
    return ours.id if ours else ""


def conclude(outcome: Outcome) -> None:
    """Say how the request that this thread works on will have ended."""
    if ours := _current.get():
        ours.outcome = outcome


def noted(error: Exception, log: logging.Logger = LOG) -> Exception:
    """Return an error to be shown; one that nobody raised on purpose is logged in full first."""
    known = isinstance(error, RingkasError)
    if ours := _current.get():
        ours.outcome, ours.error = ("refused" if known else "failed"), type(error).__name__
    if not known:
        log.error("unexpected error", exc_info=error)
        error.__dict__[_NUMBER] = current_id()
    return error


def request_of(error: Exception) -> str:
    """Return the id of the request in which an unexpected error was noted, "" for any other."""
    return str(error.__dict__.get(_NUMBER, ""))


@contextmanager
def request(verb: str, face: Face, content: str = "") -> Iterator[Request]:
    """Observe one request, which begins and ends in this thread."""
    ours = Request(verb, face, content)
    with _whole(ours), _working_on(ours):
        yield ours


def observed(
    verb: str, face: Face = "page", content: Callable[..., str] | None = None
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Observe every call of a function, or every run of a generator, as one request.

    ``content`` returns what is asked of its arguments.
    """

    def wrap(function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def call(*given: Any, **named: Any) -> Any:
            with request(verb, face, content(*given, **named) if content else ""):
                return function(*given, **named)

        @functools.wraps(function)
        def run(*given: Any, **named: Any) -> Iterator[Any]:
            ours = Request(verb, face, content(*given, **named) if content else "")
            with _whole(ours):
                yield from _stepwise(function(*given, **named), ours)

        return run if inspect.isgeneratorfunction(function) else call

    return wrap


def _stepwise(steps: Iterator[Any], ours: Request) -> Iterator[Any]:
    """Yield what a generator does. Each step may run in another thread, with another context."""
    while True:
        with _working_on(ours):
            try:
                step = next(steps)
            except StopIteration:
                return
        yield step


@contextmanager
def _working_on(ours: Request) -> Iterator[None]:
    token = _current.set(ours)
    try:
        yield
    finally:
        _current.reset(token)


@contextmanager
def _whole(ours: Request) -> Iterator[None]:
    """Time a request, and tell the listeners of its beginning and its end."""
    _tell(ours)
    began = time.perf_counter()
    try:
        yield
    except GeneratorExit:
        ours.outcome = "stopped"
        raise
    except Exception as error:
        if not ours.error:
            known = isinstance(error, RingkasError)
            ours.outcome, ours.error = ("refused" if known else "failed"), type(error).__name__
        raise
    finally:
        ours.seconds = time.perf_counter() - began
        _tell(ours)
        _log(ours)


def _tell(ours: Request) -> None:
    for listener in tuple(_listeners):
        listener(ours)


def _log(ours: Request) -> None:
    fields: dict[str, Any] = {
        "request": ours.id,
        "face": ours.face,
        "verb": ours.verb,
        "outcome": ours.outcome,
        "seconds": round(ours.seconds or 0.0, 3),
    }
    if ours.error:
        fields["error"] = ours.error
    level = logging.ERROR if ours.outcome == "failed" else logging.INFO
    LOG.log(level, "request", extra={"fields": fields, "content": ours.content})
