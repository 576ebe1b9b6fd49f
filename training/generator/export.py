"""A trained writer as it is shipped: int8 weights, tokenizer, card; small enough for a wheel."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from ringkas.generation.seq2seq.packed import pack
from training.generator.corpora import LEARNT_FROM
from training.summarizer.data import TrainingError

LARGEST: Final = 60_000_000  # bytes
_HEAD = """---
language: [id, en]
tags: [summarization, translation]
---

# Writer

A BART of {millions:.0f} million parameters for Indonesian and English news. Its encoder started
from multilingual-e5-small (MIT). Replies start from a style (`__summary__`, `__brief__`,
`__headline__`, `__translation__`) and a language (`__id__`, `__en__`). It was trained in the stages
{stages}; {does}.

| learnt from | terms that its origin states |
|---|---|
"""
_UNSTATED = """
**{count} of these state no terms.** Before you pass the weights on, find out whether you may, or
train without them: `python -m training.generator train ... --stated-terms-only`.
"""


def export(model: Path, out: Path, stages: Sequence[str] = tuple(LEARNT_FROM)) -> Path:
    """Pack the model in the folder ``model`` into the folder ``out``; return the weights' file.

    ``stages`` are those that it went through: the card tells what each one learnt from.

    Raises:
        TrainingError: there is no model, or it is larger than what is shipped.
    """
    if not (model / "model.safetensors").is_file():
        raise TrainingError(f"{model} holds no model; expected the folder that training wrote")
    weights = pack(model, out)
    size = weights.stat().st_size
    if size > LARGEST:
        weights.unlink()
        raise TrainingError(
            f"the packed weights take {size / 1e6:.1f} MB, and {LARGEST / 1e6:.0f} MB is the most. "
            "Train with fewer layers in the decoder: prepare --decoder-layers"
        )
    (out / "README.md").write_text(card(size / 1e6, stages), encoding="utf-8")
    return weights


def card(millions: float, stages: Sequence[str]) -> str:
    """Return the model card: what the writer learnt from, and on what terms."""
    learnt = {corpus for stage in stages for corpus in LEARNT_FROM[stage]}
    corpora = sorted(learnt, key=lambda corpus: corpus.name)
    rows = "".join(f"| {corpus.name} | {corpus.licence} |\n" for corpus in corpora)
    unstated = sum(not corpus.stated for corpus in corpora)
    does = "it summarizes and translates" if "summaries" in stages else "it only translates"
    head = _HEAD.format(millions=millions, stages=", ".join(stages), does=does)
    return head + rows + _UNSTATED.format(count=unstated)
