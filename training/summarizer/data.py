"""Pairs of texts and summaries from a JSONL file, every fault named with its line."""

from __future__ import annotations

import gzip
import hashlib
import json
import lzma
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final, get_args

from ringkas.errors import RingkasError
from ringkas.types import OutputLanguage

_OPENERS: Final[dict[str, Callable[..., IO[str]]]] = {".xz": lzma.open, ".gz": gzip.open}
_SHOWN_FAULTS = 5
_FEWEST_PAIRS = 10
_LANGUAGES: Final = get_args(OutputLanguage)


class TrainingError(RingkasError):
    """A model cannot be trained as asked."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A text, and the summary that the model is to learn to write of it in ``language``."""

    text: str
    summary: str
    language: OutputLanguage


def read_pairs(
    file: Path, language: OutputLanguage, on_fault: Callable[[str], None] | None = None
) -> list[Pair]:
    """Return the pairs in a JSONL file, plain or compressed (``.xz``, ``.gz``).

    Arguments:
        file: each line an object with ``text`` and ``summary``, and perhaps ``language``.
        language: the language of summaries whose line names none.
        on_fault: told of each faulty line, which is then left out; without it they are an error.

    Raises:
        TrainingError: the file cannot be read, holds too little, or some lines are faulty; the
            message names each of the first faults with its line.
    """
    pairs: list[Pair] = []
    faults: list[str] = []
    for number, line in _lines(file):
        found = _pair(line, language)
        if isinstance(found, Pair):
            pairs.append(found)
        elif on_fault:
            on_fault(f"{file}, line {number}: {found}")
        else:
            faults.append(f"line {number}: {found}")
    if faults:
        rest = len(faults) - _SHOWN_FAULTS
        more = f"\n... and {rest} more" if rest > 0 else ""
        raise TrainingError(
            f"{file} has faulty lines; expected objects like "
            '{"text": "...", "summary": "..."}:\n' + "\n".join(faults[:_SHOWN_FAULTS]) + more
        )
    if len(pairs) < _FEWEST_PAIRS:
        raise TrainingError(
            f"{file} holds {len(pairs)} pairs; at least {_FEWEST_PAIRS} are needed, and a few "
            "hundred to learn anything from"
        )
    return pairs


def divided(pairs: Sequence[Pair], share: float, most: int) -> tuple[list[Pair], list[Pair]]:
    """Return the pairs to train on and those held out, told apart by a hash of their texts.

    Arguments:
        pairs: all of them.
        share: how many are held out, in (0, 1); at least one is.
        most: the most that are held out.
    """
    wanted = min(max(1, round(share * len(pairs))), most)
    ordered = sorted(pairs, key=lambda pair: hashlib.sha256(pair.text.encode()).digest())
    held = {pair.text for pair in ordered[:wanted]}
    return [pair for pair in pairs if pair.text not in held], ordered[:wanted]


def _lines(file: Path) -> Iterator[tuple[int, str]]:
    opener = _OPENERS.get(file.suffix, open)
    try:
        with opener(file, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield number, line
    except UnicodeDecodeError as error:
        raise TrainingError(f"{file} is not UTF-8 text ({error.reason})") from error
    except (OSError, EOFError, lzma.LZMAError) as error:
        reason = getattr(error, "strerror", None) or error
        raise TrainingError(f"cannot read {file}: {reason}") from error


def _pair(line: str, language: OutputLanguage) -> Pair | str:
    """Return the pair on a line, or what is wrong with it."""
    try:
        row: Any = json.loads(line.strip())
    except json.JSONDecodeError as error:
        return f"not JSON ({error.msg} at character {error.pos + 1})"
    if not isinstance(row, dict):
        return f"a {type(row).__name__}, not an object"
    for key in ("text", "summary"):
        if key not in row:
            known = ", ".join(map(repr, list(row)[:6])) or "nothing"
            return f"'{key}' is missing; it has {known}"
        if not isinstance(row[key], str):
            return f"'{key}' is a {type(row[key]).__name__}, not a text"
        if not row[key].strip():
            return f"'{key}' is empty"
    named = row.get("language", language)
    if named not in _LANGUAGES:
        return f"'language' is {named!r}; expected one of {', '.join(_LANGUAGES)}"
    if len(row["summary"]) >= len(row["text"]):
        return "the summary is not shorter than its text"
    return Pair(row["text"], row["summary"], named)
