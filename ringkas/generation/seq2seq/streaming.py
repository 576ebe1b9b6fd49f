"""An engine at work in a thread of its own, so that its progress can be followed and stopped."""

from __future__ import annotations

from collections.abc import Callable, Generator
from queue import Queue
from threading import Event, Thread

from ringkas.generation.seq2seq.base import Reply, Watch


def followed(run: Callable[[Watch], Reply]) -> Generator[int | Reply | None, None, None]:
    """Yield what ``run`` tells its watch, and its reply last; closing the generator stops it.

    Raises whatever ``run`` raises.
    """
    progress: Queue[int | Reply | Exception | None] = Queue()
    cancelled = Event()

    def watch(token: int | None) -> bool:
        if token is not None or progress.empty():
            progress.put(token)
        return cancelled.is_set()

    def work() -> None:
        try:
            progress.put(run(watch))
        except Exception as error:  # raised again in the reader's thread
            progress.put(error)

    thread = Thread(target=work, name="ringkas-seq2seq", daemon=True)
    thread.start()
    try:
        while True:
            found = progress.get()
            if isinstance(found, Exception):
                raise found
            yield found
            if isinstance(found, Reply):
                return
    finally:
        cancelled.set()
        thread.join()
