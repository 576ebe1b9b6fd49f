"""Shipped weights are what their manifest says, or an error says what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from ringkas.errors import ModelError
from ringkas.shipped import ShippedWeights

FILES = ShippedWeights("the scales", "scales.bin", "scales.json", "python -m training.scales")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / FILES.weights).write_bytes(b"tensors")
    FILES.record(tmp_path, {"about": "timbangan"})
    return tmp_path


def test_what_was_recorded_is_verified(folder: Path) -> None:
    about = FILES.about(folder)
    assert about["about"] == "timbangan"
    assert FILES.verified(folder, about["sha256"]) == folder / FILES.weights


def test_another_file_is_refused(folder: Path) -> None:
    expected = FILES.about(folder)["sha256"]
    (folder / FILES.weights).write_bytes(b"tensorz")
    with pytest.raises(ModelError, match=r"scales\.bin' is damaged.*Reinstall.*training\.scales"):
        FILES.verified(folder, expected)


def test_a_manifest_without_a_checksum_vouches_for_nothing(folder: Path) -> None:
    with pytest.raises(ModelError, match="expected None"):
        FILES.verified(folder, None)


def test_missing_weights_are_named(folder: Path) -> None:
    (folder / FILES.weights).unlink()
    with pytest.raises(ModelError, match=r"cannot read the scales: .*scales\.bin"):
        FILES.verified(folder, "any")


@pytest.mark.parametrize("content", [None, b"{", b"[]", b"\xff"])
def test_a_missing_or_damaged_manifest_is_named(folder: Path, content: bytes | None) -> None:
    (folder / FILES.manifest).unlink()
    if content is not None:
        (folder / FILES.manifest).write_bytes(content)
    with pytest.raises(ModelError, match=r"scales\.json.*Reinstall"):
        FILES.about(folder)
