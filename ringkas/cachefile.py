"""One SQLite file in the cache folder, which never stops the work that it serves.

Several processes may use it at once. A damaged file is begun anew; one that cannot be used (a
full disk, a folder that may not be written) is left alone. Either is noted, never raised.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

_PATIENCE = 20.0  # seconds to wait for another process that is writing
_T = TypeVar("_T")


class CacheFile:
    """A table in a file at ``path``; with None, nothing is kept.

    ``schema`` is the CREATE TABLE IF NOT EXISTS statement, ``what`` names the contents in
    ``note``, which says what went wrong, if anything. Use it from one thread at a time.
    """

    def __init__(self, path: Path | None, schema: str, what: str) -> None:
        self.note = ""
        self._path = path
        self._schema = schema
        self._what = what
        self._base: sqlite3.Connection | None = None

    def run(self, action: Callable[[sqlite3.Connection], _T]) -> _T | None:
        """Do something with the table in one transaction; None where that cannot be done."""
        try:
            return self._do(action)
        except (sqlite3.OperationalError, sqlite3.ProgrammingError, OSError) as error:
            self._give_up(error)
        except sqlite3.DatabaseError:
            return self._run_anew(action)
        return None

    def close(self) -> None:
        """Close the file."""
        if self._base is not None:
            self._base.close()
            self._base = None

    def _run_anew(self, action: Callable[[sqlite3.Connection], _T]) -> _T | None:
        """Do it in a new file in place of the damaged one."""
        self.close()
        try:
            for end in ("", "-journal"):
                Path(f"{self._path}{end}").unlink(missing_ok=True)
            self.note = f"the cache of {self._what} at {self._path} was damaged and begun anew"
            return self._do(action)
        except (sqlite3.Error, OSError) as error:
            self._give_up(error)
        return None

    def _do(self, action: Callable[[sqlite3.Connection], _T]) -> _T | None:
        if self._path is None:
            return None
        if self._base is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._base = sqlite3.connect(self._path, timeout=_PATIENCE, check_same_thread=False)
            self._base.execute(self._schema)
        with self._base:
            return action(self._base)

    def _give_up(self, error: Exception) -> None:
        self.note = f"the cache of {self._what} at {self._path} could not be used: {error}"
        self.close()
        self._path = None
