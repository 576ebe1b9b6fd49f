"""What stands at a URL: a page (with its following pages), a feed, or a file."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from ringkas.errors import (
    DuplicateArticleError,
    EmptyArticleError,
    StubError,
    UnsupportedSourceError,
)
from ringkas.settings import Settings, SourceSettings
from ringkas.sources.addresses import require_web
from ringkas.sources.crawl import Crawl, Get
from ringkas.sources.decode import decode
from ringkas.sources.discovery import feed_of, may_stand_for_feed, stands_for_feed
from ringkas.sources.fetch import Fetched
from ringkas.sources.files import Kind, kind_of_name, read_bytes, sniff
from ringkas.sources.page import Page, article_of, parse_page
from ringkas.sources.paging import first_page, joined_text
from ringkas.types import Article, Failure

log = logging.getLogger(__name__)

_KINDS: dict[str, Kind] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/rss+xml": "feed",
    "application/atom+xml": "feed",
    "application/rdf+xml": "feed",
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "text/markdown": "markdown",
    "text/csv": "csv",
    "application/x-ndjson": "jsonl",
    "application/jsonl": "jsonl",
}
# These types say little; the name in the URL and the first bytes say more.
_VAGUE = frozenset(
    {"text/plain", "text/xml", "application/xml", "application/octet-stream", "application/json"}
)


def read_url(
    url: str, limits: SourceSettings, crawl: Crawl | None = None, *, listed: bool = False
) -> Iterator[Article | Failure]:
    """Yield the article or articles at ``url``.

    Arguments:
        url: the address of a page, feed or file.
        limits: as the configuration sets them.
        crawl: what this shares with other sources; without one, ``url`` is all that is wanted.
        listed: it stands in a list, and no person asked for it by itself: robots.txt is heeded.

    Raises:
        FetchError: it cannot be fetched.
        SourceError: it is of an unknown kind, too large, damaged, or holds no article.
    """
    require_web(url)
    if crawl is not None:
        yield from _read(url, crawl, crawl.polite if listed else crawl.paced)
        return
    with Crawl(Settings(sources=limits)) as alone:
        try:
            yield from _read(url, alone, alone.direct)
        finally:
            for note in alone.notes:
                log.warning(note)


def fetch_article(url: str, get: Get, limits: SourceSettings) -> Article:
    """Return the article on the page at ``url``, fetched by ``get``.

    Raises:
        SourceError: as for :func:`read_url`.
    """
    require_web(url)
    fetched = get(first_page(url))
    if _kind(fetched) != "html":
        raise UnsupportedSourceError(f"'{url}' is a {fetched.content_type} file, not a page.")
    return _article(_page(fetched), fetched, get, limits)


def _read(url: str, crawl: Crawl, get: Get) -> Iterator[Article | Failure]:
    fetched = get(first_page(url))
    kind = _kind(fetched)
    if kind == "feed":
        yield from _feed(url, fetched, crawl)
    elif kind == "html":
        yield from _from_page(url, fetched, crawl, get)
    else:
        yield from read_bytes(fetched.data, fetched.url, crawl.limits, kind, fetched.url)


def _from_page(url: str, fetched: Fetched, crawl: Crawl, get: Get) -> Iterator[Article | Failure]:
    """Yield the page's article, or the articles of the feed that it stands for."""
    page = _page(fetched)
    feed = feed_of(page.tree, fetched.url)
    if feed is None or not stands_for_feed(fetched.url):
        try:
            yield crawl.accept(_article(page, fetched, get, crawl.limits), url)
            return
        except DuplicateArticleError as error:
            crawl.duplicates.append(Failure(url, error))
            return
        except EmptyArticleError as error:
            walled = isinstance(error, StubError)
            if feed is None or walled or not may_stand_for_feed(fetched.url):
                raise
    yield from _named_feed(url, feed, crawl, get)


def _named_feed(url: str, feed: str, crawl: Crawl, get: Get) -> Iterator[Article | Failure]:
    found = get(feed)
    if _kind(found) != "feed":
        raise UnsupportedSourceError(
            f"'{url}' is a page, and the feed that it names, '{feed}', is none. Give the address "
            "of a feed or of an article."
        )
    crawl.note(f"'{url}' is a page, no feed; the feed that it names is read instead: {feed}")
    yield from _feed(feed, found, crawl)


def _feed(url: str, fetched: Fetched, crawl: Crawl) -> Iterator[Article | Failure]:
    from ringkas.sources.feed import read_feed

    if fetched.moved:
        crawl.note(f"the feed '{url}' has moved for good; its new address is {fetched.moved}")
    yield from read_feed(fetched.data, url, crawl.limits, crawl, fetched)


def _article(page: Page, fetched: Fetched, get: Get, limits: SourceSettings) -> Article:
    """Return the article that begins on a page, its following pages joined."""

    def follow(url: str) -> Page:
        return _page(get(url))

    return article_of(page, joined_text(page, follow, limits), f"'{fetched.url}'", limits)


def _page(fetched: Fetched) -> Page:
    name = f"'{fetched.url}'"
    return parse_page(decode(fetched.data, name, fetched.charset), fetched.url, name)


def _kind(fetched: Fetched) -> Kind:
    stated = _KINDS.get(fetched.content_type)
    if stated:
        return "feed" if stated == "html" and sniff(fetched.data) == "feed" else stated
    if fetched.content_type not in _VAGUE:
        raise UnsupportedSourceError(
            f"'{fetched.url}' is of a kind that cannot be read ({fetched.content_type}). Expected "
            "a page, a feed, or a PDF, DOCX, text or table file."
        )
    named = kind_of_name(PurePosixPath(urlsplit(fetched.url).path).name)
    return named or sniff(fetched.data)
