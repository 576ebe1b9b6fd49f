"""A news page in HTML: its article, with title, author, date, outlet and address."""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from ringkas.errors import BrokenFileError, EmptyArticleError, StubError, TooLargeError
from ringkas.settings import SourceSettings
from ringkas.sources.build import article_from_text
from ringkas.sources.characters import parseable
from ringkas.sources.decode import decode
from ringkas.sources.identity import canonical_url, source_name
from ringkas.sources.markup import page_credits, page_date, prune
from ringkas.sources.stubs import WALL, stub_of_page
from ringkas.sources.titles import without_entities
from ringkas.types import Article

# News pages have up to about 6,000 elements, 60 deep; extraction takes 0.2 ms for each.
_MOST_ELEMENTS = 30_000
_DEEPEST = 400
_ROBOT = re.compile(
    r"enable javascript|aktifkan javascript|verify you are (?:a )?human|checking your browser"
    r"|captcha|access denied|akses ditolak",
    re.IGNORECASE,
)
_COOKIES = re.compile(r"\bcookies?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """A parsed page: its element tree, and what was extracted from it.

    ``address`` is where it was found, ``url`` the canonical address that names the article.
    """

    tree: Any
    address: str | None
    url: str | None
    text: str
    title: str | None
    author: str | None
    sitename: str | None


def read_html(data: bytes, name: str, limits: SourceSettings, url: str | None = None) -> Article:
    """Return the article in an HTML file.

    Raises:
        BrokenFileError: the file is no text or no HTML.
        EmptyArticleError: the page holds no article, but a login wall, a list of links, ...
        TooLargeError: the page has far more elements than an article needs.
    """
    page = parse_page(decode(data, name), url, name)
    return article_of(page, page.text, name, limits)


def parse_page(html: str, url: str | None, name: str) -> Page:
    """Parse ``html`` and extract its article.

    Raises:
        BrokenFileError: it is no HTML.
        TooLargeError: it has far more elements, or deeper ones, than an article needs.
    """
    from trafilatura import bare_extraction

    tree = _parse(html, name)
    _require_sane(tree, name)
    address = url or _own_url(tree)
    body = prune(copy.deepcopy(tree))
    try:
        found = bare_extraction(
            body,
            url=address,
            include_comments=False,
            with_metadata=True,
            favor_recall=True,
            date_extraction_params={"extensive_search": False},  # ``page_date`` does that
        )
    except (RecursionError, ValueError) as error:
        raise BrokenFileError(
            f"{name} cannot be taken apart as HTML ({error}). Paste the article's text instead."
        ) from error
    return Page(
        tree=tree,
        address=address,
        url=_canonical(tree, address),
        text=getattr(found, "text", None) or "",
        title=getattr(found, "title", None),
        author=getattr(found, "author", None),
        sitename=getattr(found, "sitename", None),
    )


def article_of(page: Page, text: str, name: str, limits: SourceSettings) -> Article:
    """Return ``text``, taken from ``page`` and its following pages, as an Article.

    Where it is only the beginning of the article, ``notes["stub"]`` says how that is known.

    Raises:
        EmptyArticleError: fewer than ``limits.min_words`` words of article are there.
        StubError: little more is there than a login or subscription wall.
    """
    _require_open(page, text, name, limits)
    stub = stub_of_page(page.tree, text)
    outlet = source_name(page.url) if page.url else page.sitename
    return article_from_text(
        text,
        title=_without_site(without_entities(page.title or ""), page.sitename, outlet),
        url=page.url,
        source=outlet,
        published=page_date(page.tree),
        author=page.author,
        notes={**page_credits(page.tree), **({"stub": stub} if stub else {})},
        min_words=limits.min_words,
        name=name,
    )


def _parse(html: str, name: str) -> Any:
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    # An encoding declared inside a str makes lxml refuse it; the bytes are decoded already.
    html = re.sub(r"^\s*<\?xml[^>]*\?>", "", parseable(html), count=1)
    try:
        return document_fromstring(html, parser=HTMLParser(no_network=True, remove_pis=True))
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise BrokenFileError(
            f"{name} is not an HTML page ({error}). Open it in your browser, then save the page or "
            "paste its text."
        ) from error


def _require_sane(tree: Any, name: str) -> None:
    from lxml import etree

    count = depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        count += event == "start"
        if count > _MOST_ELEMENTS or depth > _DEEPEST:
            raise TooLargeError(
                f"{name} is no ordinary page: more than {_MOST_ELEMENTS:,} elements, or nested "
                f"more than {_DEEPEST} deep. Paste the article's text instead."
            )


def _require_open(page: Page, text: str, name: str, limits: SourceSettings) -> None:
    """Refuse a page whose little text is a login wall, a robot check or a cookie notice."""
    if len(text.split()) >= 3 * limits.min_words:
        return
    whole = " ".join(page.tree.text_content().split())
    for pattern, what, error in (
        (WALL, "a login or subscription wall", StubError),
        (_ROBOT, "a check that keeps programs out", EmptyArticleError),
    ):
        if pattern.search(whole):
            raise error(
                f"{name} shows {what} instead of the article. Open it in your browser, then save "
                "the page or paste its text."
            )
    if len(text.split()) < limits.min_words:
        what = "a cookie notice" if _COOKIES.search(text) else "a list of links or an empty page"
        raise EmptyArticleError(
            f"{name} holds no article ({len(text.split())} words, probably {what}); at least "
            f"{limits.min_words} words were expected. Give the address of one article, or paste "
            "its text."
        )


def _own_url(tree: Any) -> str | None:
    """The address that a saved page states for itself."""
    stated = tree.xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content")
    return next((url for url in stated if url.startswith(("http://", "https://"))), None)


def _canonical(tree: Any, url: str | None) -> str | None:
    """Return the canonical URL that a page states, if it is on the same site.

    Another site's address is not believed: it would replace that site's article in an index.
    """
    if not url:
        return None
    for stated in tree.xpath("//link[@rel='canonical']/@href"):
        try:
            target = urljoin(url, stated.strip())
            believed = _same_site(target, url) and urlsplit(target).path.strip("/")
        except ValueError:
            continue
        if believed:
            return canonical_url(target)
    return canonical_url(url)


def _same_site(one: str, other: str) -> bool:
    hosts = [
        re.sub(r"^(?:www|m|amp|mobile)\.", "", urlsplit(url).hostname or "") for url in (one, other)
    ]
    return hosts[0] == hosts[1] != ""


def _without_site(title: str, sitename: str | None, outlet: str | None) -> str:
    """Take "- Kompas.com" off the end of a title."""
    match = re.search(r"\s+[-|–—•]\s+([^-|–—•]{2,40})$", title)
    if not match:
        return title
    tail = re.sub(r"\W|com$", "", match[1].lower())
    names = [re.sub(r"\W|com$", "", name.lower()) for name in (sitename, outlet) if name]
    same = any(tail and (tail in name or name in tail) for name in names)
    return title[: match.start()] if same else title
