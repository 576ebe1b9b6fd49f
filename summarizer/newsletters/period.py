"""The days an issue covers: what the editor gave as moments, and which articles fall between."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ringkas.errors import SettingsError, SummaryError
from ringkas.types import Article


@dataclass(frozen=True, slots=True)
class Period:
    """From ``since`` to ``until``, both included; None is open. ``zone`` is where days begin."""

    since: datetime | None
    until: datetime | None
    zone: ZoneInfo

    def holds(self, moment: datetime) -> bool:
        """Tell whether a moment, with time zone, falls in the period."""
        early = self.since is not None and moment < self.since
        late = self.until is not None and moment > self.until
        return not early and not late

    def published(self, article: Article) -> datetime | None:
        """Return when the article was published; a time without a zone is in the period's."""
        return _aware(article.published, self.zone) if article.published else None


def period(since: date | None, until: date | None, time_zone: str) -> Period:
    """Return the period between two days or moments; a last day counts until it ends.

    Raises:
        SummaryError: it ends before it begins.
        SettingsError: there is no such time zone.
    """
    try:
        zone = ZoneInfo(time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise SettingsError(
            f"newsletter.time_zone is '{time_zone}', which is no time zone known here. Give one "
            "by its name, such as 'Asia/Jakarta' or 'Europe/London'."
        ) from error
    first = _moment(since, time.min, zone)
    last = _moment(until, time.max, zone)
    if first is not None and last is not None and last < first:
        raise SummaryError(
            f"the period ends ({last:%Y-%m-%d %H:%M}) before it begins ({first:%Y-%m-%d %H:%M}); "
            "give since before until"
        )
    return Period(first, last, zone)


def _moment(given: date | None, clock: time, zone: ZoneInfo) -> datetime | None:
    if given is None:
        return None
    if isinstance(given, datetime):
        return _aware(given, zone)
    return datetime.combine(given, clock, zone)


def _aware(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)
