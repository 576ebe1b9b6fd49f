"""The reading stage: all sources one after the other, a thread ahead of the summarizing."""

from __future__ import annotations

import re
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from ringkas.settings import Settings
from ringkas.types import Article, Failure
from summarizer.batching.errors import BatchError
from summarizer.batching.rows import encodable

Source = str | Path | bytes | Article

# Read ahead of the summarizing, in characters: some 20,000 news articles, so that the total is
# known early, in about 100 MB.
_CHARACTERS_AHEAD = 50_000_000
_URL_LIST = frozenset({"", ".txt", ".text", ".urls", ".list"})
_LONGEST_URL_LIST = 1 << 24
_URL = re.compile(r"https?://\S+", re.IGNORECASE)


class Mark(Enum):
    """What is told of a source as a whole."""

    ENDED = "read to its end"
    SKIPPED = "dealt with before"


@dataclass(frozen=True, slots=True)
class Given:
    """What was found in the source ``origin``, or what became of it."""

    origin: str
    item: Article | Failure | Mark


def check_apart(sources: Iterable[Source], output: Path) -> None:
    """Refuse an output that would be read as input.

    Raises:
        BatchError: the output is one of the sources, or lies in a folder that is one.
    """
    place = output.resolve()
    for path in filter(None, map(_path, sources)):
        if place == path.resolve():
            raise BatchError(f"'{output}' is both input and output. Choose another output.")
        if path.is_dir() and path.resolve() in place.parents:
            raise BatchError(
                f"the output '{output}' lies in '{path}', which is read. Put it elsewhere."
            )


def read_all(
    sources: Iterable[Source], settings: Settings, skip: Callable[[str], bool]
) -> Iterator[Given]:
    """Yield what all sources hold; an error of one of them is a Failure, and the next follows.

    A file or text that is a list of URLs stands for these. URLs for which ``skip`` is true are
    not fetched.
    """
    for source in sources:
        for single in _expanded(source):
            yield from _read(single, settings, skip)


def _read(source: Source, settings: Settings, skip: Callable[[str], bool]) -> Iterator[Given]:
    from ringkas.sources import iter_articles

    if isinstance(source, Article):
        yield Given("", source)
        return
    origin = _name(source)
    web = _URL.fullmatch(origin) is not None
    if web and skip(origin):
        yield Given(origin, Mark.SKIPPED)
        return
    try:
        for item in iter_articles(source, settings):
            yield Given(origin, item)
    except Exception as error:  # whatever a file makes a reader do, the others are read
        yield Given(origin, Failure(origin, error))
    yield Given(origin, Mark.ENDED)


def _expanded(source: Source) -> Iterator[Source]:
    """Yield a folder's files and a list's URLs one by one, so that each fails alone."""
    path = _path(source)
    found: Sequence[Source] = ()
    if path is not None:
        found = _files(path) if path.is_dir() else _urls_in(path)
    elif isinstance(source, bytes | str):
        found = _urls(source)
    yield from found or [path or source]


def _path(source: Source) -> Path | None:
    """Return the path of a file or folder that is there, else None."""
    if isinstance(source, Article | bytes):
        return None
    try:
        path = Path(source).expanduser()
        return path if str(source).strip() and path.exists() else None
    except (OSError, ValueError, RuntimeError):
        return None


def _files(folder: Path) -> list[Path]:
    return [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not any(p.startswith(".") for p in path.relative_to(folder).parts)
    ]


def _urls_in(path: Path) -> list[str]:
    try:
        short = path.stat().st_size <= _LONGEST_URL_LIST
        listing = path.suffix.lower() in _URL_LIST and short
        return _urls(path.read_bytes()) if listing else []
    except OSError:
        return []


def _urls(given: str | bytes) -> list[str]:
    """Return the URLs of a list, one a line, blank lines and # comments aside; else nothing."""
    text = given if isinstance(given, str) else given.decode("utf-8-sig", "replace")
    lines = [line.strip() for line in text.splitlines()]
    lines = [line for line in lines if line and not line.startswith("#")]
    return lines if all(map(_URL.fullmatch, lines)) else []


def _name(source: str | Path | bytes) -> str:
    if isinstance(source, bytes):
        return "the given data"
    text = encodable(" ".join(str(source).split()))
    return text if len(text) <= 2000 else text[:1999] + "…"


class ReadAhead:
    """Reads in a thread of its own, until so much is waiting that summarizing must catch up.

    ``read`` counts the articles and failures found so far, ``ended`` tells that there are no more.
    """

    def __init__(self, found: Iterator[Given], most: int = _CHARACTERS_AHEAD) -> None:
        self.read = 0
        self.ended = False
        self._most = most
        self._waiting: deque[Given] = deque()
        self._characters = 0
        self._error: BaseException | None = None
        self._closed = False
        self._change = threading.Condition()
        self._thread = threading.Thread(target=self._work, args=(found,), daemon=True)
        self._thread.start()

    def take(self, most: int, patience: float = 0.0) -> Sequence[Given]:
        """Wait for something, and return what is there, at most ``most``; nothing at the end.

        Arguments:
            most: how much to return at most.
            patience: how many seconds to wait for so much, once there is something.

        Raises:
            Exception: what iterating over the sources themselves raised.
        """
        with self._change:
            while not self._waiting and not self.ended:
                self._change.wait()
            if not self._waiting and self._error is not None:
                raise self._error
            self._change.wait_for(lambda: self._is_enough(most), patience)
            taken = [self._waiting.popleft() for _ in range(min(most, len(self._waiting)))]
            self._characters -= sum(map(_characters, taken))
            self._change.notify_all()
            return taken

    def _is_enough(self, most: int) -> bool:
        """Return whether there is so much, or no more can come before some is taken."""
        full = self._characters >= self._most
        return len(self._waiting) >= most or full or self.ended

    def close(self) -> None:
        """Let the thread end at what it reads next; it is not waited for."""
        with self._change:
            self._closed = True
            self._change.notify_all()

    def _work(self, found: Iterator[Given]) -> None:
        error: BaseException | None = None
        try:
            for given in found:
                if not self._put(given):
                    return
        except BaseException as raised:  # handed to whoever takes
            error = raised
        with self._change:
            self._error, self.ended = error, True
            self._change.notify_all()

    def _put(self, given: Given) -> bool:
        with self._change:
            while self._characters >= self._most and not self._closed:
                self._change.wait()
            self._waiting.append(given)
            self._characters += _characters(given)
            self.read += not isinstance(given.item, Mark)
            self._change.notify_all()
            return not self._closed


def _characters(given: Given) -> int:
    return len(given.item.text) if isinstance(given.item, Article) else 200
