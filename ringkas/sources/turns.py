"""Whose turn it is at each host: one request at a time, and a pause between two."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from ringkas.errors import BusySiteError

_MOST_HOSTS = 1024  # remembered at once; a long-lived process meets many


class _Host:
    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.ended = float("-inf")
        self.closed_until = float("-inf")


class Turns:
    """The hosts that requests are made to, shared by all threads of the process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._hosts: dict[str, _Host] = {}

    @contextmanager
    def turn(self, host: str, pause: float, most: float) -> Iterator[None]:
        """Wait for ``pause`` seconds after the last request to ``host``; hold the host meanwhile.

        A host that has asked for a longer wait is left alone until then.

        Raises:
            BusySiteError: the host has asked for a wait of which more than ``most`` s are left.
        """
        slot = self._slot(host)
        with slot.lock:
            _wait(slot, host, pause, most)
            try:
                yield
            except BusySiteError as busy:
                slot.closed_until = time.monotonic() + busy.seconds
                raise
            finally:
                slot.ended = time.monotonic()

    def _slot(self, host: str) -> _Host:
        with self._lock:
            if len(self._hosts) >= _MOST_HOSTS:
                idle = [name for name, slot in self._hosts.items() if not slot.lock.locked()]
                for name in sorted(idle, key=lambda name: self._hosts[name].ended)[
                    : len(idle) // 2
                ]:
                    del self._hosts[name]
            return self._hosts.setdefault(host, _Host())


TURNS = Turns()


def _wait(slot: _Host, host: str, pause: float, most: float) -> None:
    now = time.monotonic()
    closed = slot.closed_until - now
    if closed > most:
        raise BusySiteError(
            f"'{host}' was not asked: it is busy and has asked to be left alone for another "
            f"{closed:.0f} s. Try again later, or raise sources.max_wait ({most:g} s) in the "
            "configuration.",
            closed,
        )
    time.sleep(max(0.0, closed, slot.ended + pause - now))
