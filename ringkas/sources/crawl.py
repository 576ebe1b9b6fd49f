"""Reading many pages for one purpose: politely, each article once, asking only for what changed."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Literal
from urllib.parse import urlsplit

from ringkas.errors import FetchError, StubError, UnreachableError
from ringkas.settings import Settings, SourceSettings, cache_folder
from ringkas.sources.addresses import Resolver, resolve
from ringkas.sources.duplicates import Seen
from ringkas.sources.fetch import Fetched, Fetcher
from ringkas.sources.responses import ResponseStore
from ringkas.sources.robots import Robots
from ringkas.sources.turns import TURNS
from ringkas.types import Article, Failure

log = logging.getLogger(__name__)

Get = Callable[[str], Fetched]
Stubs = Literal["keep", "refuse"]

_MOST_SILENCES = 3  # in a row, after which a host is left alone for the rest of the crawl


class Crawl:
    """What the sources of one run share: manners, what was read, and what was kept.

    Pass one to every :func:`ringkas.iter_articles` of a run. Articles that come again, in another
    feed or under another address, are then yielded once.

    Arguments:
        settings: the configuration; the embedded defaults without one.
        cache: ask only for what has changed since an earlier run, and keep what was answered.
        stubs: what becomes of an article of which only the beginning is shown: it is yielded with
            the reason in ``notes["stub"]`` ("keep"), or is a Failure ("refuse").
        resolver: turns a host and port into IP addresses.

    ``duplicates`` names each repetition. ``notes`` says what its user should know although nothing
    failed: a feed that has moved for good, a page in the place of a feed, how many articles were
    repeated, a cache that cannot be used. Use it from one thread.
    """

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        cache: bool = False,
        stubs: Stubs = "keep",
        resolver: Resolver = resolve,
    ) -> None:
        self.limits: SourceSettings = (settings or Settings()).sources
        self.seen = Seen()
        self.duplicates: list[Failure] = []
        self._notes: dict[str, None] = {}
        self._stubs = stubs
        path = cache_folder() / "pages.sqlite3" if cache else None
        self._store = ResponseStore(path, self.limits.max_cache_megabytes)
        self._fetcher = Fetcher(self.limits, resolver, self._store)
        self._robots = Robots(self.paced)
        self._silences: Counter[str] = Counter()

    def __enter__(self) -> Crawl:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def notes(self) -> tuple[str, ...]:
        """What to tell, in the order in which it was found."""
        return (*self._notes, *filter(None, [self._repetitions(), self._store.note]))

    def note(self, text: str) -> None:
        """Add a note, once."""
        if text not in self._notes:
            log.info(text)
            self._notes[text] = None

    def close(self) -> None:
        """Close the connections, and the file of what is kept."""
        self._fetcher.close()
        self._store.close()

    def direct(self, url: str) -> Fetched:
        """Fetch a page that a person asked for by itself, at once.

        Raises:
            SourceError: as :meth:`ringkas.sources.fetch.Fetcher.get`, here and below.
        """
        return self._fetcher.get(url)

    def paced(self, url: str) -> Fetched:
        """Fetch one of many pages, in its host's turn."""
        return self._fetcher.get(url, lambda hop: self._turn(hop, self.limits.delay))

    def polite(self, url: str) -> Fetched:
        """Fetch one of many pages that nobody chose one by one, if robots.txt has no objection.

        Raises:
            RobotsError: it has.
        """
        if not self.limits.respect_robots:
            return self.paced(url)
        return self._fetcher.get(url, self._permitted)

    def accept(self, article: Article, link: str | None = None) -> Article:
        """Return ``article``, found at ``link``, if it is new, and whole where that is asked for.

        Raises:
            DuplicateArticleError: it was read already.
            StubError: only its beginning is shown, and stubs are refused.
        """
        reason = article.notes.get("stub")
        if reason and self._stubs == "refuse":
            raise StubError(
                f"'{link or article.url or article.title}' shows only a part of the article: "
                f"{reason}. Open it in your browser and save the page, or leave it out."
            )
        self.seen.add(article, link)
        return article

    def _repetitions(self) -> str:
        if not self.duplicates:
            return ""
        return (
            f"{len(self.duplicates)} of the items came more than once and are read once; the "
            f"first of them: {self.duplicates[0].message}"
        )

    @contextmanager
    def _permitted(self, url: str) -> Iterator[None]:
        rules = self._robots.of(url)
        rules.require(url)
        pause = min(rules.pause, self.limits.max_wait)
        with self._turn(url, max(self.limits.delay, pause)):
            yield

    @contextmanager
    def _turn(self, url: str, pause: float) -> Iterator[None]:
        host = urlsplit(url).hostname or ""
        if self._silences[host] >= _MOST_SILENCES:
            raise UnreachableError(
                f"'{url}' was not asked for: '{host}' failed to answer {_MOST_SILENCES} times in "
                "a row. Try again later."
            )
        with TURNS.turn(host, pause, self.limits.max_wait):
            try:
                yield
            except UnreachableError:
                self._silences[host] += 1
                raise
            except FetchError:
                self._silences[host] = 0
                raise
            self._silences[host] = 0
