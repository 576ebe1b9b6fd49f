"""What ``pip install ringkas`` would put on a user's machine: built, unpacked and run."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel and unpack it as an installer would; return that folder."""
    built = tmp_path_factory.mktemp("built")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "-d", str(built)]
    subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    [wheel] = built.glob("*.whl")
    folder = tmp_path_factory.mktemp("site-packages")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def run(installed: Path, code: str) -> str:
    """Run ``code`` against the unpacked wheel, away from the checkout."""
    program = f"import sys; sys.path.insert(0, {str(installed)!r}); {code}"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=installed.parent, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_the_wheel_holds_everything_that_is_tracked_in_its_packages(installed: Path) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "ringkas", "retrieval", "summarizer", "evaluation", "ui.py", "configs"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    missing = [name for name in listed.stdout.splitlines() if not (installed / name).is_file()]
    assert not missing


def test_the_wheel_holds_nothing_else(installed: Path) -> None:
    expected = {"ringkas", "retrieval", "summarizer", "evaluation", "training", "ui.py", "configs"}
    names = {path.name for path in installed.iterdir() if not path.name.endswith(".dist-info")}
    assert names == expected


def test_the_shipped_configurations_are_found_by_name(installed: Path) -> None:
    code = "import ringkas.settings as s; print(s.CONFIGS); s.load_settings('default')"
    assert Path(run(installed, code)) == installed / "configs"


def test_the_command_runs(installed: Path) -> None:
    assert "ask" in run(installed, "from ringkas.cli import main; main(['--help'])")
