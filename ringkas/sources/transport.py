"""The connection under every fetch: made to the very address that was checked, within a deadline.

The name is resolved once, the addresses are checked, and the socket is opened to one of them, so
that a name server that answers differently the second time (DNS rebinding) gains nothing.
"""

from __future__ import annotations

import functools
import ssl
import time
from collections.abc import Iterable, Iterator
from typing import Any

import httpcore
import httpx

from ringkas.sources.addresses import Resolver, require_public

# An idle connection that is older has often been closed by the server, unnoticed.
_IDLE_SECONDS = 5.0


class CheckedTransport(httpx.BaseTransport):
    """An httpx transport that opens connections only to allowed addresses.

    ``deadline`` is in seconds for each whole answer. Requests are made one after the other.
    """

    def __init__(self, resolver: Resolver, allow_private: bool, deadline: float) -> None:
        self._deadline = deadline
        self._backend = _CheckedBackend(resolver, allow_private)
        self._pool = httpcore.ConnectionPool(
            ssl_context=_ssl_context(),
            keepalive_expiry=_IDLE_SECONDS,
            network_backend=self._backend,
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request; httpcore's errors pass through."""
        url = request.url
        self._backend.timer.ends = time.monotonic() + self._deadline
        response = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
                ),
                headers=request.headers.raw,
                content=request.read(),
                extensions=request.extensions,
            )
        )
        return httpx.Response(
            status_code=response.status,
            headers=response.headers,
            stream=_Body(response),
            extensions=response.extensions,
        )

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()


@functools.cache
def _ssl_context() -> ssl.SSLContext:
    """Loading the authorities' certificates takes longer than most requests: once is enough."""
    return httpx.create_ssl_context()


class _Body(httpx.SyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        yield from self._response.iter_stream()

    def close(self) -> None:
        self._response.close()


class _Timer:
    """When the answer that is being read must be whole; a connection outlives many answers."""

    def __init__(self) -> None:
        self.ends = 0.0

    def left(self, timeout: float | None) -> float:
        """Return the seconds that the next step may take, at most ``timeout``."""
        left = self.ends - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the whole answer took too long")
        return left if timeout is None else min(left, timeout)


class _CheckedBackend(httpcore.NetworkBackend):
    def __init__(self, resolver: Resolver, allow_private: bool) -> None:
        self.timer = _Timer()
        self._resolve = resolver
        self._allow_private = allow_private
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        addresses = self._addresses(host, port)
        for place, address in enumerate(addresses):
            try:
                stream = self._sockets.connect_tcp(
                    address, port, self.timer.left(timeout), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if place + 1 == len(addresses):
                    raise
            else:
                return _TimedStream(stream, self.timer)
        raise httpcore.ConnectError(f"'{host}' has no address")

    def _addresses(self, host: str, port: int) -> list[str]:
        try:
            addresses = self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"the name '{host}' is not known") from error
        if not self._allow_private:
            require_public(host, addresses)
        return addresses


class _TimedStream(httpcore.NetworkStream):
    """A stream with a deadline over all reads: a server that drips bytes cannot hold us."""

    def __init__(self, stream: httpcore.NetworkStream, timer: _Timer) -> None:
        self._stream = stream
        self._timer = timer

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._timer.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._timer.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, self._timer.left(timeout))
        return _TimedStream(secured, self._timer)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
