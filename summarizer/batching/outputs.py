"""Rows into a JSONL, CSV or Parquet file: the whole new file, or the old one."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, astuple, fields
from itertools import islice
from pathlib import Path
from typing import IO, Any

from summarizer.batching.errors import BatchError, cannot_write
from summarizer.batching.rows import Row

COLUMNS = tuple(field.name for field in fields(Row))
_NUMBERS = ("support", "coverage", "seconds")
# A cell that begins so is run as a formula by spreadsheets (OWASP, "CSV Injection").
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_ROWS_AT_ONCE = 1000


def check_output(output: Path) -> None:
    """Refuse an output that cannot be written, before any work is done.

    Raises:
        BatchError: its suffix names no format, its folder is not there, or it is a folder.
    """
    if output.suffix.lower() not in _WRITERS:
        raise BatchError(
            f"'{output}' names no format that can be written. Give a name that ends in "
            f"{', '.join(_WRITERS)}."
        )
    if output.is_dir():
        raise BatchError(f"'{output}' is a folder; give the name of a file in it.")
    if not output.parent.is_dir():
        raise BatchError(f"there is no folder '{output.parent}' to write '{output.name}' into.")


def write_output(output: Path, rows: Iterable[Row]) -> None:
    """Replace ``output`` by these rows in one step.

    Raises:
        BatchError: it cannot be written; what was there before is untouched.
    """
    part = output.with_name(f".{output.name}.part")
    try:
        with part.open("wb") as stream:
            _WRITERS[output.suffix.lower()](stream, rows)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(output)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise cannot_write(output, error) from error


def _jsonl(stream: IO[bytes], rows: Iterable[Row]) -> None:
    for row in rows:
        stream.write(json.dumps(asdict(row), ensure_ascii=False).encode() + b"\n")


def _csv(stream: IO[bytes], rows: Iterable[Row]) -> None:
    table = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(table)
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([_harmless(value) for value in astuple(row)])
    table.detach()


def _harmless(value: Any) -> Any:
    """Return text that a spreadsheet shows as it is: a formula gets an apostrophe in front."""
    formula = isinstance(value, str) and value.startswith(_FORMULA)
    return f"'{value}" if formula else value


def _parquet(stream: IO[bytes], rows: Iterable[Row]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pa.schema(
        [(name, pa.float64() if name in _NUMBERS else pa.string()) for name in COLUMNS]
    )
    with pq.ParquetWriter(stream, schema) as writer:
        for chunk in _chunks(rows):
            writer.write_table(pa.Table.from_pylist([asdict(row) for row in chunk], schema))


def _chunks(rows: Iterable[Row]) -> Iterator[list[Row]]:
    rest = iter(rows)
    while chunk := list(islice(rest, _ROWS_AT_ONCE)):
        yield chunk


_WRITERS: dict[str, Callable[[IO[bytes], Iterable[Row]], None]] = {
    ".jsonl": _jsonl,
    ".ndjson": _jsonl,
    ".csv": _csv,
    ".parquet": _parquet,
}
