"""RSS and Atom feeds: each item's own page, or the full text where the feed carries it."""

from __future__ import annotations

import calendar
import dataclasses
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from ringkas.errors import (
    BrokenFileError,
    EmptyArticleError,
    RingkasError,
    TooLargeError,
    UnsupportedSourceError,
)
from ringkas.settings import SourceSettings
from ringkas.sources.build import article_from_text
from ringkas.sources.characters import parseable, without_forbidden_references
from ringkas.sources.failing import failure_of
from ringkas.sources.fetch import Fetcher
from ringkas.types import Article, Failure


def read_feed(
    data: bytes, name: str, limits: SourceSettings, fetcher: Fetcher | None = None
) -> Iterator[Article | Failure]:
    """Yield the articles of a feed, newest first as it lists them; a Failure for a broken item.

    Items past ``limits.max_feed_items`` are left out, which is a Failure too.

    With ``fetcher`` (a feed from the network) the items' pages are read, and the feed's own text
    where that fails. A feed file is read as it is; only items without text are fetched.

    Raises:
        UnsupportedSourceError: it is XML, but no feed.
        BrokenFileError: it is damaged beyond reading.
        EmptyArticleError: it has no items.
    """
    items = _items(data, name)
    from_network = fetcher is not None
    with fetcher or Fetcher(limits) as client:
        for number, item in enumerate(items[: limits.max_feed_items], start=1):
            where = f"{name}, item {number}"
            try:
                yield _article(item, where, limits, client, from_network)
            except Exception as error:
                yield failure_of(item.get("link") or where, error)
    if len(items) > limits.max_feed_items:
        left = TooLargeError(
            f"{name} has {len(items)} items; the first {limits.max_feed_items} are read. Raise "
            "sources.max_feed_items in the configuration to read the others."
        )
        yield Failure(name, left)


def _items(data: bytes, name: str) -> list[Any]:
    import feedparser

    # As Latin-1, every byte is a letter: references are ASCII in all encodings that feeds are in.
    sound = without_forbidden_references(data.decode("latin-1")).encode("latin-1")
    try:
        parsed = feedparser.parse(io.BytesIO(sound))
    except Exception as error:  # damaged feeds make its own parsers raise almost anything
        raise BrokenFileError(
            f"the feed {name} is damaged ({error}) and cannot be read."
        ) from error
    if parsed.entries:
        return list(parsed.entries)
    if not parsed.version:
        if parsed.bozo and not data.lstrip().startswith(b"<"):
            raise BrokenFileError(f"{name} is not XML ({parsed.bozo_exception}).")
        raise UnsupportedSourceError(
            f"{name} is XML, but no RSS or Atom feed. Give the address of a feed or of an article."
        )
    if parsed.bozo:
        raise BrokenFileError(
            f"the feed {name} is damaged ({parsed.bozo_exception}) and no item can be read."
        )
    raise EmptyArticleError(f"the feed {name} has no items.")


def _article(
    item: Any, where: str, limits: SourceSettings, fetcher: Fetcher, page_first: bool
) -> Article:
    link = _link(item)
    if link and page_first:
        try:
            return _with_dates(_fetched(link, fetcher, limits), item)
        except RingkasError:
            if not _carried(item, limits):
                raise
    if _carried(item, limits) or not link:
        return _own(item, where, limits)
    return _with_dates(_fetched(link, fetcher, limits), item)


def _fetched(link: str, fetcher: Fetcher, limits: SourceSettings) -> Article:
    from ringkas.sources.web import fetch_article

    return fetch_article(link, fetcher, limits)


def _own(item: Any, where: str, limits: SourceSettings) -> Article:
    """Return the article that the feed itself carries."""
    return article_from_text(
        _text(item),
        title=item.get("title"),
        url=_link(item),
        published=_published(item),
        author=item.get("author"),
        min_words=limits.min_words,
        name=where,
    )


def _with_dates(article: Article, item: Any) -> Article:
    """Fill in from the feed what the page does not state."""
    return dataclasses.replace(
        article,
        published=article.published or _published(item),
        author=article.author or item.get("author"),
    )


def _carried(item: Any, limits: SourceSettings) -> bool:
    """Whether the feed carries a whole text (content, not only a summary) of this item."""
    return bool(item.get("content")) and len(_text(item).split()) >= limits.min_words


def _text(item: Any) -> str:
    from lxml import html

    contents = [content.get("value", "") for content in item.get("content", [])]
    markup = parseable(max([*contents, item.get("summary", "")], key=len))
    if not markup.strip():
        return ""
    tree = html.fragment_fromstring(markup, create_parent="div")
    for block in tree.iter("p", "div", "br", "li", "h1", "h2", "h3", "h4", "blockquote"):
        block.tail = "\n\n" + (block.tail or "")
    return str(tree.text_content())


def _link(item: Any) -> str | None:
    link = str(item.get("link") or "").strip()
    return link if link.startswith(("http://", "https://")) else None


def _published(item: Any) -> datetime | None:
    """Return the item's date with its own time zone, or in UTC as feedparser reads it."""
    from ringkas.text.dates import parse_date

    stated = item.get("published") or item.get("updated") or ""
    moment = parse_date(stated)
    parsed = item.get("published_parsed") or item.get("updated_parsed")
    if moment is None and parsed:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC)
    return moment
