"""Long work that is watched while it runs in a thread of its own, and stopped between two steps.

Gradio can cancel a handler, but shows what it sent last over what the button for stopping shows.
So a handler here is told to halt, and shows itself that it has.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import closing
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import Generic, TypeVar

Item = TypeVar("Item")
Step = tuple[int, int, str]
_PATIENCE = 0.2  # seconds between two looks at whether to halt


class Halt:
    """The button for stopping one run: whoever holds it may set it, from any thread."""

    def __init__(self) -> None:
        self._set = Event()

    def __bool__(self) -> bool:
        return self._set.is_set()

    def set(self) -> None:
        """Ask the run to stop."""
        self._set.set()


class Finished(Generic[Item]):
    """What a verb returned."""

    def __init__(self, result: Item) -> None:
        self.result = result


class _End:
    """The last thing that is told, with what went wrong."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error


class _LeftError(Exception):
    """Nobody watches any more."""


def followed(
    stream: Callable[[], Generator[Item, None, None]], halt: Halt
) -> Generator[Item | None, None, None]:
    """Yield what a generator yields, None while it is at work, until it ends or ``halt`` is set.

    Once nobody follows it, the generator is closed at its next item.

    Raises:
        What the generator raises.
    """

    def work(tell: Callable[[Item], None]) -> None:
        with closing(stream()) as items:
            for item in items:
                tell(item)

    yield from _relayed(work, halt)


def watched(
    verb: Callable[[Callable[[int, int, str], None]], Item], halt: Halt
) -> Generator[Step | Finished[Item] | None, None, None]:
    """Yield each step of a verb, at last what it returned; None while it is at work.

    ``verb`` takes a function to call with (done, of, what). Once ``halt`` is set or nobody
    watches, that function raises, so that the verb ends at its next step.

    Raises:
        What the verb raises.
    """

    def work(tell: Callable[[Step | Finished[Item]], None]) -> None:
        tell(Finished(verb(lambda done, of, what: tell((done, of, what)))))

    yield from _relayed(work, halt)


def _relayed(
    work: Callable[[Callable[[Item], None]], None], halt: Halt
) -> Generator[Item | None, None, None]:
    told: SimpleQueue[Item | _End] = SimpleQueue()
    left = Event()

    def tell(item: Item) -> None:
        if left.is_set():
            raise _LeftError
        told.put(item)

    def run() -> None:
        try:
            work(tell)
        except Exception as error:
            told.put(_End(error))
        else:
            told.put(_End())

    Thread(target=run, daemon=True).start()
    try:
        while not halt:
            try:
                item = told.get(timeout=_PATIENCE)
            except Empty:
                yield None
                continue
            if isinstance(item, _End):
                if item.error:
                    raise item.error
                return
            yield item
    finally:
        left.set()
