from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import ringkas

COMMANDS = ("add", "ask", "summarize", "articles", "remove", "ui", "doctor", "eval")
# What makes a start slow; `--help` must need none of them.
SLOW = ("torch", "numpy", "lancedb", "pyarrow", "trafilatura", "gradio", "pydantic", "httpx")


def test_help_names_every_command(run: Callable) -> None:
    result = run("--help")
    assert result.exit_code == 0
    assert [name for name in COMMANDS if f" {name} " not in result.output] == []


def test_every_command_has_help_that_fits_80_columns(run: Callable) -> None:
    for name in COMMANDS[:-1]:
        result = run(name, "--help")
        assert result.exit_code == 0
        assert max(map(len, result.output.splitlines())) <= 80


def test_help_loads_nothing_slow() -> None:
    probe = (
        "import sys\nfrom ringkas.cli import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        f"print('loaded:', *[name for name in {SLOW} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "loaded:"


def test_the_version_is_shown(run: Callable) -> None:
    assert run("--version").output.strip() == f"ringkas {ringkas.__version__}"


def test_it_runs_as_a_module() -> None:
    command = [sys.executable, "-m", "ringkas", "--version"]
    assert subprocess.run(command, capture_output=True, check=True).stdout.startswith(b"ringkas")


def test_an_error_is_one_line_on_stderr(run: Callable) -> None:
    result = run("--config", "nowhere.toml", "articles")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith("Error: no configuration file at 'nowhere.toml'")
    assert len(result.stderr.splitlines()) == 1


def test_a_typo_in_the_configuration_is_named(run: Callable, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text("[embedder]\nmodle = 'x'\n")
    result = run("--config", "mine.toml", "articles")
    assert "did you mean 'model'?" in result.stderr


@pytest.mark.parametrize(
    "args",
    [("--index", "gone", "articles"), ("articles", "--index", "gone")],
    ids=["before the command", "after it"],
)
def test_an_index_that_is_not_there_is_named(run: Callable, args: tuple[str, ...]) -> None:
    result = run(*args)
    assert result.exit_code == 1
    assert "no index in gone" in result.stderr
    assert "add" in result.stderr


def test_the_configuration_names_the_index(run: Callable, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text("index = 'from-file'\n")
    assert "from-file" in run("articles", "--config", "mine.toml").stderr
    assert "given" in run("articles", "--config", "mine.toml", "--index", "given").stderr


def test_an_unknown_command_is_a_usage_error(run: Callable) -> None:
    assert run("asq").exit_code == 2


def test_the_evaluation_has_its_own_commands_and_exit_codes(run: Callable) -> None:
    assert "gate" in run("eval", "--help").output
    assert run("eval", "no-such-measurement").exit_code == 2


def test_ctrl_c_while_it_is_still_loading_leaves_no_traceback() -> None:
    probe = (
        "import sys\n"
        "class Interrupting:\n"
        "    def find_spec(self, name, *rest):\n"
        "        if name == 'ringkas.cli.app': raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Interrupting())\n"
        "from ringkas.cli import main\n"
        "main(['--help'])\n"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (130, b"")
