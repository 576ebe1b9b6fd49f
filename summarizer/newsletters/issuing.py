"""The verb ``newsletter``: choose and write an issue in one go."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from ringkas.errors import SummaryError
from ringkas.settings import Settings
from ringkas.types import Article, Failure, OutputLanguage, Tone
from summarizer.newsletters.issue import Newsletter
from summarizer.newsletters.period import period
from summarizer.newsletters.planning import plan
from summarizer.newsletters.writing import Progress, write


def newsletter(
    articles: Iterable[Article | Failure],
    since: date | None = None,
    until: date | None = None,
    language: OutputLanguage | None = None,
    *,
    days: int | None = None,
    title: str | None = None,
    max_stories: int | None = None,
    max_words: int | None = None,
    tone: Tone | None = None,
    keywords: Sequence[str] = (),
    unticked: Collection[str] = (),
    pinned: Sequence[str] = (),
    settings: Settings | None = None,
    cache: bool = True,
    on_progress: Progress | None = None,
) -> Newsletter:
    """Make an issue of a newsletter from the articles of a period, each line with its sources.

    Articles that tell one story become one story; the best stories are printed in sections. To
    change the choice before anything is written, call ``summarizer.newsletters.plan`` and
    ``write`` one after the other.

    Arguments:
        articles: articles, or the failures of reading some, as ``ringkas.iter_articles`` yields
            them; failures are passed on.
        since: the first day or moment of the period, included; open without one.
        until: the last day or moment, included; open without one.
        language: the issue's, whatever the articles' own; else that of the settings.
        days: how many days the period has, in place of ``since``: until ``until``, or today.
        title: the issue's; else the newsletter's name or what the period is called, and the days.
        max_stories: the most stories; else ``settings.newsletter.stories``.
        max_words: the most words of one story; else ``settings.newsletter.words``.
        tone: of the introduction, and of what a chat model writes; else that of the settings.
        keywords: stories that hold one rank higher, as with ``settings.newsletter.keywords``.
        unticked: stories that are not printed, each by its id or that of one of its articles.
        pinned: stories that are printed in any case, before all others.
        settings: the configuration; the embedded defaults without one.
        cache: take over stories written before, and keep the new ones.
        on_progress: called with (done, of, title) before each story is written, and at the end.

    Raises:
        SummaryError: no story is left to print, the period makes no sense, or an id is of no
            story in it.
        LanguageError: every story is in the other language, and no model writes.
        SettingsError: a limit, weight, section or time zone makes no sense.
        ModelError: the embedder cannot be loaded.
    """
    settings = settings or Settings()
    wishes = settings.newsletter
    own = replace(
        settings,
        newsletter=replace(
            wishes,
            stories=wishes.stories if max_stories is None else max_stories,
            tone=tone or wishes.tone,
            keywords=(*wishes.keywords, *keywords),
        ),
    )
    if days is not None:
        since, until = last_days(days, since, until, wishes.time_zone)
    chosen = plan(articles, since, until, language, unticked, pinned, settings=own)
    return write(
        chosen, own, title=title, max_words=max_words, cache=cache, on_progress=on_progress
    )


def last_days(
    days: int, since: date | None, until: date | None, time_zone: str
) -> tuple[date, date]:
    """Return the bounds of so many days, the last of which is ``until``, or today.

    Raises:
        SummaryError: ``days`` is below 1, or ``since`` is given as well.
        SettingsError: there is no such time zone.
    """
    if days < 1:
        raise SummaryError(f"days is {days}; give how many days the period has, such as 7")
    if since is not None:
        raise SummaryError("both since and days were given; give one of them")
    zone = period(None, None, time_zone).zone
    last = until or datetime.now(zone).date()
    day = last.date() if isinstance(last, datetime) else last
    return day - timedelta(days - 1), last
