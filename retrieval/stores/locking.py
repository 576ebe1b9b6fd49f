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
def only_writer(place: str, patience: float = _PATIENCE) -> Iterator[bool]:
    """Keep other processes from writing into a folder meanwhile, and tell whether that is sure.

    Two that put the same article at once would both add its passages. The system frees the lock of
    a process that dies. Where there is no folder, or it cannot be locked, nothing is waited for.
    ``patience`` is in seconds.
    """
    if "://" in place:
        yield False
        return
    from filelock import FileLock

    lock = FileLock(Path(place) / _FILE, timeout=patience)
    try:
        lock.acquire()
    except (OSError, NotImplementedError) as error:  # a file system without locks, a full disk
        log.info("%s cannot be locked: %s", place, error)
    try:
        yield lock.is_locked
    finally:
        lock.release()
