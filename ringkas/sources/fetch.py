"""Fetching over http(s): limited in time, size, hops and addresses; no cookies, no proxies."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from types import TracebackType
from urllib.parse import urljoin

import httpcore
import httpx

from ringkas.errors import FetchError, RingkasError, TooLargeError
from ringkas.settings import SourceSettings
from ringkas.sources.addresses import Resolver, require_web, resolve
from ringkas.sources.transport import CheckedTransport

_MOST_HOPS = 8
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


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server answered: the body, decompressed, and where it finally came from."""

    url: str
    data: bytes
    content_type: str
    charset: str | None


class Fetcher:
    """A client for a few related requests, such as the pages of one article.

    ``resolver`` turns a host and port into IP addresses; tests give their own.
    """

    def __init__(self, limits: SourceSettings, resolver: Resolver = resolve) -> None:
        self._limits = limits
        self._client = httpx.Client(
            transport=CheckedTransport(
                resolver, limits.allow_private_addresses, _DEADLINE * limits.timeout
            ),
            headers={
                "User-Agent": _user_agent(),
                "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5",
                "Accept-Language": "id,en;q=0.8",
                "Accept-Encoding": "gzip",
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
        self._client.close()

    def get(self, url: str) -> Fetched:
        """Return what stands at ``url``, following redirects.

        Raises:
            FetchError: the site is unreachable, refuses, or redirects without end.
            BlockedAddressError: the URL, or a redirect, leads to an address not allowed.
            TooLargeError: the answer is larger than ``max_megabytes``.
            UnsupportedSourceError: the URL, or a redirect, is not http(s).
        """
        current = url
        for _ in range(_MOST_HOPS):
            require_web(current)
            answer = self._once(current)
            if isinstance(answer, Fetched):
                return answer
            current = answer
        raise FetchError(f"'{url}' redirects more than {_MOST_HOPS} times. Check the address.")

    def _once(self, url: str) -> Fetched | str:
        """Return the answer to one request, or the address that it redirects to."""
        self._client.cookies.clear()
        try:
            with self._client.stream("GET", url) as response:
                location: str | None = response.headers.get("location")
                if response.is_redirect and location:
                    return urljoin(url, location)
                self._require_ok(response, url)
                return self._read(response, url)
        except RingkasError:
            raise
        except (httpx.TimeoutException, httpcore.TimeoutException):
            raise FetchError(
                f"'{url}' did not answer within {self._limits.timeout:g} s. Try again later, or "
                "raise sources.timeout in the configuration."
            ) from None
        except (httpx.HTTPError, httpx.InvalidURL, httpcore.NetworkError) as error:
            raise _unreachable(url, error) from error
        except (httpcore.ProtocolError, httpcore.UnsupportedProtocol, zlib.error) as error:
            raise FetchError(f"'{url}' answers wrongly ({error}). Try again later.") from error

    def _require_ok(self, response: httpx.Response, url: str) -> None:
        status = response.status_code
        if status == httpx.codes.OK:
            return
        reason = _STATUS.get(status, "has a fault of its own. Try again later")
        if status < 500 and status not in _STATUS:
            reason = "does not give the page. Check the address"
        raise FetchError(f"'{url}' cannot be read (HTTP {status}): the site {reason}.")

    def _read(self, response: httpx.Response, url: str) -> Fetched:
        most = self._limits.max_megabytes * _MEGABYTE
        stated = response.headers.get("content-length", "")
        if stated.isdigit() and int(stated) > most:
            raise self._too_large(url)
        data = bytearray()
        for chunk in _decompressed(response, url, most):
            data += chunk
            if len(data) > most:
                raise self._too_large(url)
        kind, charset = _content_type(response.headers.get("content-type", ""))
        return Fetched(url, bytes(data), kind, charset)

    def _too_large(self, url: str) -> TooLargeError:
        return TooLargeError(
            f"'{url}' is larger than {self._limits.max_megabytes} MB, the most that is read. "
            "Raise sources.max_megabytes in the configuration if it really is an article."
        )


def _decompressed(response: httpx.Response, url: str, most: int) -> Iterator[bytes]:
    """Yield the body, never inflating more than ``most`` bytes at once (decompression bombs)."""
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding in {"", "identity"}:
        yield from response.iter_raw()
        return
    if encoding not in {"gzip", "x-gzip", "deflate"}:
        raise FetchError(f"'{url}' is sent as '{encoding}', which was not asked for.")
    inflater = zlib.decompressobj(wbits=47)  # zlib or gzip, told from the header
    for chunk in response.iter_raw():
        yield inflater.decompress(chunk, most + 1)
    yield inflater.flush()
    if not inflater.eof:
        raise FetchError(f"'{url}' broke off in the middle. Try again.")


def _content_type(header: str) -> tuple[str, str | None]:
    message = Message()
    message["content-type"] = header or "application/octet-stream"
    return message.get_content_type(), message.get_content_charset()


def _unreachable(url: str, error: Exception) -> FetchError:
    return FetchError(
        f"'{url}' cannot be reached ({error}). Check the address and your connection, or paste "
        "the article's text."
    )


def _user_agent() -> str:
    from ringkas import __version__

    return f"Ringkas/{__version__} (news reader; +https://github.com/ringkas/ringkas)"
