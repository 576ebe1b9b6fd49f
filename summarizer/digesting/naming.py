"""How sources, days and conflicts read in the digest, in Indonesian and English."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from ringkas.types import Article, OutputLanguage

_FILE = Path(__file__).with_name("wording.toml")
_LONGEST_TITLE = 60


def source_name(article: Article) -> str:
    """Return the outlet's name, its address, or else the title in quotation marks."""
    if article.source:
        return article.source
    if article.url and (host := urlsplit(article.url).hostname):
        return host.removeprefix("www.")
    title = " ".join(article.title.split())
    return f"“{title if len(title) <= _LONGEST_TITLE else title[: _LONGEST_TITLE - 1] + '…'}”"


def source_names(articles: Iterable[Article], language: OutputLanguage) -> str:
    """Return "A", "A dan B" or "A, B, and C", each outlet once."""
    names = list(dict.fromkeys(source_name(article) for article in articles))
    words = wording(language)
    if len(names) < 3:
        return words["two"].join(names)
    return f"{', '.join(names[:-1])}{words['last']}{names[-1]}"


def days_of(moments: Sequence[datetime | None], language: OutputLanguage) -> list[str]:
    """Return each moment as a day, with the clock where several days are the same.

    The year is told where the moments are of several years. Unknown moments are empty.
    """
    known = [moment for moment in moments if moment is not None]
    years = len({moment.year for moment in known}) > 1
    shared = len({moment.date() for moment in known}) < len(known)
    return [_day(moment, language, years, shared) if moment else "" for moment in moments]


def _day(moment: datetime, language: OutputLanguage, year: bool, clock: bool) -> str:
    words = wording(language)
    day = f"{moment.day} {words['months'].split()[moment.month - 1]}"
    day = f"{day} {moment.year}" if year else day
    told = clock and bool(moment.hour or moment.minute)
    return f"{day}, {moment.strftime(words['clock'])}" if told else day


@cache
def wording(language: OutputLanguage) -> Mapping[str, str]:
    """Return the phrases of a language, from ``wording.toml``."""
    table: dict[str, dict[str, str]] = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return table[language]
