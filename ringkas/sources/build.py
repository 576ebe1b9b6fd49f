"""From raw text and what is known about it to an Article."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from ringkas.errors import EmptyArticleError
from ringkas.sources.identity import article_id, canonical_url, source_name, web_address
from ringkas.text.clean import clean, clean_line
from ringkas.text.dates import is_date_line, parse_date
from ringkas.text.language import detect_language
from ringkas.types import Article, Language

_TITLE_WORDS = 22  # the longest headline in 8,025 Indonesian news articles has 21 words
_DERIVED_WORDS = 12
_BY = re.compile(r"^(?:oleh|by)\b[\s:]+", re.IGNORECASE)
_HEAD = 4  # a page's dateline stands within its first paragraphs


def article_from_text(
    text: str,
    title: str | None = None,
    url: str | None = None,
    *,
    source: str | None = None,
    published: datetime | str | None = None,
    author: str | None = None,
    language: Language | None = None,
    notes: Mapping[str, str] | None = None,
    min_words: int = 1,
    name: str = "the text",
) -> Article:
    """Clean ``text`` and return it as an Article.

    Without ``title``, a first short line that is no sentence is taken for it. ``published`` may
    be a date in words; ``language`` is detected when not given. ``name`` stands for the input in
    errors.

    Raises:
        EmptyArticleError: fewer than ``min_words`` words are left after cleaning.
    """
    cleaned = clean(text)
    paragraphs, stated = _take_date(cleaned.text.split("\n\n"))
    heading, paragraphs = _take_title(paragraphs, clean_line(title or ""))
    body = "\n\n".join(paragraphs)
    _require_words(body, min_words, name)
    given = {role: note for role, text in (notes or {}).items() if (note := clean_line(text))}
    people = {**given, **cleaned.notes}
    url, source = web_address(clean_line(url or "")), clean_line(source or "") or None
    return Article(
        id=article_id(url, f"{heading}\n{body}"),
        title=heading or _derived_title(body),
        text=body,
        language=language or detect_language(f"{heading}\n\n{body}"),
        url=canonical_url(url) if url else None,
        source=source or (source_name(url) if url else None),
        published=_as_date(published) or stated,
        author=_name(author or "") or people.get("writer") or people.get("reporter"),
        notes=people,
    )


def _name(byline: str) -> str:
    """Return a name without the "Oleh" or "By" that pages put before it."""
    return _BY.sub("", clean_line(byline))


def _require_words(body: str, min_words: int, name: str) -> None:
    words = len(body.split())
    if words < min_words:
        found = f"only {words} word{'s' if words > 1 else ''}" if words else "no text"
        raise EmptyArticleError(
            f"{name} holds {found} after cleaning; an article of at least {min_words} words was "
            "expected. Give the whole article, or lower sources.min_words in the configuration."
        )


def _take_date(paragraphs: list[str]) -> tuple[list[str], datetime | None]:
    """Take a line that is only a date out of the head of the text."""
    for place, paragraph in enumerate(paragraphs[:_HEAD]):
        if len(paragraphs) > 1 and is_date_line(paragraph):
            return paragraphs[:place] + paragraphs[place + 1 :], parse_date(paragraph)
    return paragraphs, None


def _take_title(paragraphs: list[str], title: str) -> tuple[str, list[str]]:
    """Return the title and the paragraphs without it."""
    first = paragraphs[0].lstrip("# ")
    if title:
        repeated = len(paragraphs) > 1 and first.casefold() == title.casefold()
        return title, paragraphs[1:] if repeated else paragraphs
    if len(paragraphs) > 1 and _is_title(first, paragraphs[0]):
        return first, paragraphs[1:]
    return "", paragraphs


def _is_title(first: str, raw: str) -> bool:
    if len(first.split()) > _TITLE_WORDS or not first:
        return False
    return raw.startswith("# ") or not first.endswith((".", ",", ";", ":", '."', ".”", ".)"))


def _derived_title(body: str) -> str:
    """Name an untitled article by its first words; the ellipsis shows that it is cut."""
    words = body.split("\n\n", 1)[0].split()
    return " ".join(words[:_DERIVED_WORDS]) + ("…" if len(words) > _DERIVED_WORDS else "")


def _as_date(published: datetime | str | None) -> datetime | None:
    return parse_date(published) if isinstance(published, str) else published
