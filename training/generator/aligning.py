"""Pairs of sentences that do not say the same, found before anything is learnt from them.

News agencies retell rather than translate: one side has a figure, a speaker or a clause that the
other lacks. A writer that learns from such pairs learns to make things up.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from ringkas.embedding import get_embedder
from ringkas.settings import Settings
from ringkas.text.figures import unsupported_numbers
from training.generator.corpora import TRANSLATIONS, pairs
from training.summarizer.data import TrainingError

Pair = tuple[str, str]

# Judged by reading 24 pairs from the lowest 30 % of 29,232: below this cosine of
# multilingual-e5-small (3 % of them) nearly all say different things, from 0.87 on most the same.
LEAST_COSINE: Final = 0.855
# Characters of the Indonesian side over those of the English one: beyond, a part is missing.
LENGTHS: Final = (0.55, 1.9)
_AT_ONCE = 1_024


def align(data: Path, out: Path) -> tuple[int, int]:
    """Write into ``out`` (JSONL) the pairs that agree; return how many, and of how many.

    Raises:
        TrainingError: a corpus is missing.
    """
    both = list(dict.fromkeys(pairs(data, TRANSLATIONS)))
    cosines = _cosines(both)
    kept = [
        pair
        for pair, cosine in zip(both, cosines, strict=True)
        if cosine >= LEAST_COSINE and same_figures(pair) and same_length(pair)
    ]
    out.parent.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps({"id": one[0], "en": one[1]}, ensure_ascii=False) for one in kept)
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return len(kept), len(both)


def agreeing(both: Sequence[Pair], aligned: Path) -> list[Pair]:
    """Return those of the pairs that the file ``aligned`` holds.

    Raises:
        TrainingError: there is no such file, or it holds none of them.
    """
    if not aligned.is_file():
        raise TrainingError(f"{aligned} is missing; 'align' writes it")
    rows = map(json.loads, aligned.read_text(encoding="utf-8").splitlines())
    known = {(row["id"], row["en"]) for row in rows}
    found = [pair for pair in both if pair in known]
    if not found:
        raise TrainingError(f"{aligned} holds none of the data's pairs; 'align' writes it anew")
    return found


def same_figures(pair: Pair) -> bool:
    """Tell whether each number on one side stands on the other."""
    return not unsupported_numbers(*pair) and not unsupported_numbers(pair[1], pair[0])


def same_length(pair: Pair) -> bool:
    """Tell whether neither side can lack much of the other."""
    return LENGTHS[0] <= len(pair[0]) / len(pair[1]) <= LENGTHS[1]


def _cosines(both: Sequence[Pair]) -> list[float]:
    embedder = get_embedder(Settings())
    found: list[float] = []
    for first in range(0, len(both), _AT_ONCE):
        some = both[first : first + _AT_ONCE]
        indonesian, english = (
            embedder.embed_queries([pair[side] for pair in some]) for side in (0, 1)
        )
        found += (indonesian * english).sum(axis=1).tolist()
    return found
