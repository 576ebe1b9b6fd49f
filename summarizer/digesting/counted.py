"""What news counts and measures, by the words that tell it: read from ``counted.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ringkas.types import OutputLanguage

_FILE = Path(__file__).with_name("counted.toml")
PEOPLE = "people"
# What a length, a weight or a time can be about; the other topics are those of sums and shares.
MEASURED = frozenset({"depth", "height", "length", "distance", "area", "weight", "speed", "prison"})
# Those of whom a report may count some apart: "empat petugas terluka" are not all the injured.
APART = frozenset({"children", "pupils", "employees", "forces", "crew"})


@dataclass(frozen=True, slots=True)
class Found:
    """A word of a text that tells what a figure is about, at ``[start, end)``."""

    name: str
    start: int
    end: int


@dataclass(frozen=True)
class Kinds:
    """One table of the file: its names, the words that tell them, and their labels."""

    pattern: re.Pattern[str]
    labels: Mapping[str, Mapping[str, str]]

    def find(self, text: str) -> Iterator[Found]:
        """Yield what of this table ``text`` names, in order."""
        for match in self.pattern.finditer(text):
            if match.lastgroup:
                yield Found(match.lastgroup, match.start(), match.end())

    def at(self, text: str, start: int) -> Found | None:
        """Return what is named by the word at ``start``."""
        match = self.pattern.match(text, start)
        return Found(match.lastgroup, start, match.end()) if match and match.lastgroup else None


@cache
def kinds(table: str) -> Kinds:
    """Return one table: ``"fates"``, ``"nouns"``, ``"measures"`` or ``"topics"``."""
    entries = _tables()[table]
    ways = "|".join(f"(?P<{name}>{entry['words']})" for name, entry in entries.items())
    return Kinds(re.compile(rf"\b(?:{ways})\b(?!-\w)", re.IGNORECASE), entries)


def label(name: str, language: OutputLanguage) -> str | None:
    """Return how a reader names what is counted, or None where the tables do not know it."""
    for table in ("fates", "nouns", "topics", "measures"):
        entry = _tables()[table].get(name)
        if entry and language in entry:
            return entry[language]
    return None


@cache
def _tables() -> dict[str, dict[str, dict[str, str]]]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))
