from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from evaluation import gate, gating
from evaluation.commands import app
from evaluation.gate import GateError
from ringkas.settings import Settings

REASON = "The set was cleaned of wrong rows."


@pytest.fixture
def floors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Floors and a changelog of our own, and a figure of 0.75 against a floor of 0.80."""
    file, changelog = tmp_path / "floors.toml", tmp_path / "CHANGELOG.md"
    file.write_text("[samples]\naccepted = 0.80\n")
    changelog.write_text("# Changelog\n\n## [Unreleased]\n")
    monkeypatch.setattr(gating, "FLOORS", file)
    monkeypatch.setattr(gating, "CHANGELOG", changelog)
    monkeypatch.setattr(gating, "measure", lambda *_: {"samples": {"accepted": 0.75}})
    return file


def test_a_figure_below_its_floor_fails_the_gate(floors: Path) -> None:
    with pytest.raises(GateError, match=r"samples accepted is 0\.750, its floor 0\.8"):
        gating.run(None, Settings())


def test_raising_the_floors_does_not_let_a_lower_figure_pass(floors: Path) -> None:
    with pytest.raises(GateError):
        gating.run(None, Settings(), update=True)
    assert gate.read_floors(floors) == {"samples": {"accepted": 0.80}}


def test_lowering_needs_a_reason_and_writes_it_down(floors: Path) -> None:
    with pytest.raises(GateError, match="is no reason"):
        gating.run(None, Settings(), lower="because")
    assert gate.read_floors(floors) == {"samples": {"accepted": 0.80}}
    gating.run(None, Settings(), lower=REASON)
    assert gate.read_floors(floors) == {"samples": {"accepted": 0.73}}
    assert REASON in gating.CHANGELOG.read_text()


def test_the_commands_are_listed_without_loading_a_model_library() -> None:
    code = (
        "import sys, evaluation.commands\n"
        "heavy = {'torch', 'transformers', 'sentence_transformers', 'gradio', 'matplotlib'}\n"
        "sys.exit(', '.join(heavy & set(sys.modules)) or 0)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
    shown = CliRunner().invoke(app, ["--help"]).stdout
    assert all(command in shown for command in ("retrieval", "qa", "speed", "gate"))
