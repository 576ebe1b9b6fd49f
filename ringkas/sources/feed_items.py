"""The items of a feed, however it is encoded, broken off or malformed."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from ringkas.errors import (
    BrokenFileError,
    EmptyArticleError,
    SourceError,
    TooLargeError,
    UnsupportedSourceError,
)
from ringkas.settings import SourceSettings
from ringkas.sources.characters import parseable
from ringkas.sources.dating import item_date
from ringkas.sources.decode import decode

_START = re.compile(r"<\?xml|<(?:\w+:)?(?:rss|feed|rdf)\b", re.IGNORECASE)
_DECLARATION = re.compile(r"\A<\?xml[^>]*\?>", re.IGNORECASE)
_END = re.compile(r"</(?:\w+:)?(?:rss|feed|rdf)\s*>", re.IGNORECASE)
_END_WITHIN = 2000  # statistics in comments follow the last tag of many feeds
_NO_MARKUP = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)", re.DOTALL)
_OPENING = re.compile(r"<(?:rss:|atom:)?(?:item|entry)(?:\s[^<>]*)?>", re.IGNORECASE)
_CLOSING = re.compile(r"</(?:rss:|atom:)?(?:item|entry)\s*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FeedItems:
    """A feed's items as feedparser gives them, and what of the feed is lost, if anything.

    ``base`` is the address that relative links are resolved against where the feed names none.
    """

    items: tuple[Any, ...]
    flaws: tuple[SourceError, ...]
    base: str | None

    def link(self, item: Any) -> str | None:
        """Return the absolute http(s) address of an item's page, or None.

        A site's front page is none: in some feeds it stands for all of them.
        """
        stated = str(item.get("feedburner_origlink") or item.get("link") or "").strip()
        try:
            link = urljoin(self.base or "", stated) if stated else ""
            parts = urlsplit(link)
        except ValueError:  # named as it is when it cannot be fetched
            return stated if stated.startswith(("http:", "https:")) else None
        named = parts.hostname and (parts.path.strip("/") or parts.query)
        return link if named and parts.scheme in ("http", "https") else None


def feed_items(
    data: bytes,
    name: str,
    limits: SourceSettings,
    url: str | None = None,
    charset: str | None = None,
) -> FeedItems:
    """Return the items of a feed found at ``url`` and sent as ``charset``, in the feed's order.

    Where there are more than ``limits.max_feed_items``, the newest are returned, which a flaw says.

    Raises:
        UnsupportedSourceError: it is XML, but no feed.
        BrokenFileError: it is damaged beyond reading.
        EmptyArticleError: it has no items.
    """
    text = _sound(decode(data, name, charset))
    parsed = _parsed(text, name, url)
    items = list(parsed.entries)
    if not items:
        raise _no_items(parsed, text, name)
    flaws: list[SourceError] = []
    bare = _NO_MARKUP.sub("", text)
    if not _END.search(bare[-_END_WITHIN:]):
        if _is_open(bare):
            items = items[: len(_CLOSING.findall(bare))]
        flaws.append(_broken_off(name, len(items)))
    elif (lost := len(_OPENING.findall(bare)) - len(items)) > 0:
        flaws.append(BrokenFileError(f"{name} is damaged, and {lost} of its items are lost."))
    if len(items) > limits.max_feed_items:
        flaws.append(_too_many(name, len(items), limits))
        items = _newest(items, limits.max_feed_items)
    return FeedItems(tuple(items), tuple(flaws), url or parsed.feed.get("link"))


def _sound(text: str) -> str:
    """Take out what no parser reads, and what the server printed before the feed."""
    start = _START.search(text)
    return _DECLARATION.sub("", parseable(text[start.start() :] if start else text), count=1)


def _parsed(text: str, name: str, url: str | None) -> Any:
    import feedparser

    headers = {"content-type": "application/xml; charset=utf-8"}
    if url:
        headers["content-location"] = url
    try:
        # Of markup inside the items only the text is taken: no need to clean it, twice as fast.
        return feedparser.parse(
            io.BytesIO(text.encode()),
            response_headers=headers,
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception as error:  # damaged feeds make its own parsers raise almost anything
        raise BrokenFileError(
            f"the feed {name} is damaged ({error}) and cannot be read."
        ) from error


def _no_items(parsed: Any, text: str, name: str) -> SourceError:
    if not parsed.get("version"):  # of an empty text nothing at all is said
        if parsed.bozo and not text.lstrip().startswith("<"):
            return BrokenFileError(f"{name} is not XML ({parsed.bozo_exception}).")
        return UnsupportedSourceError(
            f"{name} is XML, but no RSS or Atom feed. Give the address of a feed or of an article."
        )
    if parsed.bozo:
        return BrokenFileError(
            f"the feed {name} is damaged ({parsed.bozo_exception}) and no item can be read."
        )
    return EmptyArticleError(f"the feed {name} has no items.")


def _is_open(bare: str) -> bool:
    """Whether the feed breaks off within an item, of which nothing can be believed."""
    return len(_OPENING.findall(bare)) > len(_CLOSING.findall(bare))


def _broken_off(name: str, whole: int) -> BrokenFileError:
    return BrokenFileError(
        f"the feed {name} breaks off after {whole} whole items; what followed is lost. Try again "
        "later."
    )


def _too_many(name: str, count: int, limits: SourceSettings) -> TooLargeError:
    return TooLargeError(
        f"{name} has {count} items; the first {limits.max_feed_items} are read, by date where "
        "all have one. Raise sources.max_feed_items in the configuration to read the others."
    )


def _newest(items: list[Any], most: int) -> list[Any]:
    """Return the newest items in the feed's order: not every feed begins with them."""
    dates = [item_date(item) for item in items]
    stamps = [moment.timestamp() for moment in dates if moment]
    if len(stamps) < len(items):
        return items[:most]
    places = sorted(range(len(items)), key=lambda place: -stamps[place])[:most]
    return [items[place] for place in sorted(places)]
