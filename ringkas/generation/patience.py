"""A server that only keeps the connection alive is as silent as one that sends nothing.

Servers and the proxies before them send comments (``: ping``) while a request waits. Each of
those resets the HTTP client's own timeout, so that a model which never begins would be waited for
without end.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import httpx2

_EVENT = b"data:"


def watch(response: httpx2.Response) -> None:
    """Let the body fail once no event has come for the read timeout of its request.

    A body without events, such as a page of JSON, must be complete in that time. Compressed bodies
    cannot be watched. To be hung into the client as a hook of responses.
    """
    from httpx2 import ReadTimeout, SyncByteStream

    request = response.request
    seconds = request.extensions.get("timeout", {}).get("read")
    packed = response.headers.get("content-encoding", "identity") != "identity"
    if seconds is None or packed or not isinstance(response.stream, SyncByteStream):
        return
    body = response.stream

    class Watched(SyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            before, last = b"", time.monotonic()
            for part in body:
                recent = before + part
                if _EVENT in recent:
                    last = time.monotonic()
                elif time.monotonic() - last > seconds:
                    raise ReadTimeout(f"no event for {seconds:g} s", request=request)
                before = recent[1 - len(_EVENT) :]
                paused = time.monotonic()
                yield part
                last += time.monotonic() - paused  # the reader's own time is not the server's

        def close(self) -> None:
            body.close()

    response.stream = Watched()
