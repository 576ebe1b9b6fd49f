"""What an operator asks of a running page: is it alive, is it ready, what does it count."""

from __future__ import annotations

import ipaddress
import os
import secrets
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ringkas.errors import RingkasError, SettingsError
from ringkas.observing.metrics import Metrics
from ringkas.page.preparation import Preparation
from ringkas.settings import PageSettings

TOKEN = "RINGKAS_METRICS_TOKEN"  # noqa: S105 (the variable's name)
_SHORTEST_TOKEN = 16
# Anybody may ask whether the page is well; the index is looked at no more often than this.
_COUNTED_FOR = 5.0
# What proxies add to a request that came to them from elsewhere.
_FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip", "via", "x-forwarded-host")
_UNCACHED = {"cache-control": "no-store"}


class Counted(Protocol):
    """What is asked of an index."""

    def counts(self) -> tuple[int, int]:
        """Return the number of articles and of passages."""


@dataclass
class Health:
    """Whether the page answers questions: its models are loaded and its index can be read."""

    index: Counted
    preparation: Preparation
    _counted: tuple[int, int] | None = None
    _until: float = 0.0
    _counting: threading.Lock = field(default_factory=threading.Lock)

    def counts(self) -> tuple[int, int] | None:
        """Return what the index holds, as of a few seconds ago; None where it cannot be read."""
        with self._counting:
            if time.monotonic() >= self._until:
                self._counted = _counts(self.index)
                self._until = time.monotonic() + _COUNTED_FOR
            return self._counted

    def models(self) -> Literal["loading", "loaded", "broken"]:
        """Return how far the models are."""
        if self.preparation.error is not None:
            return "broken"
        return "loaded" if self.preparation.state == "ready" else "loading"

    def ready(self) -> bool:
        """Return whether questions are answered."""
        return self.models() == "loaded" and self.counts() is not None

    def record(self) -> dict[str, str]:
        """Return the state in words, without anything that strangers should not read."""
        models, readable = self.models(), self.counts() is not None
        broken = models == "broken" or not readable
        status = "broken" if broken else "ready" if models == "loaded" else "starting"
        return {"status": status, "models": models, "index": "open" if readable else "broken"}


def _counts(index: Counted) -> tuple[int, int] | None:
    try:
        return index.counts()
    except RingkasError:
        return None


def routes(page: PageSettings, health: Health, metrics: Metrics | None) -> list[Route]:
    """Return what is served beside the page. None of it needs a login.

    Raises:
        SettingsError: the metrics need a token, and there is none.
    """
    found = [
        Route("/health", lambda _: _state(health), methods=["GET", "HEAD"]),
        Route("/health/live", _alive, methods=["GET", "HEAD"]),
    ]
    if metrics is not None:
        found.append(Route("/metrics", _counting(metrics, may_read(page.metrics))))
    return found


def may_read(access: Literal["off", "local", "token"]) -> Callable[[Request], bool]:
    """Return what tells whether somebody may read the metrics.

    Raises:
        SettingsError: a token is needed, and there is none, or one that could be guessed.
    """
    if access == "off":
        return lambda _: False
    if access == "local":
        return _is_local
    token = os.environ.get(TOKEN, "")
    if len(token) < _SHORTEST_TOKEN:
        raise SettingsError(
            f'page.metrics is "token", and {TOKEN} holds {len(token)} characters: put a secret of '
            f"at least {_SHORTEST_TOKEN} into the environment, such as the output of "
            '\'openssl rand -hex 24\', or set page.metrics to "local" or "off"'
        )
    expected = f"Bearer {token}".encode()
    return lambda asked: secrets.compare_digest(
        asked.headers.get("authorization", "").encode(), expected
    )


def _is_local(request: Request) -> bool:
    """Tell whether a program on this machine asks, and asks for this machine.

    What comes through a proxy comes from elsewhere. Another name in the address is that of a
    site which has led a browser here.
    """
    forwarded = any(name in request.headers for name in _FORWARDED)
    return not forwarded and all(map(_is_loopback, _named(request)))


def _named(request: Request) -> Sequence[str]:
    return [request.client.host if request.client else "", request.url.hostname or ""]


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _state(health: Health) -> Response:
    record = health.record()
    return JSONResponse(record, 200 if record["status"] == "ready" else 503, _UNCACHED)


async def _alive(_: Request) -> Response:
    return JSONResponse({"status": "alive"}, headers=_UNCACHED)


def _counting(metrics: Metrics, allowed: Callable[[Request], bool]) -> Callable[[Request], Any]:
    def counted(request: Request) -> Response:
        if not allowed(request):
            return JSONResponse({"error": "not allowed"}, 403, _UNCACHED)
        return Response(metrics.text(), media_type=metrics.content_type, headers=_UNCACHED)

    return counted
