"""What made an index, and whether it can be used as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from ringkas.embedding import Embedder
from ringkas.errors import FingerprintError
from ringkas.settings import Settings
from ringkas.text.clean import CLEANER_VERSION

# Raised whenever passages or terms are made otherwise: old and new must not mix.
FORMAT = 2
# What releases before a setting existed have always done, and so did not write down.
_ALWAYS_WAS = {"passages.title": True}


def fingerprint(embedder: Embedder, settings: Settings) -> dict[str, Any]:
    """Return what decides whether old and new passages of an index fit together."""
    return {
        "format": FORMAT,
        "cleaner": CLEANER_VERSION,
        **asdict(embedder.fingerprint),
        **{f"passages.{name}": value for name, value in asdict(settings.passages).items()},
    }


def understood(found: Mapping[str, Any]) -> dict[str, Any]:
    """Return what an index says of itself, with what its release did not need to say."""
    return {**_ALWAYS_WAS, **found}


def check_fingerprint(place: str, found: Mapping[str, Any], expected: Mapping[str, Any]) -> None:
    """Refuse an index that another release, embedder, cleaner or passage size has made.

    Raises:
        FingerprintError: naming what differs, and the command that mends it.
    """
    known = understood(found)
    made, ours = known.get("format"), expected["format"]
    if isinstance(made, int) and made > ours:
        raise FingerprintError(
            f"the index in {place} was made by a newer Ringkas: its format is {made}, this one "
            f"knows {ours}. Upgrade with: pip install --upgrade ringkas"
        )
    names = [name for name in expected if known.get(name) != expected[name]]
    if names:
        rebuild = f"ringkas --index {place} index rebuild NEW_FOLDER"
        raise FingerprintError(
            f"the index in {place} was made {_otherwise(names, known, expected)}. {_ways(names)} "
            f"make a new index of its articles: {rebuild}"
        )


def _otherwise(names: list[str], known: Mapping[str, Any], expected: Mapping[str, Any]) -> str:
    if names == ["format"]:
        return (
            f"by an earlier Ringkas: its format is {known.get('format')!r}, this one makes "
            f"{expected['format']!r}"
        )
    differences = "; ".join(
        f"{name} is {known.get(name)!r} in the index and {expected[name]!r} in the settings"
        for name in names
    )
    return f"with other settings: {differences}"


def _ways(names: list[str]) -> str:
    """Say what can be done. No setting brings an old format or cleaner back."""
    if {"format", "cleaner"} & set(names):
        return "Its articles are kept, and so are vectors that fit:"
    return "Use the settings it was made with, or"
