"""The feed that a page names: what is given for a feed is often the site's front page."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urljoin, urlsplit

_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/rdf+xml"})
_COMMENTS = re.compile(r"comments?|komentar", re.IGNORECASE)
_FEEDLIKE = re.compile(r"(?:^|[/._-])(?:rss|feeds?|atom|xml)(?=$|[/._-])", re.IGNORECASE)


def feed_of(tree: Any, url: str) -> str | None:
    """Return the address of the first feed that a page names in its head, comments aside."""
    base = next(iter(tree.xpath("//base/@href")), "")
    for link in tree.xpath("//link[@href and @type]"):
        relations = (link.get("rel") or "").lower().split()
        kind = link.get("type").split(";")[0].strip().lower()
        if "alternate" not in relations or kind not in _TYPES:
            continue
        if _COMMENTS.search(f"{link.get('title') or ''} {link.get('href')}"):
            continue
        try:
            return str(urljoin(urljoin(url, base), link.get("href").strip()))
        except ValueError:
            continue
    return None


def stands_for_feed(url: str) -> bool:
    """Tell whether an address is meant for a feed: it says so, or is a site's front page."""
    path = urlsplit(url).path
    return not path.strip("/") or _FEEDLIKE.search(path) is not None


def may_stand_for_feed(url: str) -> bool:
    """Tell whether an address, where there is no article, may be meant for a feed.

    That of an article never is: a wall in its place must not become the whole site's feed.
    """
    path = urlsplit(url).path
    return len(path.strip("/").split("/")) == 1 and not re.search(r"\d|-.*-", path)
