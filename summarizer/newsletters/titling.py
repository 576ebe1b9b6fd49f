"""An issue's title: the newsletter's name, or what its period is called, and the days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from ringkas.settings import NewsletterSettings
from summarizer.newsletters.issue import Plan, Story
from summarizer.newsletters.rendering.words import days
from summarizer.newsletters.wording import wording

# Days, both included, that are called a week or a month.
_WEEK = range(6, 9)
_MONTH = range(28, 32)


def title(plan: Plan, stories: Sequence[Story], settings: NewsletterSettings) -> str:
    """Return "Kabar Sepekan, 18–24 November 2026", or the newsletter's name and the days.

    The days are those of the period; where it is open, of the articles that are printed.
    """
    bounds = _bounds(plan, stories, ZoneInfo(settings.time_zone))
    words = wording(plan.language)
    if bounds is None:
        return settings.title or words["undated"]
    dates = days(*bounds, plan.language)
    if settings.title:
        return f"{settings.title}, {dates}"
    return words[_kind(*bounds)].format(dates=dates)


def _kind(first: date, last: date) -> str:
    length = (last - first).days + 1
    if length == 1:
        return "day"
    if length in _WEEK:
        return "week"
    return "month" if length in _MONTH else "other"


def _bounds(plan: Plan, stories: Sequence[Story], zone: ZoneInfo) -> tuple[date, date] | None:
    found = [article.published for story in stories for article in story.articles]
    told = [
        (moment.astimezone(zone) if moment.tzinfo else moment).date() for moment in found if moment
    ]
    since = plan.since.date() if plan.since else min(told, default=None)
    until = plan.until.date() if plan.until else max(told, default=None)
    return (since, until) if since and until and since <= until else None
