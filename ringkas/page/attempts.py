"""How often somebody may try to sign in: per account and address, per address, per account."""

from __future__ import annotations

import ipaddress
import math
import time
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from limits import RateLimitItem

# Five wrong passwords are enough for anyone who knows theirs. More may come from one address,
# where a newsroom stands behind one router, and more for one account, so that strangers cannot
# lock its owner out with a few tries; both are far too few to guess a password of ten letters.
PER_PAIR = "5 per 15 minutes"
PER_ADDRESS = "50 per 15 minutes"
PER_ACCOUNT = "100 per 15 minutes"

# Where the request that is being served comes from; the door sets it.
address: ContextVar[str] = ContextVar("address", default="unknown")


class Attempts:
    """A count of attempts, in memory, over a moving window."""

    def __init__(self) -> None:
        from limits import parse
        from limits.storage import MemoryStorage
        from limits.strategies import MovingWindowRateLimiter

        self._counts = MovingWindowRateLimiter(MemoryStorage())
        self._pair, self._place, self._account = map(parse, (PER_PAIR, PER_ADDRESS, PER_ACCOUNT))

    @property
    def address(self) -> str:
        """Where the attempt comes from: an IPv4 address, or the network of an IPv6 one."""
        return network_of(address.get())

    def begin(self, name: str) -> None:
        """Count an attempt, before the password is looked at: many at once gain nothing.

        Raises:
            HTTPException: with status 429 and Retry-After, where there were too many.
        """
        place, pair = (self._place, self.address), (self._pair, name, self.address)
        for item, *key in (place, (self._account, name)):
            if not self._counts.test(item, *key):
                self._refuse(item, *key)
        if not self._counts.hit(*pair):
            self._refuse(*pair)

    def end(self, name: str, right: bool) -> None:
        """Note how the attempt ended; a right password clears the account's count here."""
        if right:
            self._counts.clear(self._pair, name, self.address)
            return
        self._counts.hit(self._place, self.address)
        self._counts.hit(self._account, name)

    def _refuse(self, item: RateLimitItem, *key: str) -> None:
        from starlette.exceptions import HTTPException

        again = self._counts.get_window_stats(item, *key).reset_time
        seconds = max(1, math.ceil(again - time.time()))
        raise HTTPException(
            429,
            f"Too many attempts to sign in. Try again in {seconds} s.",
            {"Retry-After": str(seconds)},
        )


def network_of(host: str) -> str:
    """Return an IPv4 address as it is, and of an IPv6 one its /64, which one household has."""
    try:
        ip = ipaddress.ip_address(host.split("%", 1)[0])
    except ValueError:
        return host
    if ip.version == 4:
        return str(ip)
    mapped = ip.ipv4_mapped if isinstance(ip, ipaddress.IPv6Address) else None
    return str(mapped or ipaddress.ip_network((ip, 64), strict=False))
