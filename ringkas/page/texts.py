"""The words of the interface, read once from ``texts.<language>.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ringkas.types import OutputLanguage

FOLDER = Path(__file__).parent
LANGUAGES: tuple[OutputLanguage, ...] = ("id", "en")


class _Count(int):
    """A number that knows its noun: ``{n:article|articles}`` is "article" for 1 alone."""

    def __format__(self, spec: str) -> str:
        one, bar, many = spec.partition("|")
        if not bar:
            return super().__format__(spec)
        return one if self == 1 else many


@dataclass(frozen=True, slots=True)
class Texts:
    """The interface in one language: ``texts("ask.button")`` is a label, ready to show."""

    language: OutputLanguage
    words: Mapping[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """Return the text under ``key`` with ``{placeholders}`` filled in.

        Raises:
            KeyError: no text has that key.
        """
        if not values:
            return self.words[key]
        counts = {
            name: _Count(value) if isinstance(value, int) else value
            for name, value in values.items()
        }
        return self.words[key].format(**counts)

    def __contains__(self, key: str) -> bool:
        return key in self.words


@cache
def texts(language: OutputLanguage) -> Texts:
    """Load the interface texts in ``language``."""
    table = tomllib.loads((FOLDER / f"texts.{language}.toml").read_text(encoding="utf-8"))
    return Texts(language, dict(_flat(table)))


def _flat(table: Mapping[str, object], prefix: str = "") -> list[tuple[str, str]]:
    """Turn nested tables into ``("section.key", text)`` pairs."""
    pairs: list[tuple[str, str]] = []
    for key, value in table.items():
        if isinstance(value, dict):
            pairs += _flat(value, f"{prefix}{key}.")
        else:
            pairs.append((prefix + key, str(value)))
    return pairs
