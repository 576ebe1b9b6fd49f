"""The README's examples run as they stand, and its Indonesian twin shows the same ones."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ringkas.cli.app import app

ROOT = Path(__file__).resolve().parent.parent
README, TWIN = ROOT / "README.md", ROOT / "README.id.md"
# These start a server, or are tested where they belong.
ELSEWHERE = ("ringkas ui", "ringkas mcp", "ringkas eval", "ringkas doctor")


def blocks(path: Path, language: str) -> list[str]:
    text = path.read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def commands(path: Path) -> list[str]:
    """Return the shell lines without their comments."""
    lines = "\n".join(blocks(path, "sh")).splitlines()
    return [line.split("  #")[0].strip() for line in lines]


def test_the_two_commands_stand_at_the_top() -> None:
    for path in (README, TWIN):
        head = path.read_text(encoding="utf-8").splitlines()
        assert [line.split("  ")[0] for line in head[3:5]] == ["make run", "make test"]


def test_the_twin_shows_the_same_examples_and_sections() -> None:
    assert commands(TWIN) == commands(README)
    assert blocks(TWIN, "python") == blocks(README, "python")
    levels = [
        re.findall(r"^#+", path.read_text(encoding="utf-8"), re.MULTILINE)
        for path in (README, TWIN)
    ]
    assert levels[0] == levels[1]


def test_every_link_leads_somewhere() -> None:
    for path in (README, TWIN, ROOT / "CONTRIBUTING.md"):
        for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8")):
            assert (ROOT / target).exists(), f"{path.name} links to {target}"


def test_the_commands_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("RINGKAS_INDEX", raising=False)
    (tmp_path / "mine.toml").write_text("[answer]\nreader = 'sentence'\n")
    (tmp_path / "ringkas").symlink_to(ROOT / "ringkas")
    for line in commands(README):
        if line.startswith("ringkas ") and not line.startswith(ELSEWHERE):
            result = CliRunner().invoke(app, shlex.split(line)[1:])
            assert result.exit_code == 0, f"{line}\n{result.output}"


def test_the_python_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    [code] = blocks(README, "python")
    exec(compile(code, "<README.md>", "exec"), {})
    assert "Alit Wiradana" in capsys.readouterr().out
