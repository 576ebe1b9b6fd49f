"""Commands that are imported when they are called."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest

from ringkas.cli.app import COMMANDS
from ringkas.cli.later import Later


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_the_list_says_what_the_command_says(command: Later) -> None:
    said = command.load().help.split("\n\n")[0]
    assert " ".join(said.split()) == command.help


def test_help_imports_no_command() -> None:
    code = (
        "import sys\n"
        "from ringkas.cli import main\n"
        "try:\n    main(['--help'])\n"
        "except SystemExit as end:\n    assert end.code == 0\n"
        "print(sorted(name for name in sys.modules if name.startswith('ringkas.cli.')))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    loaded = ended.stdout.splitlines()[-1]
    assert loaded == str([f"ringkas.cli.{name}" for name in ("app", "later", "place", "terminal")])


def test_a_mistyped_command_gets_a_suggestion(run: Callable) -> None:
    result = run("sumarize")
    assert result.exit_code == 2
    assert "summarize" in result.output


@pytest.mark.parametrize("group", ["index", "models", "train", "users"])
def test_only_the_first_help_offers_completion(group: str, run: Callable) -> None:
    assert "--install-completion" not in run(group, "--help").output
