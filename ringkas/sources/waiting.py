"""How long a busy server asks to wait."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def asked_wait(header: str) -> float | None:
    """Return the seconds that a Retry-After header asks for, or None where it says nothing.

    It is a number of seconds or a date; a date that has passed asks for no wait.

    Source: RFC 9110, section 10.2.3.
    """
    text = header.strip()
    if text.isdecimal():
        return float(text[:9])
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
