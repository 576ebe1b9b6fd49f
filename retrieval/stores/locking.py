"""One writer at a time among the processes of a machine."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

log = logging.getLogger(__name__)

_FILE = ".writing"
_PATIENCE = 120.0  # seconds; a write takes well under one


@contextmanager
def no_writer(place: str) -> Iterator[bool]:
    """Tell whether nobody writes into a folder now, and nobody will meanwhile; never wait.

    False also where that cannot be told: a folder that cannot be written, or without locks.
    """
    from filelock import FileLock

    lock = FileLock(Path(place) / _FILE, timeout=0)
    try:
        lock.acquire()
    except (OSError, NotImplementedError) as error:
        log.info("%s is not ours to clear up now: %s", place, error)
        yield False
        return
    try:
        yield True
    finally:
        lock.release()


@contextmanager
def only_writer(place: str) -> Iterator[None]:
    """Keep other processes from writing into a folder meanwhile.

    Two that put the same article at once would both add its passages. The system frees the lock of
    a process that dies. Where there is no folder, or it cannot be locked, nothing is waited for.
    """
    if "://" in place:
        yield
        return
    from filelock import FileLock

    lock = FileLock(Path(place) / _FILE, timeout=_PATIENCE)
    try:
        lock.acquire()
    except (OSError, NotImplementedError) as error:  # a file system without locks, a full disk
        log.info("%s cannot be locked: %s", place, error)
    try:
        yield
    finally:
        lock.release()
