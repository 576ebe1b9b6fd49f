"""What an issue is made from: the articles given, the days, and the editor's wishes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from ringkas.cli.options import filters, open_index
from ringkas.settings import SectionSettings, Settings
from ringkas.types import Article, Failure, Tone

Bounds = tuple[date | None, date | None]
Step = Callable[[str, int, int | None], None]


def with_wishes(
    settings: Settings,
    stories: int | None,
    words: int | None,
    keywords: Sequence[str],
    sections: Sequence[str],
    tone: Tone | None,
) -> Settings:
    """Return the settings with what the command line says beside or in place of theirs."""
    own = settings.newsletter
    wishes = replace(
        own,
        stories=stories or own.stories,
        words=words or own.words,
        keywords=(*own.keywords, *keywords),
        sections=tuple(map(_section, sections)) or own.sections,
        tone=tone or own.tone,
    )
    return replace(settings, newsletter=wishes)


def _section(given: str) -> SectionSettings:
    name, _, description = given.partition(":")
    return SectionSettings(name.strip(), description.strip())


def bounds_of(
    since: datetime | None, until: datetime | None, days: int | None, settings: Settings
) -> Bounds:
    """Return the first and last day, both included.

    Raises:
        SummaryError: both a first day and a number of days are given.
    """
    first = since.date() if since else None
    last = until.date() if until else None
    if days is None:
        return first, last
    from summarizer.newsletters.issuing import last_days

    return last_days(days, first, last, settings.newsletter.time_zone)


def articles_of(
    sources: Sequence[str],
    settings: Settings,
    bounds: Bounds,
    outlets: Sequence[str],
    step: Step,
    *,
    library: bool,
) -> list[Article | Failure]:
    """Return the articles of all sources and of the index, and a failure for what has none.

    Raises:
        StoreError: the index is asked for and is not there.
    """
    from summarizer.batching.inputs import read_all

    found: list[Article | Failure] = []
    if library:
        found += _stored(settings, bounds, outlets)
    wanted = {outlet.casefold() for outlet in outlets}
    given = [sys.stdin.buffer.read() if source == "-" else source for source in sources]
    for one in read_all(given, settings, skip=lambda _: False):
        item = one.item
        if isinstance(item, Failure) or (isinstance(item, Article) and _is_of(item, wanted)):
            found.append(item)
        step(f"Reading {one.origin}", len(found), None)
    step("Choosing", 0, None)
    return found


def _is_of(article: Article, outlets: set[str]) -> bool:
    return not outlets or (article.source or "").casefold() in outlets


def _stored(settings: Settings, bounds: Bounds, outlets: Sequence[str]) -> list[Article]:
    """Return the index's articles of these days and one more on either side.

    Where a day begins depends on the time zone, which the plan knows exactly.
    """
    since, until = bounds
    early = _noon(since - timedelta(1)) if since else None
    late = _noon(until + timedelta(1)) if until else None
    return open_index(settings).articles(filters(early, late, list(outlets)))


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12)
