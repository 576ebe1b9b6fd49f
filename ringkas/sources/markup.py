"""What only the markup of a page tells: links to other articles, and the date in full."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from ringkas.sources.dating import is_ahead
from ringkas.sources.linked_data import linked_objects
from ringkas.text.dates import parse_date
from ringkas.text.furniture import LABEL, credits

_LABEL = re.compile(rf"[\W_]*{LABEL}\b\W*", re.IGNORECASE)
_LONGEST_LINK_BLOCK = 250
_BLOCKS = "p|div|strong|b|em|aside|section|table|ul|li|span|blockquote|h2|h3|h4|h5"
# Blocks that detik, kompas, tribun and tempo put inside the body of an article.
_INSERTS = re.compile(
    r"\b(?:linksisip\w*|parallax\w*|video-?20detik|lihatjg|baca-?juga|bacajuga|read-?also"
    r"|related-?(?:article|post|news|link)s?|newsletter\w*|social-?share|share-?\w*buttons?|sisip\w*"
    r"|advertisement|ads?-slot|inread|paradetail)\b",
    re.IGNORECASE,
)
_META_DATES = (
    "//meta[@property='article:published_time']/@content",
    "//meta[@itemprop='datePublished']/@content",
    "//meta[@name='publishdate' or @name='pubdate' or @name='content_PublishedDate']/@content",
    "//meta[@name='date' or @name='dc.date' or @name='DC.date.issued']/@content",
    "//*[@itemprop='datePublished']/@datetime",
    "//article//time/@datetime | //header//time/@datetime",
    "//time[@pubdate]/@datetime",
)
_VISIBLE_DATES = (
    "//time | //*[contains(@class,'date') or contains(@class,'time') or contains(@class,'tanggal')]"
)
_LONGEST_DATE = 120
_LONGEST_TRAILER = 160


def prune(tree: Any) -> Any:
    """Remove, in place, blocks that hold only "Baca juga" and links; return ``tree``."""
    for element in list(tree.iter("script", "style", "template")):
        element.drop_tree() if element.getparent() is not None else None
    for element in list(tree.iter(*_BLOCKS.split("|"))):
        if element.getparent() is not None and _is_insert(element):
            element.drop_tree()
    return tree


def page_date(tree: Any) -> datetime | None:
    """Return when the page was published: the first date that states its time zone, or any.

    A date ahead is passed over: it is that of an event, or a mistake.
    """
    stated = map(parse_date, _stated_dates(tree))
    dates = [moment for moment in stated if moment and not is_ahead(moment)]
    return next((moment for moment in dates if moment.tzinfo), dates[0] if dates else None)


def page_credits(tree: Any) -> dict[str, str]:
    """Return the people named in the page's trailers ("Pewarta: …"), by role."""
    found: dict[str, str] = {}
    for element in tree.iter("p", "div", "span", "small"):
        lines = [" ".join(text.split()) for text in element.itertext()]
        if sum(map(len, lines)) <= _LONGEST_TRAILER:
            for line in lines:
                found |= {role: name for role, name in credits(line).items() if role not in found}
    return found


def _is_insert(element: Any) -> bool:
    if _INSERTS.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
        return len(element.text_content()) <= 4 * _LONGEST_LINK_BLOCK
    text = element.text_content()
    if len(text) > _LONGEST_LINK_BLOCK or not _LABEL.match(text):
        return False
    linked = " ".join(link.text_content() for link in element.iter("a"))
    label = _LABEL.match(text)
    rest = text[label.end() :] if label else text
    return bool(linked.strip()) and len("".join(linked.split())) >= 0.8 * len("".join(rest.split()))


def _stated_dates(tree: Any) -> Iterator[str]:
    yield from _json_dates(tree)
    for path in _META_DATES:
        yield from tree.xpath(path)
    for element in tree.xpath(_VISIBLE_DATES):
        text = " ".join(element.text_content().split())
        if len(text) <= _LONGEST_DATE:
            yield text


def _json_dates(tree: Any) -> Iterator[str]:
    for item in linked_objects(tree):
        if isinstance(item.get("datePublished"), str):
            yield item["datePublished"]
