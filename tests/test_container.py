"""The container's recipe and the service's unit, checked as far as it goes without an engine."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import threading
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from ringkas.cli.app import app

ROOT = Path(__file__).resolve().parent.parent
DOCKERFILE = ROOT / "Dockerfile"
UNIT = ROOT / "packaging" / "ringkas.service"
Step = tuple[str, str]


def steps() -> list[list[Step]]:
    """Return the instructions of each stage; those before the first ``FROM`` come first."""
    text = re.sub(r"^#.*\n", "", DOCKERFILE.read_text(), flags=re.MULTILINE)
    stages: list[list[Step]] = [[]]
    for line in text.replace("\\\n", " ").splitlines():
        name, _, rest = line.strip().partition(" ")
        if name == "FROM":
            stages.append([])
        if name:
            stages[-1].append((name, rest.strip()))
    return stages


def only(stage: list[Step], name: str) -> str:
    [found] = [rest for step, rest in stage if step == name]
    return found


def copied() -> list[str]:
    """Return the paths that the build takes from the repository."""
    _, build, _ = steps()
    return [path for step, rest in build if step == "COPY" for path in rest.split()[:-1]]


def environment(stage: list[Step]) -> dict[str, str]:
    return dict(
        pair.split("=", 1) for step, rest in stage if step == "ENV" for pair in shlex.split(rest)
    )


def sent(path: str) -> bool:
    """Tell whether ``.dockerignore`` lets a path of the repository through; the last line wins."""
    through = True
    for line in (ROOT / ".dockerignore").read_text().splitlines():
        if line and not line.startswith("#"):
            pattern = line.removeprefix("!").removeprefix("**/")
            parts = [path, *path.split("/")] if "**" in line else [path, path.split("/")[0]]
            if any(fnmatch(part, pattern) for part in parts):
                through = line.startswith("!")
    return through


def test_the_recipe_has_no_known_fault() -> None:
    hadolint = shutil.which("hadolint", path=str(Path(sys.executable).parent))
    assert hadolint, "hadolint comes with the development extra"
    done = subprocess.run([hadolint, str(DOCKERFILE)], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_what_is_copied_is_there_and_is_sent_to_the_engine() -> None:
    for path in copied():
        assert (ROOT / path).exists(), path
        assert sent(path), path
    for private in (".git", "ringkas-index", "mine.toml", ".venv", "tests", "shared"):
        assert not sent(private), private
    assert not sent("ringkas/__pycache__")


def test_what_is_copied_is_enough_to_build_what_is_installed(tmp_path: Path) -> None:
    source = tmp_path / "src"
    for path in copied():
        target = source / path
        if (ROOT / path).is_dir():
            shutil.copytree(ROOT / path, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / path, target)
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text())
    contents = wanted["tool"]["hatch"]["build"]["targets"]["wheel"]["only-include"]
    assert [part for part in contents if not (source / part).exists()] == []
    built = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "-d", str(tmp_path)],
        cwd=source,
        capture_output=True,
        text=True,
    )
    assert built.returncode == 0, built.stderr
    assert list(tmp_path.glob("ringkas-*.whl"))


def test_the_extras_of_the_image_exist() -> None:
    known = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    _, build, _ = steps()
    [extras] = [rest for step, rest in build if step == "ARG" and rest.startswith("EXTRAS")]
    chosen = extras.partition("=")[2].strip('"').split(",")
    assert set(chosen) <= set(known["optional-dependencies"])


def test_the_image_runs_as_nobody_special_and_keeps_its_index_in_the_volume() -> None:
    *_, last = steps()
    user, group = only(last, "USER").split(":")
    assert int(user) > 0
    assert int(group) > 0
    assert f"--uid {user}" in only(last, "RUN")
    [volume] = json.loads(only(last, "VOLUME"))
    assert Path(environment(last)["RINGKAS_INDEX"]).is_relative_to(volume)
    names = [step for step, _ in last]
    assert names.index("USER") < names.index("VOLUME"), "a volume belongs to who made its folder"


def test_the_image_starts_the_page_on_the_port_that_it_exposes_and_watches() -> None:
    *_, last = steps()
    assert json.loads(only(last, "ENTRYPOINT")) == ["ringkas"]
    command = json.loads(only(last, "CMD"))
    parsed = CliRunner().invoke(app, [*command, "--help"])
    assert parsed.exit_code == 0, parsed.output
    port = only(last, "EXPOSE")
    assert command[command.index("--port") + 1] == port
    assert f":{port}/health" in only(last, "HEALTHCHECK")


def test_the_image_says_when_pytorch_brought_cuda(tmp_path: Path) -> None:
    """Run that step of the build beside a torch that says what an unlucky build's would say."""
    _, build, _ = steps()
    [check] = [rest for step, rest in build if step == "RUN" and "torch" in rest]
    script = check.replace("/opt/ringkas/bin/python", sys.executable)

    def run(cuda: str | None, **given: str) -> subprocess.CompletedProcess[str]:
        (tmp_path / "torch").mkdir(exist_ok=True)
        (tmp_path / "torch" / "__init__.py").write_text("from torch import version")
        (tmp_path / "torch" / "version.py").write_text(f"cuda = {cuda!r}")
        said = {**os.environ, "PYTHONPATH": str(tmp_path), **given}
        return subprocess.run(["sh", "-c", script], env=said, capture_output=True, text=True)

    assert run(None).returncode == 0
    refused = run("13.0")
    assert refused.returncode == 1
    assert "PIP_EXTRA_INDEX_URL" in refused.stderr
    assert run("13.0", ALLOW_CUDA="1").returncode == 0


