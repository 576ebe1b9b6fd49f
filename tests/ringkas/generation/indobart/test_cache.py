"""Checkpoints are converted once, into the cache folder, all or nothing."""

from __future__ import annotations

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from indobart_checkpoint import write_checkpoint
from transformers import AutoTokenizer

from ringkas.errors import ModelError
from ringkas.generation.indobart import cache as cached
from ringkas.generation.indobart import converted, converting, is_converted


@pytest.fixture
def source(small_spiece: bytes, tmp_path: Path) -> Path:
    return write_checkpoint(tmp_path / "my model", small_spiece, vocab_size=1104)


@pytest.fixture
def hub(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Lay the checkpoint where the Hub's client keeps what it has downloaded."""
    place = tmp_path / "downloads"
    model = place / "models--indobenchmark--indobart-v2"
    commit = "0" * 40
    shutil.copytree(source, model / "snapshots" / commit)
    (model / "refs").mkdir()
    (model / "refs" / "main").write_text(commit)
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(place))
    return "indobenchmark/indobart-v2"


def test_a_folder_is_converted_once(source: Path, cache: Path) -> None:
    first = converted(str(source), offline=True)
    assert first.is_relative_to(cache)
    assert AutoTokenizer.from_pretrained(first)("pasar")["input_ids"][-1] == 1102
    written = (first / "model.safetensors").stat().st_mtime_ns
    assert converted(str(source), offline=True) == first
    assert (first / "model.safetensors").stat().st_mtime_ns == written
    assert [place.name for place in first.parent.iterdir()] == [first.name]


def test_a_changed_checkpoint_is_converted_again(source: Path, cache: Path) -> None:
    first = converted(str(source), offline=True)
    os.utime(source / "pytorch_model.bin", (1, 1))
    assert converted(str(source), offline=True) != first


def test_a_converted_folder_is_returned_as_it_is(folder: Path, cache: Path) -> None:
    assert converted(str(folder), offline=True) == folder
    assert not cache.exists()


def test_a_hub_name_that_was_downloaded_needs_no_network(hub: str, cache: Path) -> None:
    first = converted(hub, offline=True)
    assert first.name.startswith("indobenchmark--indobart-v2")
    assert '"version": "v2"' in (first / "ringkas.json").read_text()
    assert '"source": "indobenchmark/indobart-v2"' in (first / "ringkas.json").read_text()


def test_a_converted_hub_name_does_without_the_download(
    hub: str, cache: Path, tmp_path: Path
) -> None:
    first = converted(hub, offline=True)
    shutil.rmtree(tmp_path / "downloads")
    assert converted(hub, offline=True) == first


def test_a_hub_name_offline_says_what_to_do(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path / "none"))
    with pytest.raises(ModelError, match="Set offline = false"):
        converted("indobenchmark/indobart-v2", offline=True)


@pytest.mark.parametrize("given", ["/no/such/folder", "./indobart", "indobart", ""])
def test_a_folder_that_is_not_there_is_named(given: str, cache: Path) -> None:
    with pytest.raises(ModelError, match=r"there is no folder|holds no config"):
        converted(given, offline=True)


def test_a_file_is_no_checkpoint(source: Path, cache: Path) -> None:
    with pytest.raises(ModelError, match="is a file, expected the folder"):
        converted(str(source / "pytorch_model.bin"), offline=True)


def test_a_run_that_breaks_off_leaves_nothing(
    source: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(converting, "_test", interrupted)
        with pytest.raises(KeyboardInterrupt):
            converted(str(source), offline=True)
    assert list((cache / "indobart").iterdir()) == []
    assert is_converted(converted(str(source), offline=True))


def test_requests_at_once_convert_once(
    source: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs: list[Path] = []
    original = cached.convert

    def counted(source: Any, target: Path) -> Any:
        runs.append(target)
        return original(source, target)

    monkeypatch.setattr(cached, "convert", counted)
    with ThreadPoolExecutor(4) as pool:
        folders = set(pool.map(lambda _: converted(str(source), offline=True), range(4)))
    assert len(folders) == len(runs) == 1


def test_a_quicker_process_wins(
    source: Path, cache: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = converting._test

    def meanwhile(scratch: Path, *rest: Any) -> None:
        original(scratch, *rest)
        [target] = targets
        shutil.copytree(scratch, target)

    targets: list[Path] = []
    monkeypatch.setattr(cached, "_place", lambda *_: targets.append(cache / "one") or cache / "one")
    monkeypatch.setattr(converting, "_test", meanwhile)
    assert converted(str(source), offline=True) == cache / "one"
    assert [place.name for place in cache.iterdir()] == ["one"]


def test_a_conversion_that_was_damaged_later_is_refused(source: Path, cache: Path) -> None:
    first = converted(str(source), offline=True)
    (first / "tokenizer.json").write_text("{}")
    with pytest.raises(ModelError, match="Delete the folder, and it is converted again"):
        converted(str(source), offline=True)


def test_a_cache_that_cannot_be_written_is_named(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("RINGKAS_CACHE", str(tmp_path / "file"))
    with pytest.raises(ModelError, match="set RINGKAS_CACHE"):
        converted(str(source), offline=True)
