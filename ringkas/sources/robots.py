"""What sites ask of programs in robots.txt: which addresses to leave alone, and how to pace.

protego decides, because Python's own urllib.robotparser takes the first rule that fits instead of
the longest and knows no wildcards; it is kept up by Scrapy's maintainers.

Source: RFC 9309.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ringkas.errors import (
    BlockedAddressError,
    BusySiteError,
    FetchError,
    RobotsError,
    SourceError,
    UnreachableError,
)
from ringkas.sources.fetch import Fetched

if TYPE_CHECKING:
    from protego import Protego

PRODUCT = "Ringkas"
_LONGEST = 500 << 10  # bytes that a program must read at least (RFC 9309, section 2.5)
_DISALLOW = re.compile(r"^([ \t]*dis?s?al+ow[ \t]*:)([^#\r\n]*)", re.IGNORECASE | re.MULTILINE)
_MOST_LINES = 2000  # in which the rule is looked for; each step parses the file again
_OVERRULE = "To read it all the same, give its address by itself, or set sources.respect_robots "


@dataclass(frozen=True)
class Rules:
    """One site's robots.txt, at ``url``. ``fault`` says why it could not be had, if so."""

    url: str
    text: str = ""
    fault: str = ""

    def require(self, page: str) -> None:
        """Refuse a page that programs are asked to leave alone.

        Raises:
            RobotsError: naming the file and the rule.
        """
        if self.fault:
            raise RobotsError(
                f"'{page}' is left alone: {self.url} cannot be read, and until it can, a site's "
                f"wishes are unknown ({self.fault}) {_OVERRULE}to false in the configuration."
            )
        if not self._parsed.can_fetch(page, PRODUCT):
            raise RobotsError(
                f"'{page}' is left alone: {self.url} asks so of programs ('{self._rule(page)}'). "
                f"{_OVERRULE}to false in the configuration."
            )

    @cached_property
    def pause(self) -> float:
        """The seconds that the site wants between two requests; 0 where it names none."""
        rate = self._parsed.request_rate(PRODUCT)
        return max(
            self._parsed.crawl_delay(PRODUCT) or 0.0, rate.seconds / rate.requests if rate else 0.0
        )

    @cached_property
    def _parsed(self) -> Protego:
        from protego import Protego

        return Protego.parse(self.text)

    def _rule(self, page: str) -> str:
        """Return the line that refuses ``page``: the one without which it would be allowed.

        protego names no rule. Emptying lines from the top only ever allows more, so the first
        emptied line that lets the page through is found by halving.
        """
        from protego import Protego

        found = list(_DISALLOW.finditer(self.text))
        if len(found) > _MOST_LINES:
            return "Disallow"
        low, high = 0, len(found)
        while low < high:
            middle = (low + high) // 2
            emptied = _DISALLOW.sub(r"\1", self.text, count=middle + 1)
            if Protego.parse(emptied).can_fetch(page, PRODUCT):
                high = middle
            else:
                low = middle + 1
        return " ".join(found[low][0].split()) if low < len(found) else "Disallow"


class Robots:
    """The robots.txt of each site met, fetched once. ``get`` fetches a URL."""

    def __init__(self, get: Callable[[str], Fetched]) -> None:
        self._get = get
        self._known: dict[str, Rules] = {}

    def of(self, page: str) -> Rules:
        """Return the rules for the site that ``page`` is on.

        Raises:
            BlockedAddressError: the site is at an address that may not be contacted.
        """
        url = _address(page)
        if url not in self._known:
            self._known[url] = self._fetched(url)
        return self._known[url]

    def _fetched(self, url: str) -> Rules:
        """A site without the file allows everything; one that fails to give it, nothing yet."""
        try:
            data = self._get(url).data[:_LONGEST]
        except BlockedAddressError:
            raise
        except (UnreachableError, BusySiteError) as error:
            return Rules(url, fault=str(error))
        except FetchError as error:
            failing = error.status is not None and (error.status >= 500 or error.status == 429)
            return Rules(url, fault=str(error) if failing else "")
        except SourceError:
            return Rules(url)
        return Rules(url, data.decode("utf-8-sig", "replace"))


def _address(page: str) -> str:
    parts = urlsplit(page)
    host = parts.hostname or ""
    host = f"[{host}]" if ":" in host else host
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme.lower()}://{host}{port}/robots.txt"
