"""The phrases of titles and introductions, in Indonesian and English."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from ringkas.types import OutputLanguage, Tone

_FILE = Path(__file__).with_name("wording.toml")


@cache
def wording(language: OutputLanguage, tone: Tone = "neutral") -> Mapping[str, str]:
    """Return the phrases of a language, from ``wording.toml``; some have a tone of their own."""
    table = tomllib.loads(_FILE.read_text(encoding="utf-8"))[language]
    own: dict[str, str] = table.get(tone, {})
    return {name: phrase for name, phrase in table.items() if isinstance(phrase, str)} | own


def counted(number: int, language: OutputLanguage) -> str:
    """Return a number as running text has it: small ones in words."""
    words = wording(language)["numbers"].split()
    return words[number - 1] if 0 < number <= len(words) else str(number)
