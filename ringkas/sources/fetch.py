"""Fetching over http(s): limited in time, size, hops and addresses; no cookies, no proxies."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from email.message import Message
from types import TracebackType
from urllib.parse import urldefrag, urljoin

import httpcore
import httpx

from ringkas.errors import BusySiteError, FetchError, RingkasError, TooLargeError, UnreachableError
from ringkas.settings import SourceSettings
from ringkas.sources.addresses import Resolver, require_web, resolve
from ringkas.sources.inflate import ACCEPTED, GZIP, gunzip, inflate
from ringkas.sources.responses import ResponseStore
from ringkas.sources.transport import CheckedTransport
from ringkas.sources.waiting import asked_wait

Admit = Callable[[str], AbstractContextManager[object]]
"""Lets a request pass, as a context that lasts while it is made, or raises why it may not."""

_MOST_HOPS = 8
_MOST_TRIES = 3  # of a page whose server asks to come back in a moment
_DEADLINE = 3  # a whole answer may take this many times the timeout of one read
_MEGABYTE = 1 << 20
_STATUS = {
    401: "asks for a login. Open it in your browser and paste the article's text",
    402: "asks for a subscription. Open it in your browser and paste the article's text",
    403: "refuses programs, or asks for a login. Open it in your browser and paste the text",
    404: "has no such page. Check the address",
    410: "has taken the page down. Look for another copy",
    429: "asks to wait: too many requests. Try again later",
    451: "may not show the page here, for legal reasons",
}
_FOR_GOOD = frozenset({301, 308})
_GZIP_TYPES = frozenset({"application/gzip", "application/x-gzip"})
_UNNAMED = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server answered: the body, decompressed, and where it finally came from.

    ``moved`` is the address that a permanent redirect gave for the one that was asked for.
    """

    url: str
    data: bytes
    content_type: str
    charset: str | None
    moved: str | None = None


@dataclass(frozen=True, slots=True)
class _Redirect:
    target: str
    for_good: bool


