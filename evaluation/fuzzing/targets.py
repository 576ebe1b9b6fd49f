"""The readers of other people's files, and what must hold of them whatever they are given.

A reader returns articles or raises a ``RingkasError``, in a time that its input's size bounds.
"""

from __future__ import annotations

import io
import logging
import re
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ringkas.errors import RingkasError
from ringkas.settings import Settings, SourceSettings, load_settings
from ringkas.sources.crawl import Crawl
from ringkas.types import Article, Failure

LIMITS = SourceSettings(min_words=3, delay=0.0, timeout=1.0)
# A reader may take so long, in seconds of this process, for its imports and any small input, and
# for each megabyte more. An attack that costs more than time in proportion is found by far less
# than a megabyte.
_SECONDS, _SECONDS_PER_MEGABYTE = 4.0, 60.0
_MEGABYTE = 1 << 20
_CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f\ud800-\udfff]")


class BrokenPromiseError(AssertionError):
    """A reader did something that it must not do whatever it is given."""


@dataclass(frozen=True, slots=True)
class Target:
    """One reader, given bytes."""

    name: str
    read: Callable[[bytes], object]

    def check(self, data: bytes) -> None:
        """Read ``data``.

        Raises:
            BrokenPromiseError: it took too long, or what came out is not what it should be.
            Exception: anything that is no RingkasError passes through.
        """
        allowed = _SECONDS + _SECONDS_PER_MEGABYTE * len(data) / _MEGABYTE
        began = time.process_time()
        with _no_surprises():
            try:
                _inspect(self.read(data))
            except RingkasError as error:
                _require(bool(str(error)), "an error says nothing")
        took = time.process_time() - began
        _require(took <= allowed, f"{len(data):,} bytes took {took:.1f} s, {allowed:.1f} allowed")


def _inspect(found: object) -> None:
    items: Iterable[object] = found if isinstance(found, Iterator) else [found]
    for item in items:
        if isinstance(item, Article):
            _inspect_article(item)
        elif isinstance(item, Failure):
            _require(bool(item.message), "a failure says nothing")


def _inspect_article(article: Article) -> None:
    _require(bool(article.text.strip()), "an article has no text")
    _require(bool(article.id), "an article has no id")
    lines = (article.title, article.author or "", article.source or "", article.url or "")
    _require(not any("\n" in line for line in lines), "a title, name or address has two lines")
    for text in (*lines, article.text):
        _require(not _CONTROLS.search(text), "a control character or half a letter is left")
    web = article.url is None or article.url.startswith(("http://", "https://"))
    _require(web, "an address is not of the web")


def _require(holds: bool, what: str) -> None:
    if not holds:
        raise BrokenPromiseError(what)


@contextmanager
def _no_surprises() -> Iterator[None]:
    """Raise the error behind an item's Failure that says "this should not happen"."""
    surprises: list[logging.LogRecord] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.exc_info and record.exc_info[1] is not None:
                surprises.append(record)

    log, listener = logging.getLogger("ringkas.sources.failing"), Listener(logging.ERROR)
    propagated, log.propagate = log.propagate, False
    log.addHandler(listener)
    try:
        yield
    finally:
        log.removeHandler(listener)
        log.propagate = propagated
    if surprises and surprises[0].exc_info and surprises[0].exc_info[1]:
        raise surprises[0].exc_info[1]


def _html(data: bytes) -> object:
    from ringkas.sources.page import read_html

    return read_html(data, "page.html", LIMITS, "https://berita.example/a/1")


def _feed(data: bytes) -> object:
    from ringkas.sources.feed import read_feed

    crawl = Crawl(Settings(sources=LIMITS), resolver=_nowhere)
    return read_feed(data, "feed.xml", LIMITS, crawl)


def _nowhere(host: str, port: int) -> list[str]:
    raise OSError(f"no network here to ask for {host}:{port}")


def _pdf(data: bytes) -> object:
    from ringkas.sources.pdf import read_pdf

    return read_pdf(data, "a.pdf", LIMITS)


def _docx(data: bytes) -> object:
    from ringkas.sources.word import read_docx

    return read_docx(data, "a.docx", LIMITS)


def _markdown(data: bytes) -> object:
    from ringkas.sources.textfile import read_markdown

    return read_markdown(data, "a.md", LIMITS)


def _csv(data: bytes) -> object:
    from ringkas.sources.rows import read_csv

    return read_csv(io.BytesIO(data), "a.csv", LIMITS)


def _jsonl(data: bytes) -> object:
    from ringkas.sources.rows import read_jsonl

    return read_jsonl(io.BytesIO(data), "a.jsonl", LIMITS)


def _any(data: bytes) -> object:
    from ringkas.sources.files import read_bytes

    return iter(list(read_bytes(data, "the given data", LIMITS)))


def _text(data: bytes) -> object:
    from ringkas.sources.build import article_from_text

    return article_from_text(data.decode("utf-8", "replace"), min_words=3)


def _dates(data: bytes) -> object:
    from ringkas.text.dates import is_date_line, parse_date

    text = data.decode("utf-8", "replace")
    is_date_line(text)
    return parse_date(text)


def _sentences(data: bytes) -> object:
    from ringkas.text.sentences import split

    text = data.decode("utf-8", "replace")
    spans = split(text)
    _require(all(span.start < span.end <= len(text) for span in spans), "a sentence is no span")
    return None


def _config(data: bytes) -> object:
    with tempfile.NamedTemporaryFile(suffix=".toml") as file:
        Path(file.name).write_bytes(data)
        return load_settings(file.name)


def _inflate(data: bytes) -> object:
    from ringkas.sources.inflate import inflate

    most = 2 * _MEGABYTE
    for encoding in ("gzip", "deflate", "br", "br, gzip"):
        try:
            inflated = inflate(data, encoding, most)
        except ValueError as error:
            _require(bool(str(error)), "an error says nothing")
        else:
            _require(len(inflated) <= most + 1, "more was unpacked than allowed")
    return None


TARGETS: Mapping[str, Target] = {
    target.name: target
    for target in (
        Target("html", _html),
        Target("feed", _feed),
        Target("pdf", _pdf),
        Target("docx", _docx),
        Target("markdown", _markdown),
        Target("csv", _csv),
        Target("jsonl", _jsonl),
        Target("text", _text),
        Target("dates", _dates),
        Target("sentences", _sentences),
        Target("config", _config),
        Target("inflate", _inflate),
        Target("any", _any),
    )
}
