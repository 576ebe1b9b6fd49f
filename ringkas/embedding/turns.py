"""A lock that is taken in the order of asking."""

from __future__ import annotations

from collections import deque
from threading import Lock


class Turns:
    """A lock for work in small lots: whoever asked first is next.

    With :class:`threading.Lock` a thread that lets go and takes again at once may keep all others
    waiting; here it stands behind those who have asked meanwhile.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._taken = False
        self._waiting: deque[Lock] = deque()

    def __enter__(self) -> None:
        with self._lock:
            if not self._taken:
                self._taken = True
                return
            turn = Lock()
            turn.acquire()
            self._waiting.append(turn)
        try:
            turn.acquire()
        except BaseException:  # Ctrl-C while waiting: nobody may wait for us then
            self._leave(turn)
            raise

    def __exit__(self, *_: object) -> None:
        self._pass_on()

    def _leave(self, turn: Lock) -> None:
        with self._lock:
            if turn in self._waiting:
                self._waiting.remove(turn)
                return
        self._pass_on()

    def _pass_on(self) -> None:
        with self._lock:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False