class Fetcher:
    """A client for related requests, one after the other, such as the pages of one article.

    ``resolver`` turns a host and port into IP addresses; tests give their own. With ``store``,
    answers are kept, and asked for again only if they have changed.
    """

    def __init__(
        self,
        limits: SourceSettings,
        resolver: Resolver = resolve,
        store: ResponseStore | None = None,
    ) -> None:
        self._limits = limits
        self._store = store or ResponseStore(None, 0)
        self._client = httpx.Client(
            transport=CheckedTransport(
                resolver, limits.allow_private_addresses, _DEADLINE * limits.timeout
            ),
            headers={
                "User-Agent": user_agent(),
                "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5",
                "Accept-Language": "id,en;q=0.8",
                "Accept-Encoding": ACCEPTED,
            },
            timeout=limits.timeout,
            trust_env=False,
            follow_redirects=False,
        )

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        self._client.close()

    def get(self, url: str, admit: Admit = nullcontext) -> Fetched:
        """Return what stands at ``url``, following redirects; each hop must be admitted.

        Raises:
            FetchError: the site is unreachable, refuses, or redirects without end.
            BusySiteError: it asks to come back later than ``max_wait``.
            BlockedAddressError: the URL, or a redirect, leads to an address not allowed.
            TooLargeError: the answer is larger than ``max_megabytes``.
            UnsupportedSourceError: the URL, or a redirect, is not http(s).
        """
        hops = [url]
        moved = None
        for _ in range(_MOST_HOPS):
            require_web(hops[-1])
            with admit(hops[-1]):
                answer = self._patiently(hops[-1])
            if isinstance(answer, Fetched):
                return replace(answer, moved=moved)
            if answer.for_good and hops[-1] == (moved or url):
                moved = answer.target
            hops.append(answer.target)
        circle = ", in a circle" if len(set(hops)) < len(hops) else ""
        raise FetchError(
            f"'{url}' redirects more than {_MOST_HOPS} times{circle}. Check the address."
        )

    def _patiently(self, url: str) -> Fetched | _Redirect:
        """Make one request, again where the server says when to come back, and that is soon."""
        left = self._limits.max_wait
        tries = 0
        while True:
            try:
                return self._once(url)
            except BusySiteError as busy:
                tries += 1
                if busy.seconds > left or tries == _MOST_TRIES:
                    raise
                left -= busy.seconds
                time.sleep(busy.seconds)

    def _once(self, url: str) -> Fetched | _Redirect:
        """Return the answer to one request, or the address that it redirects to."""
        self._client.cookies.clear()
        try:
            return self._ask(url)
        except RingkasError:
            raise
        except (httpx.TimeoutException, httpcore.TimeoutException):
            raise UnreachableError(
                f"'{url}' did not answer within {self._limits.timeout:g} s. Try again later, or "
                "raise sources.timeout in the configuration."
            ) from None
        except (httpx.HTTPError, httpx.InvalidURL, httpcore.NetworkError) as error:
            raise _unreachable(url, error) from error
        except (httpcore.ProtocolError, httpcore.UnsupportedProtocol) as error:
            told = f"'{url}' answers wrongly ({error}). Try again later."
            raise UnreachableError(told) from error

    def _ask(self, url: str) -> Fetched | _Redirect:
        name = urldefrag(url).url
        kept = self._store.get(name)
        with self._client.stream("GET", url, headers=kept.conditions() if kept else {}) as response:
            location: str | None = response.headers.get("location")
            if response.is_redirect and location:
                return _Redirect(urljoin(url, location), response.status_code in _FOR_GOOD)
            if kept and response.status_code == httpx.codes.NOT_MODIFIED:
                self._store.confirm(name, response.headers)
                return Fetched(url, kept.body, *_content_type(kept.content_type))
            self._require_ok(response, url)
            fetched = self._read(response, url)
        self._store.put(name, response.headers, fetched.data)
        return fetched

    def _require_ok(self, response: httpx.Response, url: str) -> None:
        status = response.status_code
        if status == httpx.codes.OK:
            return
        wait = asked_wait(response.headers.get("retry-after", "")) if status in (429, 503) else None
        if wait is not None:
            raise BusySiteError(
                f"'{url}' cannot be read (HTTP {status}): the site is busy and asks to wait "
                f"{wait:.0f} s. Try again later, or raise sources.max_wait "
                f"({self._limits.max_wait:g} s) in the configuration.",
                wait,
                status,
            )
        reason = _STATUS.get(status, "has a fault of its own. Try again later")
        if status < 500 and status not in _STATUS:
            reason = "does not give the page. Check the address"
        raise FetchError(f"'{url}' cannot be read (HTTP {status}): the site {reason}.", status)

    def _read(self, response: httpx.Response, url: str) -> Fetched:
        most = self._limits.max_megabytes * _MEGABYTE
        stated = response.headers.get("content-length", "")
        if stated.isdigit() and int(stated) > most:
            raise self._too_large(url)
        raw = bytearray()
        for chunk in response.iter_raw():
            raw += chunk
            if len(raw) > most:
                raise self._too_large(url)
        kind, charset = _content_type(response.headers.get("content-type", ""))
        try:
            data = inflate(bytes(raw), response.headers.get("content-encoding", ""), most)
            if data.startswith(GZIP):  # compressed, and not said to be
                data = gunzip(data, most)
        except ValueError as error:
            raise FetchError(f"'{url}' cannot be unpacked: {error}. Try again.") from None
        if len(data) > most:
            raise self._too_large(url)
        return Fetched(url, data, kind, charset)

    def _too_large(self, url: str) -> TooLargeError:
        return TooLargeError(
            f"'{url}' is larger than {self._limits.max_megabytes} MB, the most that is read. "
            "Raise sources.max_megabytes in the configuration if it really is an article."
        )


def user_agent() -> str:
    """Return how Ringkas names itself to servers: honestly, with its version and an address."""
    from ringkas import __version__

    return f"Ringkas/{__version__} (news reader; +https://github.com/ringkas/ringkas)"


def _content_type(header: str) -> tuple[str, str | None]:
    message = Message()
    message["content-type"] = header or _UNNAMED
    kind = message.get_content_type()
    return _UNNAMED if kind in _GZIP_TYPES else kind, message.get_content_charset()


def _unreachable(url: str, error: Exception) -> UnreachableError:
    return UnreachableError(
        f"'{url}' cannot be reached ({error}). Check the address and your connection, or paste "
        "the article's text."
    )
