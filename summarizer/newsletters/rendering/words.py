"""The phrases and dates that stand around the articles' own words, in the issue's language."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path

from ringkas.types import OutputLanguage

_FILE = Path(__file__).with_name("wording.toml")


@cache
def words(language: OutputLanguage) -> Mapping[str, str]:
    """Return the phrases of a language, from ``wording.toml``."""
    table: dict[str, dict[str, str]] = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return table[language]


def day(moment: date, language: OutputLanguage) -> str:
    """Return a day as "18 November 2026"."""
    return f"{moment.day} {_month(moment, language)} {moment.year}"


def period(since: datetime | None, until: datetime | None, language: OutputLanguage) -> str:
    """Return "12–18 November 2026", "sejak 12 November 2026" if open, or nothing at all."""
    phrases = words(language)
    if since and until:
        return days(since.date(), until.date(), language)
    if since:
        return phrases["since"].format(day=day(since, language))
    return phrases["until"].format(day=day(until, language)) if until else ""


def days(first: date, last: date, language: OutputLanguage) -> str:
    """Return two days and what lies between them, naming month and year once if they can be."""
    if first == last:
        return day(last, language)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last, language)}"
    if first.year == last.year:
        return f"{first.day} {_month(first, language)} – {day(last, language)}"
    return f"{day(first, language)} – {day(last, language)}"


def _month(moment: date, language: OutputLanguage) -> str:
    return words(language)["months"].split()[moment.month - 1]
