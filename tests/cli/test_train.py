"""``ringkas train summarizer`` as a user types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tiny_seq2seq import lessons
from typer.testing import CliRunner

from ringkas.cli.app import app


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    file = tmp_path / "rows.jsonl"
    lines = [{"text": f"{said} Acara selesai sore itu.", "summary": said} for said in lessons()]
    file.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
    return file


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["train", "summarizer", *arguments])
    return result.exit_code, result.stdout, result.stderr


def test_trains_from_scratch_and_names_the_folder(rows: Path, tmp_path: Path) -> None:
    to = tmp_path / "run"
    code, shown, said = run(
        str(rows), "--from-scratch", "--to", str(to), "--passes", "1", "--evaluations", "1"
    )
    assert code == 0, said
    assert shown.strip() == str(to / "model")
    assert (to / "model" / "model.safetensors").is_file()
    assert "23 pairs to learn from, 3 held out" in said
    assert "after step 2: ROUGE-1" in said


def test_faulty_line_is_named_without_a_traceback(rows: Path, tmp_path: Path) -> None:
    rows.write_text(rows.read_text() + '{"text": "abc"}\n')
    code, _, said = run(str(rows), "--from-scratch", "--to", str(tmp_path / "run"))
    assert code == 1
    assert "line 27: 'summary' is missing" in said


def test_a_start_must_be_named(rows: Path) -> None:
    code, _, said = run(str(rows))
    assert code == 2
    assert "--from-scratch" in said


def test_missing_model_is_named(rows: Path) -> None:
    code, _, said = run(str(rows), "--model", "nobody/nothing")
    assert code == 1
    assert "no seq2seq model 'nobody/nothing' here" in said


def test_what_a_seq2seq_model_does_not_take_is_refused(rows: Path, tmp_path: Path) -> None:
    code, _, said = run(
        str(rows), "--from-scratch", "--to", str(tmp_path / "run"), "--max-words", "20"
    )
    assert code == 2
    assert "--max-words" in said
    assert "is for chat models, and this is a seq2seq" in said
