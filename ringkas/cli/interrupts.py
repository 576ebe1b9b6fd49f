"""Ctrl-C, also where Python alone would lose it."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType


@contextmanager
def heeding_interrupts() -> Iterator[Callable[[], None]]:
    """Yield a check that raises KeyboardInterrupt when Ctrl-C was pressed and got lost.

    Python can only print, not raise, an interrupt that falls into a finalizer or a callback from
    native code, and the work would go on.
    """
    pressed = False

    def note(number: int, frame: FrameType | None) -> None:
        nonlocal pressed
        pressed = True
        signal.default_int_handler(number, frame)

    def check() -> None:
        if pressed:
            raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, note)
    try:
        yield check
    finally:
        signal.signal(signal.SIGINT, before)
