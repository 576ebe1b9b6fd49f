"""The decider: what is added to the reader's weights, checked when it is loaded."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import torch

from retrieval import adapters
from retrieval.adapters import DECIDER, adapted, sha256_of, write
from retrieval.span_model import WEIGHTS
from retrieval.span_weights import read_manifest
from ringkas.errors import ModelError

BASE = {"layer.weight": torch.eye(8), "layer.bias": torch.zeros(8)}


@pytest.fixture
def own(tmp_path: Path) -> Path:
    change = torch.outer(torch.arange(8.0), torch.ones(8)) / 8
    trained = {"layer.weight": BASE["layer.weight"] + change, "layer.bias": torch.ones(8)}
    write(trained, BASE, 1, tmp_path / "own", {"base": "b"})
    return tmp_path / "own"


def test_a_change_of_low_rank_comes_back(own: Path) -> None:
    found = adapted(BASE, "b", own)
    assert torch.allclose(found["layer.weight"][7], torch.eye(8)[7] + 7 / 8, atol=1e-2)
    assert torch.equal(found["layer.bias"], torch.ones(8))


def test_the_shipped_one_is_made_for_the_shipped_reader() -> None:
    manifest = json.loads((DECIDER / "adapter.json").read_text())
    assert manifest["base"] == read_manifest(WEIGHTS)["sha256"]
    assert sha256_of(DECIDER) == manifest["sha256"]
    assert sum(path.stat().st_size for path in DECIDER.iterdir()) < 4 << 20


def test_other_weights_are_refused(own: Path) -> None:
    with pytest.raises(ModelError, match="made for other reader weights"):
        adapted(BASE, "c", own)


def test_a_damaged_file_is_refused(own: Path) -> None:
    with (own / adapters.FILES.weights).open("ab") as file:
        file.write(b"x")
    with pytest.raises(ModelError, match="is damaged: its SHA-256"):
        adapted(BASE, "b", own)


def test_a_missing_one_is_told(tmp_path: Path, own: Path) -> None:
    with pytest.raises(ModelError, match=r"training\.reader decider"):
        sha256_of(tmp_path / "nowhere")
    shutil.rmtree(own)
    with pytest.raises(ModelError, match="Reinstall"):
        adapted(BASE, "b", own)
