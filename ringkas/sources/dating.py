"""When something was published, where a feed or page states it in an odd format or wrongly."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from ringkas.text.dates import parse_date

# Before this there were no feeds and hardly a web; 1970 and the year 0 stand for "no date".
_FIRST = datetime(1990, 1, 1, tzinfo=UTC)
# A clock that runs ahead, or a local time without its zone, is off by less.
_AHEAD = timedelta(days=1)
_LONGEST = 100  # characters
_EPOCH = re.compile(r"\s*(\d{10})(?:\d{3})?\s*")
_COMPACT = re.compile(r"\b(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(?:\d{2})?")
_SLASHED = re.compile(r"\b(\d{4})[/.](\d{1,2})[/.](\d{1,2})\b")
_UNIX = re.compile(
    r"\b([A-Z][a-z]{2})\s+(\d{1,2})\s+(\d{2}:\d{2})(?::\d{2})?\s*([A-Z]{2,4}|[+-]\d{4})?\s+(\d{4})\b"
)
_SHORT_YEAR = re.compile(r"\b(\d{1,2}[\s-][A-Za-z]{3,9}[\s-])(\d{2})(?=\s+\d{1,2}[:.]\d{2})")
# Zone names that the parser of mail dates would drop without a word, as offsets.
_ZONES = (
    (re.compile(r"\b(?:WIB|Asia/(?:Jakarta|Pontianak))\b", re.IGNORECASE), "+0700"),
    (re.compile(r"\b(?:WITA|Asia/(?:Makassar|Ujung_Pandang))\b", re.IGNORECASE), "+0800"),
    (re.compile(r"\b(?:WIT|Asia/Jayapura)\b", re.IGNORECASE), "+0900"),
)
_OFFSET = re.compile(r"(:\d{2}|\b(?:GMT|UTC))\s*([+-])(\d{1,2})(?::?(\d{2}))?\s*$")


def item_date(item: Any) -> datetime | None:
    """Return when a feed's item was published, or None where that is not said or not believable.

    ``item`` is feedparser's. Its own reading stands in for a format that we do not know.
    """
    return next(filter(believable, _candidates(item)), None)


def believable(moment: datetime | None) -> bool:
    """Tell whether a feed's news can be from ``moment``: after the web began, and before now."""
    return moment is not None and _aware(moment) >= _FIRST and not is_ahead(moment)


def is_ahead(moment: datetime) -> bool:
    """Tell whether ``moment`` lies in the future, by more than a clock that runs ahead."""
    return _aware(moment) > datetime.now(UTC) + _AHEAD


def stated_date(text: str) -> datetime | None:
    """Return the date in ``text``, in any of the formats that feeds are known to use, or None."""
    epoch = _EPOCH.fullmatch(text)
    if epoch:
        return datetime.fromtimestamp(int(epoch[1]), UTC)
    return parse_date(_usual(text))


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _candidates(item: Any) -> Iterator[datetime | None]:
    for name in ("published", "updated", "created"):
        # As a plain dict: feedparser's own ``get`` passes one date off as the other, and warns.
        yield stated_date(str(dict.get(item, name) or "")[:_LONGEST])
        parsed = dict.get(item, f"{name}_parsed")
        if parsed:
            yield _of_struct(parsed)


def _of_struct(parsed: Any) -> datetime | None:
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _usual(text: str) -> str:
    """Rewrite the rarer formats as "4 May 2024 08:15 +0700" or "2024-05-04 08:15"."""
    for zone, offset in _ZONES:
        text = zone.sub(offset, text)
    text = _COMPACT.sub(r"\1-\2-\3T\4:\5", text)
    text = _SLASHED.sub(r"\1-\2-\3", text)
    text = _UNIX.sub(lambda m: f"{m[2]} {m[1]} {m[5]} {m[3]} {m[4] or ''}".rstrip(), text)
    text = _SHORT_YEAR.sub(r"\g<1>20\2", text)
    return _OFFSET.sub(_four_digits, text)


def _four_digits(offset: re.Match[str]) -> str:
    clock = offset[1] if offset[1].startswith(":") else ""
    return f"{clock}{offset[2]}{int(offset[3]):02}{offset[4] or '00'}"
