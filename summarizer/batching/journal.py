"""The journal: the truth about a batch, beside its output, from which the output is written.

JSON lines that are only ever appended to. What is in it survives the process at any instant; a
line that was cut off is taken out when the journal is opened again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from summarizer.batching.errors import BatchError, cannot_write
from summarizer.batching.rows import Row

_HEADER = b'{"ringkas": "batch journal", "format": 1}\n'


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a row stands in the journal, and what it was made from.

    ``digest`` tells article and settings, and is empty for what could not be read. ``origin`` is
    the source that was given. ``kind`` is that of the error, or empty. ``stand_in`` marks a
    summary that is not what was asked for: extractive where a model should have written.
    """

    offset: int
    digest: str
    origin: str
    kind: str
    stand_in: bool

    @property
    def failed(self) -> bool:
        """Whether it is the row of a failure."""
        return bool(self.kind)

    @property
    def unfulfilled(self) -> bool:
        """Whether another try may bring more: it failed, or something else stands in."""
        return self.failed or self.stand_in


@dataclass(frozen=True, slots=True)
class Line:
    """A row on its way into the journal."""

    row: Row
    digest: str
    origin: str
    kind: str = ""
    stand_in: bool = False


class Journal:
    """An open journal, locked for this process. Use it as a context manager.

    ``entries`` holds the latest entry of each row by its id, ``finished`` the sources that an
    interrupted run under the same request has dealt with, ``damaged`` the number of lines that
    could not be read.
    """

    def __init__(self, path: Path, file: int) -> None:
        self.path = path
        self.entries: dict[str, Entry] = {}
        self.finished: set[str] = set()
        self.damaged = 0
        self._file = file
        self._size = 0
        self._request = ""

    @classmethod
    def open(cls, output: Path, *, afresh: bool = False) -> Journal:
        """Open the journal of ``output``, or begin one; ``afresh`` empties it.

        Raises:
            BatchError: another process writes this output, the file is no journal, or it cannot
                be used.
        """
        path = output.with_name(output.name + ".journal")
        if not afresh and output.exists() and not path.exists():
            raise BatchError(
                f"'{output}' exists, but not its journal '{path.name}', so it cannot be continued. "
                "Choose another output, or have it replaced with resume=False (--no-resume)."
            )
        try:
            file = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
        except OSError as error:
            raise cannot_write(path, error) from error
        journal = cls(path, file)
        try:
            journal._lock()
            journal._begin(afresh)
        except BaseException:
            journal.close()
            raise
        return journal

    def __enter__(self) -> Journal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file, which also releases the lock."""
        os.close(self._file)

    def start(self, request: str) -> None:
        """Note that a run with this request begins; ``finished`` stays only if it goes on."""
        if self._request != request:
            self.finished.clear()
        self._append([{"begin": request}])

    def finish(self, gone: Iterable[str]) -> None:
        """Note that a run dealt with everything, and take the rows ``gone`` out."""
        gone = list(gone)
        self._append([*({"gone": key} for key in gone), {"end": True}])
        for key in gone:
            self.entries.pop(key, None)
        self.finished.clear()

    def write(self, lines: Sequence[Line]) -> None:
        """Put rows into the journal for good; each takes the place of one with the same id.

        Raises:
            BatchError: they cannot be written; the journal is as before.
        """
        offsets = self._append([_record(line) for line in lines])
        for offset, line in zip(offsets, lines, strict=True):
            self.entries[line.row.id] = Entry(
                offset, line.digest, line.origin, line.kind, line.stand_in
            )

    def note_finished(self, origins: Iterable[str]) -> None:
        """Note that every row of these sources is in the journal."""
        new = [origin for origin in origins if origin not in self.finished]
        self._append([{"done": origin} for origin in new])
        self.finished.update(new)

    def rows(self, keys: Iterable[str]) -> Iterator[Row]:
        """Yield the rows with these ids, in this order."""
        with self.path.open("rb") as stream:
            for key in keys:
                stream.seek(self.entries[key].offset)
                yield Row(**json.loads(stream.readline())["row"])

    def _lock(self) -> None:
        from filelock import lock_descriptor

        if not lock_descriptor(self._file, blocking=False):
            raise BatchError(
                f"another process is writing to '{self.path.with_suffix('')}' at this moment. "
                "Wait until it ends, or choose another output."
            )

    def _begin(self, afresh: bool) -> None:
        """Read what is there, mend its end, and have a header in front."""
        try:
            if afresh:
                os.ftruncate(self._file, 0)
            self._load()
            if not self._size:
                os.ftruncate(self._file, 0)
                self._put(_HEADER)
                _sync_folder(self.path.parent)
        except OSError as error:
            raise cannot_write(self.path, error) from error

    def _load(self) -> None:
        with self.path.open("rb") as stream:
            header = stream.readline()
            if header != _HEADER and not _HEADER.startswith(header):
                raise BatchError(
                    f"'{self.path}' is no journal that this version of Ringkas can read. Move it "
                    "away, or choose another output."
                )
            if header == _HEADER:
                self._size = len(header)
                for line in stream:
                    self._take(line)
        os.ftruncate(self._file, self._size)

    def _take(self, line: bytes) -> None:
        """Take over one line; only the last can lack its end, and is then cut off."""
        if not line.endswith(b"\n"):
            return
        offset, self._size = self._size, self._size + len(line)
        try:
            self._apply(json.loads(line), offset)
        except (ValueError, KeyError, TypeError, AttributeError):
            self.damaged += 1

    def _apply(self, record: Mapping[str, Any], offset: int) -> None:
        if "row" in record:
            row = Row(**record["row"])
            names = ("digest", "origin", "kind", "stand_in")
            self.entries[row.id] = Entry(offset, *(record[name] for name in names))
        elif "gone" in record:
            self.entries.pop(record["gone"], None)
        elif "done" in record:
            self.finished.add(record["done"])
        elif "begin" in record:
            if self._request != record["begin"]:
                self.finished.clear()
            self._request = record["begin"]
        elif "end" in record:
            self.finished.clear()
            self._request = ""
        else:
            raise KeyError("row")

    def _append(self, records: Sequence[Mapping[str, Any]]) -> list[int]:
        """Append records and return their offsets; the journal is unchanged if that fails."""
        lines = [json.dumps(record, ensure_ascii=False).encode() + b"\n" for record in records]
        offsets = [self._size]
        for line in lines:
            offsets.append(offsets[-1] + len(line))
        if lines:
            self._put(b"".join(lines))
        return offsets[:-1]

    def _put(self, data: bytes) -> None:
        """Write ``data`` at the end, all of it and to the disk, or nothing.

        Raises:
            BatchError: the disk is full, or fails.
        """
        view = memoryview(data)
        try:
            os.lseek(self._file, self._size, os.SEEK_SET)
            while view:
                view = view[os.write(self._file, view) :]
            os.fsync(self._file)
            self._size += len(data)
        except BaseException as error:
            with suppress(OSError):
                os.ftruncate(self._file, self._size)
            if isinstance(error, OSError):
                raise cannot_write(self.path, error, len(self.entries)) from error
            raise


def _record(line: Line) -> dict[str, Any]:
    return {
        "digest": line.digest,
        "origin": line.origin,
        "kind": line.kind,
        "stand_in": line.stand_in,
        "row": asdict(line.row),
    }


def _sync_folder(folder: Path) -> None:
    """Have the folder's own list of names on the disk, where the system can do that."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
