"""Articles that a site splits over several pages, joined in order.

Known shapes: "?page=2" (detik, tribun), "?page=all" (kompas), "/2" and "/page/2" (tempo and
others), and links named "Halaman 2". Links to other articles never match: the address must be
that of the article with a page number added.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from ringkas.errors import FetchError, RingkasError
from ringkas.settings import SourceSettings
from ringkas.sources.page import Page

Follow = Callable[[str], Page]

_PAGE_KEYS = frozenset({"page", "halaman", "hal", "p", "pg"})
_WHOLE = frozenset({("page", "all"), ("halaman", "all"), ("single", "1"), ("showpage", "all")})
_NUMBERED_NAME = re.compile(r"(?:halaman|page|hal\.?)?\s*(\d{1,2})", re.IGNORECASE)
_PATH_TAIL = re.compile(r"/(?:(?:page|halaman)[/-])?(\d{1,2})/?")
_REPEATED_WORDS = 5


def first_page(url: str) -> str:
    """Return ``url`` without a page number, so that reading starts where the article does."""
    parts = urlsplit(url)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(key, value) for key, value in pairs if not _is_page_number(key, value)]
    return url if kept == pairs else urlunsplit(parts._replace(query=urlencode(kept)))


def joined_text(first: Page, follow: Follow, limits: SourceSettings) -> str:
    """Return the text of an article's first page and of all that follow it.

    Raises:
        FetchError: a following page cannot be read; half an article is never given for a whole.
        EmptyArticleError: as :func:`ringkas.sources.page.parse_page`.
    """
    whole = _whole_link(first)
    if whole:
        text = _attempt(whole, follow)
        if len(text) >= len(first.text):
            return text
    return _numbered(first, follow, limits)


def _attempt(url: str, follow: Follow) -> str:
    """A failing "all on one page" is no loss: the numbered pages hold the same."""
    try:
        return follow(url).text
    except RingkasError:
        return ""


def _numbered(first: Page, follow: Follow, limits: SourceSettings) -> str:
    links = _page_links(first, first.address)
    paragraphs = first.text.split("\n")
    number = 2
    while number in links:
        if number > limits.max_pages:
            raise FetchError(
                f"'{first.address}' has more than {limits.max_pages} pages. Raise "
                "sources.max_pages in the configuration to read all of it."
            )
        page = _following(links[number], follow, number, first)
        fresh = _fresh(page, paragraphs, first.title)
        if not fresh:
            break  # the same page again: a comment pager, or a site without that page
        paragraphs += fresh
        links |= _page_links(page, first.address)
        number += 1
    return "\n".join(paragraphs)


def _following(url: str, follow: Follow, number: int, first: Page) -> Page:
    try:
        return follow(url)
    except RingkasError as error:
        raise FetchError(f"page {number} of '{first.address}' cannot be read: {error}") from error


def _fresh(page: Page, seen: list[str], title: str | None) -> list[str]:
    """Drop what a site repeats on each page: the title, the lead, the caption."""
    known = {line for line in seen if len(line.split()) >= _REPEATED_WORDS}
    known |= {name for name in (title, page.title) if name}
    return [line for line in page.text.split("\n") if line.strip() and line not in known]


def _whole_link(page: Page) -> str | None:
    for url, _ in _links(page):
        added = _added_query(url, page.address)
        if added and added <= _WHOLE:
            return url
    return None


def _page_links(page: Page, base: str | None) -> dict[int, str]:
    """Return the addresses of the article's pages by their number."""
    found: dict[int, str] = {}
    for url, name in _links(page):
        number = _page_number(url, name, base)
        if number and number > 1:
            found.setdefault(number, url)
    return found


def _links(page: Page) -> list[tuple[str, str]]:
    """Return addresses and names of the links of a page that stay on its host."""
    if not page.address:
        return []
    found = []
    for element in page.tree.xpath("//a[@href] | //link[@rel='next' and @href]"):
        try:
            url = urljoin(page.address, element.get("href").strip())
            host = urlsplit(url).hostname
        except ValueError:
            continue
        if host == urlsplit(page.address).hostname:
            found.append((url.split("#", 1)[0], " ".join(element.text_content().split())))
    return found


def _page_number(url: str, name: str, base: str | None) -> int | None:
    added = _added_query(url, base)
    if added and len(added) == 1:
        key, value = next(iter(added))
        return int(value) if _is_page_number(key, value) else None
    tail = _added_path(url, base)
    match = _PATH_TAIL.fullmatch(tail) if tail else None
    if match:
        return int(match[1])
    named = _NUMBERED_NAME.fullmatch(name)
    return int(named[1]) if tail and named else None


def _added_query(url: str, base: str | None) -> set[tuple[str, str]]:
    """Return what the query of ``url`` has more than that of ``base``, if the path is the same."""
    ours, theirs = urlsplit(base or ""), urlsplit(url)
    if ours.path.rstrip("/") != theirs.path.rstrip("/"):
        return set()
    return set(parse_qsl(theirs.query)) - set(parse_qsl(ours.query))


def _added_path(url: str, base: str | None) -> str:
    """Return what the path of ``url`` has more than that of ``base``, below a front page."""
    path = urlsplit(base or "").path.rstrip("/")
    longer = urlsplit(url).path
    return longer[len(path) :] if path and longer.startswith(path + "/") else ""


def _is_page_number(key: str, value: str) -> bool:
    return key.lower() in _PAGE_KEYS and value.isdigit() and len(value) <= 2
