from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from indobart_checkpoint import sentences, train_spiece, write_checkpoint
from transformers import AutoModelForSeq2SeqLM, AutoTokenizer

from ringkas.generation.indobart import is_hub_name
from ringkas.settings import load_settings


@pytest.fixture(scope="module")
def spiece() -> bytes:
    return train_spiece(sentences(1500), 700)


@pytest.fixture
def source(spiece: bytes, tmp_path: Path) -> Path:
    return write_checkpoint(tmp_path / "source", spiece, vocab_size=704)


def test_a_checkpoint_is_converted_into_a_folder(
    run: Callable, source: Path, tmp_path: Path
) -> None:
    result = run("models", "convert", source, "--to", tmp_path / "done")
    assert result.exit_code == 0, result.output
    assert result.stdout.strip() == str(tmp_path / "done")
    assert "IndoBART-v2; the vocabulary" in result.stderr
    assert "texts get the same ids as from sentencepiece" in result.stderr
    tokenizer = AutoTokenizer.from_pretrained(tmp_path / "done")
    model = AutoModelForSeq2SeqLM.from_pretrained(tmp_path / "done")
    assert len(tokenizer) == model.config.vocab_size == 704


def test_without_a_folder_it_goes_into_the_cache(
    run: Callable, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RINGKAS_CACHE", str(tmp_path / "cache"))
    first = run("models", "convert", source)
    assert first.exit_code == 0, first.output
    folder = Path(first.stdout.strip())
    assert folder.is_relative_to(tmp_path / "cache")
    assert run("models", "convert", source).stdout == first.stdout


def test_the_vocabulary_may_come_from_another_folder(
    run: Callable, source: Path, tmp_path: Path
) -> None:
    tuned = write_checkpoint(tmp_path / "tuned", None, vocab_size=704, card="# My summaries")
    alone = run("models", "convert", tuned, "--to", tmp_path / "done")
    assert alone.exit_code == 1
    assert "--tokenizer" in alone.stderr
    args = ("models", "convert", tuned, "--tokenizer", source)
    assert run(*args).exit_code == 2  # where to?
    assert run(*args, "--to", tmp_path / "done").exit_code == 0
    assert (tmp_path / "done" / "tokenizer.json").is_file()


@pytest.mark.parametrize("name", ["no-such-folder", "indobenchmark/no-such-model"])
def test_what_is_not_there_is_one_line_on_stderr(run: Callable, name: str) -> None:
    result = run("models", "convert", name, "--to", "done")
    assert result.exit_code == 1
    assert f"Error: there is no folder '{name}'" in result.stderr
    assert "Traceback" not in result.stderr
    assert not Path("done").exists()


def test_help_tells_what_the_command_is_for(run: Callable) -> None:
    assert "convert" in run("models", "--help").stdout
    assert "PATH_OR_NAME" in run("models", "convert", "--help").stdout


def test_the_shipped_configuration_names_a_seq2seq_model() -> None:
    settings = load_settings("indobart")
    assert settings.generator.kind == "seq2seq"
    assert is_hub_name(settings.generator.model)
    assert not settings.offline
