"""Dates as a newspaper of the interface's language writes them."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from ringkas.page.texts import Texts

_ZONES = {7: "WIB", 8: "WITA", 9: "WIT", 0: "UTC"}


def written(moment: datetime, t: Texts) -> str:
    """Return ``moment`` as "8 Juni 2023, 18.40 WITA"; a date alone when no time is known."""
    months = t("dates.months").split()
    day = f"{moment.day} {months[moment.month - 1]} {moment.year}"
    if moment.time() == time():
        return day
    return f"{day}, {moment.strftime(t('dates.time'))} {_zone(moment)}".rstrip()


def _zone(moment: datetime) -> str:
    """Return the name of an Indonesian time zone, ``UTC+02:00`` for others, "" for none."""
    offset = moment.utcoffset()
    if offset is None:
        return ""
    hours, rest = divmod(offset, timedelta(hours=1))
    return _ZONES[hours] if not rest and hours in _ZONES else f"UTC{moment.isoformat()[-6:]}"
