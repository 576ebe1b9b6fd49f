"""What was made before, by what it was made from: an unchanged article costs nothing."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, fields
from pathlib import Path
from typing import TypeVar

from summarizer.batching.rows import Made

_DAY = 86_400
# A nightly batch asks again every day; what nobody asked for in this time has gone stale.
_KEPT_DAYS = 90
_PATIENCE = 20.0  # seconds to wait for another process that is writing
_TABLE = (
    "CREATE TABLE IF NOT EXISTS summaries "
    "(key TEXT PRIMARY KEY, made TEXT NOT NULL, day INTEGER NOT NULL) WITHOUT ROWID"
)
_PUT = "INSERT OR REPLACE INTO summaries VALUES (?, ?, ?)"
_TYPES = {field.name: (float, int) if field.type == "float" else str for field in fields(Made)}
_T = TypeVar("_T")


class TextCache:
    """A table of texts under keys in one SQLite file, shared by all processes of a user.

    It never stops the work: a damaged file is begun anew, and one that cannot be used is left
    alone; ``note`` says so. With no path nothing is kept. Use it from one thread.
    """

    def __init__(self, path: Path | None) -> None:
        self.note = ""
        self._path = path
        self._today = int(time.time()) // _DAY
        self._base: sqlite3.Connection | None = None

    def text(self, key: str) -> str | None:
        """Return the text under ``key``, or None."""
        return self._try(lambda base: self._find(base, key))

    def keep(self, texts: Mapping[str, str]) -> None:
        """Keep texts under their keys."""
        rows = [(key, text, self._today) for key, text in texts.items()]
        if rows:
            self._try(lambda base: base.executemany(_PUT, rows))

    def close(self) -> None:
        """Forget what nobody asked for in a long time, and close the file."""
        if self._base is not None:
            old = self._today - _KEPT_DAYS
            self._try(lambda base: base.execute("DELETE FROM summaries WHERE day < ?", (old,)))
        self._leave()

    def _find(self, base: sqlite3.Connection, key: str) -> str | None:
        row = base.execute("SELECT made, day FROM summaries WHERE key = ?", (key,)).fetchone()
        if row is None:
            return None
        if row[1] != self._today:
            base.execute("UPDATE summaries SET day = ? WHERE key = ?", (self._today, key))
        return str(row[0])

    def _try(self, action: Callable[[sqlite3.Connection], _T]) -> _T | None:
        """Do something with the table; None where that cannot be done."""
        try:
            return self._do(action)
        except (sqlite3.OperationalError, OSError) as error:
            self._give_up(error)
        except sqlite3.DatabaseError:
            return self._try_anew(action)
        return None

    def _try_anew(self, action: Callable[[sqlite3.Connection], _T]) -> _T | None:
        """Do it in a new file in place of the damaged one."""
        self._leave()
        try:
            for end in ("", "-journal"):
                Path(f"{self._path}{end}").unlink(missing_ok=True)
            self.note = f"the cache of summaries at {self._path} was damaged and begun anew"
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
            self._base.execute(_TABLE)
        with self._base:
            return action(self._base)

    def _give_up(self, error: Exception) -> None:
        self.note = f"the cache of summaries at {self._path} could not be used: {error}"
        self._leave()
        self._path = None

    def _leave(self) -> None:
        if self._base is not None:
            self._base.close()
            self._base = None


class SummaryCache(TextCache):
    """The same with summaries, shared by all batches of a user."""

    def get(self, key: str) -> Made | None:
        """Return the summary under ``key``, or None."""
        found = self.text(key)
        try:
            made = Made(**json.loads(found)) if found else None
        except (ValueError, TypeError):
            return None
        return made if made and _is_sound(made) else None

    def put(self, made: Mapping[str, Made]) -> None:
        """Keep summaries under their keys."""
        texts = {key: json.dumps(asdict(one), ensure_ascii=False) for key, one in made.items()}
        self.keep(texts)


def _is_sound(made: Made) -> bool:
    return all(isinstance(getattr(made, name), kind) for name, kind in _TYPES.items())
