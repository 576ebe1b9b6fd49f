"""Articles of which only the beginning is shown: what gives a teaser away.

A teaser summarized is a wrong summary that looks right, while a whole article taken for a teaser
is lost. So a sign counts only where it is hard to explain otherwise: of 7,919 Indonesian and
1,762 English news texts, which are whole, `docs/feeds.md` tells how many are taken for stubs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ringkas.sources.linked_data import linked_objects

# A quarter of Indonesian news articles have fewer words, a teaser rarely as many.
_SHORT = 150
_LONG = 200  # a page that says it is locked and shows more is often open to programs, or metered
_WHOLE = 0.8  # of the words that the page says the article has
_LONGEST_INVITATION = 40  # words
_TAIL = 200  # characters of the last paragraph in which its end is looked for
_BRACKETED = re.compile(r"[\[(](?:…|\.{2,3}|&hellip;)[\])]\W*$")
_ELLIPSIS = re.compile(r"(?:…|\.\.\.)[\"”’')]*\s*$")
_LOADING = re.compile(r"\W*(?:loading|memuat)\W*", re.IGNORECASE)
_MORE = re.compile(
    r"(?:\b(?:baca )?selengkapnya|\blanjut(?:kan)? membaca|\bcontinue reading|\bread more"
    r"|\bread the (?:full|whole) (?:story|article))\W*$",
    re.IGNORECASE,
)
_NEXT_PAGE = re.compile(
    r"(?:lanjut|bersambung|berlanjut|ada|simak|baca)\b[^.]{0,40}\bhalaman"
    r" (?:berikut(?:nya)?|selanjutnya|\d{1,2})\W*$",
    re.IGNORECASE,
)
WALL = re.compile(
    r"silakan (?:login|masuk|log in)|masuk untuk (?:membaca|melanjutkan)|berlangganan untuk"
    r"|khusus (?:untuk )?pelanggan|konten premium|log ?in to (?:continue|read)"
    r"|sign in to (?:continue|read)|subscribe (?:now )?to (?:continue|read)|subscribers? only"
    r"|already a subscriber|create (?:a free )?account to",
    re.IGNORECASE,
)
_WALL_NAME = re.compile(
    r"paywall|regwall|subscri(?:be|ption)-?wall|piano-(?:offer|container)|premium-?(?:wall|gate)"
    r"|subscriber-only|konten-?premium|berlangganan",
    re.IGNORECASE,
)


def stub_of_text(text: str) -> str:
    """Return why ``text``, as it was found, is only the beginning of an article, or ""."""
    lines = [line for line in text.split("\n") if line.strip() and not _LOADING.fullmatch(line)]
    if not lines:
        return ""
    last, words = lines[-1].strip()[-_TAIL:], len(text.split())
    if _BRACKETED.search(last):
        return f"it ends in “{last[-20:].split(' ')[-1]}” after {words} words"
    if _NEXT_PAGE.search(last):
        return f"it goes on elsewhere (“…{last[-40:]}”)"
    if words < _SHORT and (_ELLIPSIS.search(last) or _MORE.search(last)):
        return f"it breaks off after {words} words (“…{last[-30:]}”)"
    invited = next((line for line in lines[-2:] if _invites(line)), None)
    return f"it ends with a call to subscribe or log in after {words} words" if invited else ""


def stub_of_page(tree: Any, text: str) -> str:
    """Return why the page ``tree`` shows only the beginning of its article, ``text``, or ""."""
    words = len(text.split())
    stated = max(_stated_words(tree), default=0)
    if stated and words >= _WHOLE * stated:
        return stub_of_text(text)
    locked = _is_locked(tree)
    if locked and stated and words < stated / 2:
        return f"it shows {words} of {stated} words, the rest is for subscribers"
    if locked and words < _LONG:
        return f"it is for subscribers, as the page says, and shows only {words} words"
    if words < _LONG and _has_wall(tree):
        return f"a subscription wall follows after {words} words"
    return stub_of_text(text)


def _invites(line: str) -> bool:
    return len(line.split()) <= _LONGEST_INVITATION and WALL.search(line) is not None


def _is_locked(tree: Any) -> bool:
    """Whether the publisher tells search engines that the article is not free to read."""
    stated = [item["isAccessibleForFree"] for item in _articles(tree, "isAccessibleForFree")]
    return any(value is False or str(value).strip().lower() == "false" for value in stated)


def _stated_words(tree: Any) -> Iterator[int]:
    for item in _articles(tree, "wordCount"):
        text = str(item["wordCount"]).strip()
        if text.isdecimal():
            yield int(text[:6])


def _articles(tree: Any, key: str) -> Iterator[dict[str, Any]]:
    yield from (item for item in linked_objects(tree) if key in item)


def _has_wall(tree: Any) -> bool:
    for element in tree.xpath("//*[@class or @id]"):
        if _WALL_NAME.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
            text = " ".join(element.text_content().split())
            if WALL.search(text):
                return True
    return False
