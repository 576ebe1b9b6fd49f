"""Dates as Indonesian and English news sites write them, with the time zone they state.

A small parser of our own: dateparser reads "Kompas.com - 09/10/2019, 21:48 WIB" not at all and
"05/06/2024" as the fifth of June or the sixth of May depending on the languages it is given.
Numeric dates are day first, as everywhere outside the United States.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime

WIB = timezone(timedelta(hours=7), "WIB")
WITA = timezone(timedelta(hours=8), "WITA")
WIT = timezone(timedelta(hours=9), "WIT")
_ZONES: dict[str, tzinfo] = {
    "wib": WIB, "wita": WITA, "wit": WIT,
    "utc": UTC, "gmt": UTC, "z": UTC,
    "bst": timezone(timedelta(hours=1), "BST"),
    "est": timezone(timedelta(hours=-5), "EST"), "edt": timezone(timedelta(hours=-4), "EDT"),
    "myt": timezone(timedelta(hours=8), "MYT"), "sgt": timezone(timedelta(hours=8), "SGT"),
}  # fmt: skip
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan", "februari february pebruari feb", "maret march mar",
            "april apr", "mei may", "juni june jun", "juli july jul",
            "agustus august agu agt agst ags aug", "september sept sep",
            "oktober october okt oct", "november nopember nov nop", "desember december des dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_NAMES = "|".join(sorted(_MONTHS, key=len, reverse=True))
_ISO = re.compile(
    r"(?<!\d)(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"
    r"(?:[T\s]+(?P<hh>\d{1,2}):(?P<mm>\d{2})(?::\d{2}(?:\.\d+)?)?\s*(?P<zone>[A-Za-z]{1,4}\b|[+-]\d{2}:?\d{2})?)?"
)
_DAY_MONTH = re.compile(
    rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s./-]+(?P<m>{_NAMES})\.?,?[\s./-]+(?P<y>\d{{4}})",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(
    rf"\b(?P<m>{_NAMES})\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}})", re.IGNORECASE
)
_NUMERIC = re.compile(
    r"(?<![\d/.-])(?P<d>\d{1,2})([/.-])(?P<m>\d{1,2})\2(?P<y>\d{4})(?!\d|[./-]\d)"
)
_CLOCK = re.compile(
    r"^\W{0,6}(?:(?:pukul|jam|at|pkl)\.?\s*)?(?P<hh>[01]?\d|2[0-3])[:.](?P<mm>[0-5]\d)(?::\d{2})?(?!\d)"
    r"\s*(?P<half>[ap]\.?m\b\.?)?\s*(?P<zone>[A-Za-z]{1,4}\b|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)
_RFC_822 = re.compile(r"^\s*(?:[A-Za-z]{3},\s*)?\d{1,2} [A-Za-z]{3} \d{4} \d{2}:\d{2}(:\d{2})? \S+")
_DATE_LINE = re.compile(r"[\w.\s,'’|()/:•–—-]{0,90}")
_OTHER_WORDS = 5  # the name of the site, its desk, the weekday, the clock
_DATE_WORDS = frozenset(
    """
    pukul jam pkl at on published updated posted diterbitkan dipublikasikan diperbarui terbit
    tanggal wib wita wit gmt utc am pm
    """.split()
)


def parse_date(text: str) -> datetime | None:
    """Return the first date in ``text``, aware of its time zone when one is stated, or None.

    "2 jam yang lalu" and other relative times give None: they depend on when they were read.
    """
    rfc = _parse_rfc_822(text)
    if rfc is not None:
        return rfc
    found = [m for p in (_ISO, _DAY_MONTH, _MONTH_DAY, _NUMERIC) if (m := p.search(text))]
    for match in sorted(found, key=lambda match: match.start()):
        moment = _moment(match, text)
        if moment is not None:
            return moment
    return None


def is_date_line(text: str) -> bool:
    """Tell whether a line is a dateline of a page ("Kompas.com - 09/10/2019, 21:48 WIB")."""
    if text.endswith(".") or not _DATE_LINE.fullmatch(text) or parse_date(text) is None:
        return False
    for pattern in (_ISO, _DAY_MONTH, _MONTH_DAY, _NUMERIC):
        text = pattern.sub(" ", text)
    words = [word.strip("():,|•–—-") for word in text.split()]
    others = [word for word in words if word and word.lower() not in _DATE_WORDS]
    return len(others) <= _OTHER_WORDS and not any(
        word.isalpha() and word.islower() for word in others
    )


def _parse_rfc_822(text: str) -> datetime | None:
    if not _RFC_822.match(text):
        return None
    try:
        return parsedate_to_datetime(text.strip())
    except (ValueError, TypeError, IndexError):
        return None


def _moment(match: re.Match[str], text: str) -> datetime | None:
    parts = match.groupdict()
    month = parts["m"].lower()
    clock = parts if parts.get("hh") else _clock(text[match.end() :])
    try:
        return datetime(
            int(parts["y"]),
            _MONTHS[month] if month in _MONTHS else int(month),
            int(parts["d"]),
            _hour(clock),
            int(clock.get("mm") or 0),
            tzinfo=_zone(clock.get("zone")),
        )
    except ValueError:
        return None


def _clock(rest: str) -> dict[str, str | None]:
    match = _CLOCK.match(rest)
    return match.groupdict() if match else {}


def _hour(clock: dict[str, str | None] | dict[str, str]) -> int:
    hour = int(clock.get("hh") or 0)
    half = (clock.get("half") or "").lower()[:1]
    return hour % 12 + (12 if half == "p" else 0) if half else hour


def _zone(name: str | None) -> tzinfo | None:
    if not name:
        return None
    if name[0] in "+-":
        digits = name[1:].replace(":", "")
        shift = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
        return timezone(-shift if name[0] == "-" else shift)
    return _ZONES.get(name.lower())
