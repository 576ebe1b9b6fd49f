"""Files on disk and files in memory: which reader takes which."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO, TYPE_CHECKING

from ringkas.errors import BrokenFileError, SourceError, TooLargeError, UnsupportedSourceError
from ringkas.settings import SourceSettings
from ringkas.types import Article, Failure

if TYPE_CHECKING:
    from ringkas.sources.crawl import Crawl

Kind = str
Reader = Callable[[bytes, str, SourceSettings, str | None], Article]
_MEGABYTE = 1 << 20
_SUFFIXES: Mapping[str, Kind] = {
    ".html": "html", ".htm": "html", ".xhtml": "html",
    ".txt": "text", ".text": "text",
    ".md": "markdown", ".markdown": "markdown",
    ".jsonl": "jsonl", ".ndjson": "jsonl",
    ".csv": "csv", ".tsv": "csv",
    ".pdf": "pdf", ".docx": "docx",
    ".xml": "feed", ".rss": "feed", ".atom": "feed",
}  # fmt: skip
_HEAD = 2048  # style sheets, comments and warnings of the server may precede a feed's first tag
_STREAMED = frozenset({"jsonl", "csv"})


def supported() -> str:
    """Return the names of the file types that can be read, for messages."""
    return ", ".join(sorted(_SUFFIXES))


def kind_of_name(name: str) -> Kind | None:
    """Tell the kind of a file from the end of its name; None when that says nothing."""
    return _SUFFIXES.get(Path(name).suffix.lower())


def read_file(
    path: Path, limits: SourceSettings, crawl: Crawl | None = None
) -> Iterator[Article | Failure]:
    """Yield the articles in one file; what the items of a feed need is fetched by ``crawl``.

    Tables are streamed, so that only each row is limited in size; other files as a whole.

    Raises:
        SourceError: the file cannot be opened, is too large, damaged or of an unknown kind, or
            holds no article.
    """
    name = str(path)
    kind = _kind_of(path)
    try:
        if kind in _STREAMED:
            with path.open("rb") as stream:
                yield from _stream(kind, stream, name, limits)
            return
        _require_size(path.stat().st_size, name, limits)
        data = path.read_bytes()
    except OSError as error:
        raise SourceError(
            f"cannot read '{path}': {error.strerror}. Check the path and its permissions."
        ) from error
    yield from _whole(kind, data, name, limits, crawl=crawl)


def read_bytes(
    data: bytes,
    name: str,
    limits: SourceSettings,
    kind: Kind | None = None,
    url: str | None = None,
) -> Iterator[Article | Failure]:
    """Yield the articles in the bytes of a file; its kind is told from them when not given.

    Raises:
        SourceError: as for :func:`read_file`.
    """
    _require_size(len(data), name, limits)
    kind = kind or sniff(data)
    if kind in _STREAMED:
        return _stream(kind, io.BytesIO(data), name, limits)
    return _whole(kind, data, name, limits, url)


def sniff(data: bytes) -> Kind:
    """Tell what kind of file ``data`` is from how it begins."""
    head = data[:_HEAD].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if head.startswith(b"%pdf-"):
        return "pdf"
    if head.startswith(b"pk\x03\x04"):
        return "docx"
    if b"<rss" in head or b"<feed" in head or b"<rdf:rdf" in head:
        return "feed"
    if head.startswith(b"<!doctype html") or b"<html" in head or b"<body" in head:
        return "html"
    if head.startswith(b"{"):
        return "jsonl"
    return "markdown" if head.startswith(b"---") else "text"


def _kind_of(path: Path) -> Kind:
    kind = kind_of_name(path.name)
    if kind is None:
        ending = f"'{path.suffix}'" if path.suffix else "its name has no ending"
        raise UnsupportedSourceError(
            f"'{path}' is of a kind that cannot be read ({ending}). Expected one of: {supported()}."
        )
    return kind


def _stream(
    kind: Kind, stream: IO[bytes], name: str, limits: SourceSettings
) -> Iterator[Article | Failure]:
    from ringkas.sources.rows import read_csv, read_jsonl

    return (read_jsonl if kind == "jsonl" else read_csv)(stream, name, limits)


def _whole(
    kind: Kind,
    data: bytes,
    name: str,
    limits: SourceSettings,
    url: str | None = None,
    crawl: Crawl | None = None,
) -> Iterator[Article | Failure]:
    if not data.strip():
        raise BrokenFileError(f"{name} is empty (0 bytes of content). Give a file with an article.")
    if kind == "feed":
        from ringkas.sources.feed import read_feed

        yield from read_feed(data, name, limits, crawl)
    else:
        yield _reader(kind)(data, name, limits, url)


def _reader(kind: Kind) -> Reader:
    """Return the reader of one kind of file, importing only what it needs."""
    if kind == "html":
        from ringkas.sources.page import read_html

        return read_html
    if kind == "pdf":
        from ringkas.sources.pdf import read_pdf

        return read_pdf
    if kind == "docx":
        from ringkas.sources.word import read_docx

        return read_docx
    from ringkas.sources.textfile import read_markdown, read_text

    return read_markdown if kind == "markdown" else read_text


def _require_size(size: int, name: str, limits: SourceSettings) -> None:
    if size > limits.max_megabytes * _MEGABYTE:
        raise TooLargeError(
            f"{name} is {size / _MEGABYTE:.0f} MB; at most {limits.max_megabytes} MB are read. "
            "Split it, or raise sources.max_megabytes in the configuration."
        )
