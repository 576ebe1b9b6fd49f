"""What every HTTP request passes first: the name it asks for, its size, and whose session it is.

An ASGI middleware, so that it serves whatever application stands behind it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

from ringkas.page import attempts
from ringkas.page.access import Access, is_loopback
from ringkas.settings import Settings

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

_MEGABYTE = 1 << 20
# Text grows when it is written as JSON, and several files come in one request.
_GROWTH, _UPLOADS = 2, 10
_OWN_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
_HEADERS = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"same-origin",
    b"x-frame-options": b"SAMEORIGIN",
}


class _TooLargeError(Exception):
    """A body without a stated length has grown too large."""


class Door:
    """Refuses what must not reach the page, and ends the sessions of accounts that changed.

    A page that listens on this machine alone answers to its own names only: a site that makes its
    name point here (DNS rebinding) could otherwise use a visitor's browser to read the library.
    """

    def __init__(self, app: App, settings: Settings, access: Access) -> None:
        self._app = app
        self._access = access
        self._most = settings.sources.max_megabytes * _MEGABYTE
        page = settings.page
        local = is_loopback(page.host) and not access.signs_in
        own = {*_OWN_NAMES, page.host.strip("[]"), *page.hosts}
        self._names = frozenset(name.lower() for name in own) if local else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
        most = self._most * (_UPLOADS if scope["path"].endswith("/upload") else _GROWTH)
        if refusal := self._refusal(headers, most):
            await _answer(send, *refusal)
            return
        self._end_sessions(scope)
        token = attempts.address.set((scope.get("client") or ("unknown",))[0])
        body = _Body(receive, most)
        reply = _Reply(send, body)
        try:
            await self._app(scope, body, reply)
        except _TooLargeError:
            if reply.begun:
                raise
            await _answer(send, *_too_large(most))
        finally:
            attempts.address.reset(token)

    def _refusal(self, headers: dict[bytes, str], most: int) -> tuple[int, str] | None:
        name = _host(headers.get(b"host", ""))
        if self._names is not None and name not in self._names:
            return 400, (
                f"This page is for its own machine, and was asked for as {name!r}. Put the name "
                "into page.hosts in the configuration if a proxy of yours asks for it."
            )
        stated = headers.get(b"content-length", "")
        if stated.isdigit() and int(stated) > most:
            return _too_large(most)
        return None

    def _end_sessions(self, scope: Scope) -> None:
        """Sign out whoever's account was changed or removed."""
        changed = self._access.refresh()
        tokens = getattr(scope.get("app"), "tokens", None)
        if changed and tokens is not None:
            for token in [token for token, name in tokens.items() if name in changed]:
                del tokens[token]


class _Body:
    """A request's body that ends with an error once it is too large."""

    def __init__(self, receive: Receive, most: int) -> None:
        self.most = most
        self.exceeded = False
        self._receive = receive
        self._left = most

    async def __call__(self) -> MutableMapping[str, Any]:
        message = await self._receive()
        self._left -= len(message.get("body", b""))
        if self._left < 0:
            self.exceeded = True
            raise _TooLargeError
        return message


class _Reply:
    """A response that says how browsers should treat it, and knows whether it has begun.

    What is said of a body that was too large is replaced: the application may have taken the error
    for one of its own.
    """

    def __init__(self, send: Send, body: _Body) -> None:
        self.begun = False
        self._send = send
        self._body = body

    async def __call__(self, message: MutableMapping[str, Any]) -> None:
        if self._body.exceeded and not self.begun:
            self._send, send = _nowhere, self._send
            self.begun = True
            await _answer(send, *_too_large(self._body.most))
            return
        if message["type"] == "http.response.start" and not self.begun:
            self.begun = True
            sent = {name.lower() for name, _ in message.get("headers", [])}
            more = [item for item in _HEADERS.items() if item[0] not in sent]
            message["headers"] = [*message.get("headers", []), *more]
        await self._send(message)


async def _nowhere(message: MutableMapping[str, Any]) -> None:
    """Send nothing more."""


def _host(header: str) -> str:
    """Return the name in a Host header, without its port."""
    try:
        return (urlsplit(f"//{header}").hostname or "").lower()
    except ValueError:
        return header


def _too_large(most: int) -> tuple[int, str]:
    return 413, f"The request is larger than {most // _MEGABYTE} MB, the most that is taken."


async def _answer(send: Send, status: int, text: str) -> None:
    body = text.encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), *_HEADERS.items()]
    headers.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
