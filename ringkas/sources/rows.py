"""Tables of articles: JSONL and CSV, one article a row, streamed."""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from typing import IO, Any, get_args

from ringkas.errors import BrokenFileError, TooLargeError
from ringkas.settings import SourceSettings
from ringkas.sources.build import article_from_text
from ringkas.sources.decode import Guesses, decode, require_text
from ringkas.sources.failing import failure_of
from ringkas.types import Article, Failure, Language

_ALIASES: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "content", "isi", "body", "konten", "artikel", "article", "full_text", "teks"),
    "title": ("title", "judul", "headline"),
    "url": ("url", "link", "tautan"),
    "published": ("published", "date", "tanggal", "published_at", "pubdate", "datetime", "waktu"),
    "source": ("source", "sumber", "media", "outlet", "publisher"),
    "author": ("author", "penulis", "authors", "byline"),
    "language": ("language", "lang", "bahasa"),
    "id": ("id", "article_id", "_id"),
}
_SAMPLE = 1 << 16
_MEGABYTE = 1 << 20
_DELIMITERS = ",;\t|"
_WIDE = "utf-16"
_REPLACED = re.compile("\ufffd")
_UNDECODED = re.compile("[\udc80-\udcff]")  # what "surrogateescape" makes of a byte


def read_jsonl(stream: IO[bytes], name: str, limits: SourceSettings) -> Iterator[Article | Failure]:
    """Yield the article on each line; a broken line gives a Failure that names its number."""
    longest = limits.max_megabytes * _MEGABYTE
    guesses = Guesses()
    number = 0
    while line := stream.readline(longest + 1):
        number += 1
        where = f"{name}, line {number}"
        if len(line) > longest:
            yield Failure(where, _too_long(where, limits))
            _skip_line(stream, line)
        elif line.strip():
            yield _attempt(where, lambda line=line, where=where: _from_json(line, where, guesses))


def read_csv(stream: IO[bytes], name: str, limits: SourceSettings) -> Iterator[Article | Failure]:
    """Yield the article in each row of a table whose first row names the columns.

    Raises:
        BrokenFileError: no column holds the text.
    """
    encoding = _encoding(stream, name)
    # Half a letter of UTF-16 cannot be kept as it is: it is replaced.
    errors = "replace" if encoding == _WIDE else "surrogateescape"
    table = io.TextIOWrapper(stream, encoding, errors=errors, newline="")
    csv.field_size_limit(limits.max_megabytes * _MEGABYTE)
    header = table.readline()
    delimiter = max(_DELIMITERS, key=header.count)
    columns = next(csv.reader([header], delimiter=delimiter), [])
    _require_text_column(columns, name)
    rows = csv.DictReader(table, fieldnames=columns, delimiter=delimiter)
    yield from _from_rows(rows, name, encoding)


def _from_rows(rows: csv.DictReader[str], name: str, encoding: str) -> Iterator[Article | Failure]:
    while True:
        where = f"{name}, row {rows.line_num + 2}"
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield Failure(where, BrokenFileError(f"{where} cannot be read: {error}. Mend the row."))
            continue
        yield _attempt(where, lambda row=row, where=where: _from_table(row, where, encoding))


def _attempt(where: str, make: Any) -> Article | Failure:
    try:
        article: Article = make()
    except Exception as error:
        return failure_of(where, error)
    return article


def _from_json(line: bytes, where: str, guesses: Guesses) -> Article:
    try:
        row = json.loads(decode(line, where, guesses=guesses))
    except (ValueError, RecursionError) as error:  # ValueError: a number of 5,000 digits, too
        raise BrokenFileError(f"{where} is not JSON: {error}. Mend or remove the line.") from None
    if not isinstance(row, dict):
        raise BrokenFileError(
            f"{where} holds a {type(row).__name__}; an object with a 'text' was expected."
        )
    guesses.renew()
    return _from_row(row, where)


def _from_table(row: Mapping[Any, Any], where: str, encoding: str) -> Article:
    undecoded = _REPLACED if encoding == _WIDE else _UNDECODED
    if any(undecoded.search(value) for value in row.values() if isinstance(value, str)):
        raise BrokenFileError(
            f"{where} holds letters that are not in {encoding}, the encoding of the table. Save "
            "the table as UTF-8."
        )
    return _from_row(row, where)


def _from_row(row: Mapping[Any, Any], where: str) -> Article:
    known = _by_alias(row)
    text = known.get("text")
    if not text:
        columns = ", ".join(str(key) for key in row if key is not None)
        raise BrokenFileError(
            f"{where} has no text (columns: {columns}). Name the column that holds the article "
            f"one of: {', '.join(_ALIASES['text'])}."
        )
    return article_from_text(
        text,
        title=known.get("title"),
        url=known.get("url"),
        source=known.get("source"),
        published=known.get("published"),
        author=known.get("author"),
        language=_language(known.get("language")),
        notes={"id": known["id"]} if "id" in known else None,
        name=where,
    )


def _by_alias(row: Mapping[Any, Any]) -> dict[str, str]:
    """Return the row's values under our names; the first alias present wins."""
    lower = {str(key).strip().lower(): value for key, value in row.items()}
    found: dict[str, str] = {}
    for ours, theirs in _ALIASES.items():
        values = (_scalar(lower[alias]) for alias in theirs if alias in lower)
        value = next((value for value in values if value), None)
        if value:
            found[ours] = value
    return found


def _scalar(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(item) for item in value if isinstance(item, str | int))
    return str(value).strip() if isinstance(value, str | int | float) else ""


def _language(value: str | None) -> Language | None:
    return next((code for code in get_args(Language) if code == value), None)


def _require_text_column(columns: list[str], name: str) -> None:
    if any(column.strip().lower() in _ALIASES["text"] for column in columns):
        return
    raise BrokenFileError(
        f"{name} has no column with the article's text (columns: {', '.join(columns) or 'none'}). "
        f"Name it one of: {', '.join(_ALIASES['text'])}."
    )


def _encoding(stream: IO[bytes], name: str) -> str:
    """Return the encoding of a table from its beginning; the stream stays where it was.

    A few broken letters do not make UTF-8 another encoding: they cost their rows.
    """
    sample = stream.read(_SAMPLE)
    stream.seek(0)
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _WIDE
    text = codecs.getincrementaldecoder("utf-8")("replace").decode(sample)
    broken = text.count("\ufffd")
    if 2 * broken > sum(not char.isascii() for char in text):
        require_text(sample, name)
        return "cp1252"
    return "utf-8-sig"


def _too_long(where: str, limits: SourceSettings) -> TooLargeError:
    return TooLargeError(
        f"{where} is longer than {limits.max_megabytes} MB, the most that one article may have. "
        "Split it, or raise sources.max_megabytes in the configuration."
    )


def _skip_line(stream: IO[bytes], line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = stream.readline(_MEGABYTE)
