"""What stands at a URL: a page (with its following pages), a feed, or a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from ringkas.errors import UnsupportedSourceError
from ringkas.settings import SourceSettings
from ringkas.sources.addresses import require_web
from ringkas.sources.decode import decode
from ringkas.sources.fetch import Fetched, Fetcher
from ringkas.sources.files import Kind, kind_of_name, read_bytes, sniff
from ringkas.sources.page import Page, article_of, parse_page
from ringkas.sources.paging import first_page, joined_text
from ringkas.types import Article, Failure

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


def read_url(url: str, limits: SourceSettings) -> Iterator[Article | Failure]:
    """Yield the article or articles at ``url``.

    Raises:
        FetchError: it cannot be fetched.
        SourceError: it is of an unknown kind, too large, damaged, or holds no article.
    """
    require_web(url)
    with Fetcher(limits) as fetcher:
        fetched = fetcher.get(first_page(url))
        kind = _kind(fetched)
        if kind == "html":
            yield page_article(fetched, fetcher, limits)
        elif kind == "feed":
            from ringkas.sources.feed import read_feed

            yield from read_feed(fetched.data, url, limits, fetcher)
        else:
            yield from read_bytes(fetched.data, fetched.url, limits, kind, fetched.url)


def fetch_article(url: str, fetcher: Fetcher, limits: SourceSettings) -> Article:
    """Return the article on the page at ``url``.

    Raises:
        SourceError: as for :func:`read_url`.
    """
    require_web(url)
    fetched = fetcher.get(first_page(url))
    if _kind(fetched) != "html":
        raise UnsupportedSourceError(f"'{url}' is a {fetched.content_type} file, not a page.")
    return page_article(fetched, fetcher, limits)


def page_article(fetched: Fetched, fetcher: Fetcher, limits: SourceSettings) -> Article:
    """Return the article that begins on a fetched page, its following pages joined."""

    def follow(url: str) -> Page:
        return _page(fetcher.get(url))

    page = _page(fetched)
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
