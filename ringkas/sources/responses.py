"""Answers kept with their validators, so that a repeated run asks only for what has changed.

Nothing kept is ever shown without asking: each use is a conditional request to the server, over a
connection whose address was checked, and the kept body stands in for the 304's missing one.
hishel was looked at instead: it decides by itself when to ask, and so would show a page without
the address being checked again, and it leaves a damaged file as it is.

Source: RFC 9111, sections 3 and 4.3.
"""

from __future__ import annotations

import sqlite3
import time
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from ringkas.cachefile import CacheFile

_DAY = 86_400
_MEGABYTE = 1 << 20
# A page asked for again after so long is fetched whole, which also heals what a server confused.
_KEPT_DAYS = 30
_SHARE = 8  # one answer may take up this part of the cache
_ROOM = 0.9  # what is left filled when the oldest are forgotten
_LONGEST_VALIDATOR = 1000
_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS responses (url TEXT PRIMARY KEY, etag TEXT NOT NULL, "
    "modified TEXT NOT NULL, type TEXT NOT NULL, body BLOB NOT NULL, checksum INTEGER NOT NULL, "
    "stored INTEGER NOT NULL, used INTEGER NOT NULL)"
)
_FIND = "SELECT etag, modified, type, body, checksum FROM responses WHERE url = ? AND stored >= ?"
_BY_AGE = "SELECT url, LENGTH(body) FROM responses ORDER BY used"
_Row = tuple[str, str, str, bytes, int]


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it was: its validators, the Content-Type header and the body, decompressed."""

    etag: str
    modified: str
    content_type: str
    body: bytes

    def conditions(self) -> dict[str, str]:
        """Return the headers that ask for the page only if it has changed."""
        asked = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in asked.items() if value}


class ResponseStore:
    """Answers by their URL, in one file that several processes may share.

    ``megabytes`` bounds it; with 0, or no path, nothing is kept.
    """

    def __init__(self, path: Path | None, megabytes: int) -> None:
        self._most = megabytes * _MEGABYTE
        self._file = CacheFile(path if megabytes > 0 else None, _SCHEMA, "pages")
        self._size: int | None = None

    @property
    def note(self) -> str:
        """What went wrong with the file, or nothing."""
        return self._file.note

    def get(self, url: str) -> Kept | None:
        """Return what is kept of ``url``, if it is not too old and undamaged."""
        now = int(time.time())
        row = self._file.run(lambda base: _find(base, url, now - _KEPT_DAYS * _DAY))
        if row is None:
            return None
        etag, modified, content_type, packed, checksum = row
        try:
            body = zlib.decompress(packed)
        except (zlib.error, TypeError):
            return None
        sound = zlib.crc32(body) == checksum
        return Kept(etag, modified, content_type, body) if sound else None

    def put(self, url: str, headers: Mapping[str, str], body: bytes) -> None:
        """Keep an answer, if it has validators and its server allows keeping it."""
        etag, modified = _validator(headers, "etag"), _validator(headers, "last-modified")
        if not (etag or modified) or not _may_keep(url, headers):
            return
        packed = zlib.compress(body)
        if len(packed) > self._most // _SHARE:
            return
        now = int(time.time())
        kind = headers.get("content-type", "")
        row = (url, etag, modified, kind, packed, zlib.crc32(body), now, now)
        self._file.run(lambda base: self._insert(base, row))

    def confirm(self, url: str, headers: Mapping[str, str]) -> None:
        """Note that the server has just said that ``url`` is unchanged, and its new validators."""
        etag, modified = _validator(headers, "etag"), _validator(headers, "last-modified")
        self._file.run(
            lambda base: base.execute(
                "UPDATE responses SET used = ?, etag = CASE ? WHEN '' THEN etag ELSE ? END, "
                "modified = CASE ? WHEN '' THEN modified ELSE ? END WHERE url = ?",
                (int(time.time()), etag, etag, modified, modified, url),
            )
        )

    def close(self) -> None:
        """Forget what is too old to be used, and close the file."""
        old = int(time.time()) - _KEPT_DAYS * _DAY
        self._file.run(lambda base: base.execute("DELETE FROM responses WHERE stored < ?", (old,)))
        self._file.close()

    def _insert(self, base: sqlite3.Connection, row: tuple[object, ...]) -> None:
        base.execute("INSERT OR REPLACE INTO responses VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
        packed = row[4]
        assert isinstance(packed, bytes)
        self._size = _total(base) if self._size is None else self._size + len(packed)
        if self._size > self._most:
            self._size = _forget(base, int(_ROOM * self._most))


def _find(base: sqlite3.Connection, url: str, since: int) -> _Row | None:
    found: _Row | None = base.execute(_FIND, (url, since)).fetchone()
    return found


def _total(base: sqlite3.Connection) -> int:
    return int(base.execute("SELECT COALESCE(SUM(LENGTH(body)), 0) FROM responses").fetchone()[0])


def _forget(base: sqlite3.Connection, most: int) -> int:
    """Delete what was used longest ago until at most ``most`` bytes are left; return how many."""
    left = _total(base)
    for url, size in base.execute(_BY_AGE).fetchall():
        if left <= most:
            break
        base.execute("DELETE FROM responses WHERE url = ?", (url,))
        left -= size
    return left


def _validator(headers: Mapping[str, str], name: str) -> str:
    value = headers.get(name, "").strip()
    return value if len(value) <= _LONGEST_VALIDATOR and value.isprintable() else ""


def _may_keep(url: str, headers: Mapping[str, str]) -> bool:
    """Answers to requests with a name and password, and those that vary by everything, are not."""
    control = headers.get("cache-control", "").lower()
    varies = headers.get("vary", "")
    return "no-store" not in control and "*" not in varies and "@" not in urlsplit(url).netloc
