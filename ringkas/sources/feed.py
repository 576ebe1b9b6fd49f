"""RSS and Atom feeds: each item's own page, or the full text where the feed carries it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import nullcontext
from typing import Any

from ringkas.errors import DuplicateArticleError, RingkasError
from ringkas.settings import Settings, SourceSettings
from ringkas.sources.build import article_from_text
from ringkas.sources.characters import parseable
from ringkas.sources.crawl import Crawl
from ringkas.sources.dating import believable, item_date
from ringkas.sources.failing import failure_of
from ringkas.sources.feed_items import FeedItems, feed_items
from ringkas.sources.fetch import Fetched
from ringkas.sources.stubs import stub_of_text
from ringkas.sources.titles import plain_title
from ringkas.types import Article, Failure

# A page that shows less of the text that its own feed carries, shows a part of it.
_LESS = 0.6


def read_feed(
    data: bytes,
    name: str,
    limits: SourceSettings,
    crawl: Crawl | None = None,
    fetched: Fetched | None = None,
) -> Iterator[Article | Failure]:
    """Yield the articles of a feed in its order; a Failure for a broken item.

    What the crawl has read already is not yielded again, but put with ``crawl.duplicates``.

    Items past ``limits.max_feed_items`` are left out, which is a Failure too, and so is what is
    lost of a damaged feed.

    With ``fetched`` (a feed from the network) the items' pages are read, and the feed's own text
    where that fails or holds more. A feed file is read as it is; only items without text are
    fetched. Pages are fetched by ``crawl``, if robots.txt has no objection.

    Raises:
        UnsupportedSourceError: it is XML, but no feed.
        BrokenFileError: it is damaged beyond reading.
        EmptyArticleError: it has no items.
    """
    url, charset = (fetched.url, fetched.charset) if fetched else (None, None)
    feed = feed_items(data, name, limits, url, charset)
    with nullcontext(crawl) if crawl else Crawl(Settings(sources=limits)) as client:
        for number, item in enumerate(feed.items, start=1):
            reader = _Item(item, feed, f"{name}, item {number}", client)
            try:
                yield reader.read(page_first=fetched is not None)
            except DuplicateArticleError as error:
                client.duplicates.append(Failure(reader.link or reader.name, error))
            except Exception as error:
                yield failure_of(reader.link or reader.name, error)
    yield from (Failure(name, flaw) for flaw in feed.flaws)


class _Item:
    """One item of a feed, and how its article is come by."""

    def __init__(self, item: Any, feed: FeedItems, name: str, crawl: Crawl) -> None:
        self.name = name
        self.link = feed.link(item)
        self._item = item
        self._crawl = crawl

    def read(self, page_first: bool) -> Article:
        """Return the article, from its page or from the feed.

        Raises:
            SourceError: neither has it, or it was read already.
        """
        if self.link:
            self._crawl.seen.require_new(self.link)
        own = self._text()
        carried = bool(self._item.get("content")) and self._enough(own)
        if not self.link or (carried and not page_first):
            article = self._own(own)
        else:
            article = self._better(own, carried)
        return self._crawl.accept(article, self.link)

    def _better(self, own: str, carried: bool) -> Article:
        """Return the page's article, or the feed's where there is none or it is shorter."""
        try:
            article = self._page()
        except RingkasError:
            if not carried:
                raise
            return self._own(own)
        shorter = len(article.text.split()) < _LESS * len(own.split())
        if carried and shorter and not stub_of_text(own):
            return self._own(own, article)
        return article

    def _page(self) -> Article:
        from ringkas.sources.web import fetch_article

        assert self.link is not None
        article = fetch_article(self.link, self._crawl.polite, self._crawl.limits)
        return dataclasses.replace(
            article,
            published=_first_believable(article.published, item_date(self._item)),
            author=article.author or self._item.get("author"),
        )

    def _own(self, text: str, page: Article | None = None) -> Article:
        """Return the article that the feed itself carries, dated by ``page`` where it has one."""
        stub = stub_of_text(text)
        return article_from_text(
            text,
            title=plain_title(self._item.get("title") or "") or None,
            url=page.url if page else self.link,
            published=_first_believable(item_date(self._item), page.published if page else None),
            author=self._item.get("author") or (page.author if page else None),
            notes={"stub": stub} if stub else None,
            min_words=self._crawl.limits.min_words,
            name=self.name,
        )

    def _enough(self, text: str) -> bool:
        return len(text.split()) >= self._crawl.limits.min_words

    def _text(self) -> str:
        from lxml import etree, html

        given = [*self._item.get("content", []), {"value": self._item.get("summary")}]
        markup = parseable(max((each.get("value") or "" for each in given), key=len))
        if not markup.strip():
            return ""
        tree = html.fragment_fromstring(markup, create_parent="div")
        etree.strip_elements(tree, etree.Comment, "script", "style", "template", with_tail=False)
        for block in tree.iter("p", "div", "br", "li", "h1", "h2", "h3", "h4", "blockquote"):
            block.tail = "\n\n" + (block.tail or "")
        return str(tree.text_content())


def _first_believable(*moments: Any) -> Any:
    return next(filter(believable, moments), None)