class Answering(BaseHTTPRequestHandler):
    """Answers as a page that is ready, or not."""

    status = 200

    def do_GET(self) -> None:
        self.send_response(self.status if self.path == "/health" else 404)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def answering() -> Iterator[int]:
    server = HTTPServer(("127.0.0.1", 0), Answering)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(("status", "sound"), [(200, True), (503, False)])
def test_the_health_check_tells_ready_from_not(
    answering: int, monkeypatch: pytest.MonkeyPatch, status: int, sound: bool
) -> None:
    *_, last = steps()
    monkeypatch.setattr(Answering, "status", status)
    check = json.loads(only(last, "HEALTHCHECK").partition("CMD ")[2])
    assert check[0] == "python"
    command = [part.replace(":7860/", f":{answering}/") for part in check[1:]]
    done = subprocess.run([sys.executable, *command], capture_output=True)
    assert (done.returncode == 0) == sound


def unit() -> dict[str, list[str]]:
    """Return the settings of the unit by name."""
    found: dict[str, list[str]] = {}
    for line in UNIT.read_text().splitlines():
        name, equals, value = line.partition("=")
        if equals and not line.startswith("#"):
            found.setdefault(name, []).append(value)
    return found


def test_the_service_starts_the_page_as_an_ordinary_user() -> None:
    service = unit()
    [start] = service["ExecStart"]
    program, *options = shlex.split(start)
    assert program == "/opt/ringkas/bin/ringkas"
    parsed = CliRunner().invoke(app, [*options, "--help"])
    assert parsed.exit_code == 0, parsed.output
    assert service["User"] != ["root"]
    assert "RINGKAS_INDEX=/var/lib/ringkas/index" in service["Environment"]
    assert service["StateDirectory"] == ["ringkas"]


@pytest.fixture
def installed_unit(tmp_path: Path) -> Path:
    """The unit as it would be where its program is installed, so that systemd finds that."""
    text = UNIT.read_text().replace("/opt/ringkas/bin/ringkas ", f"{shutil.which('true')} ")
    text = text.replace("User=ringkas", "User=daemon").replace("Group=ringkas", "Group=daemon")
    copy = tmp_path / UNIT.name
    copy.write_text(text)
    return copy


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_systemd_understands_the_unit_and_finds_it_well_locked(installed_unit: Path) -> None:
    verified = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(installed_unit)],
        capture_output=True,
        text=True,
    )
    assert (verified.returncode, verified.stderr) == (0, "")
    # From 0 (locked) to 100 (open); an ordinary service has 96.
    locked = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=25", str(installed_unit)],
        capture_output=True,
        text=True,
    )
    assert locked.returncode == 0, locked.stdout
