"""Where the page listens is tried out first: a port that is taken costs no start."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ringkas.errors import SettingsError
from ringkas.page.address import listening_port
from ringkas.page.opening import opened
from ringkas.settings import PageSettings, Settings


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_port_that_is_taken_is_named_with_both_ways_to_another(taken: int) -> None:
    with pytest.raises(SettingsError) as refused:
        listening_port(PageSettings(port=taken))
    for part in (f"127.0.0.1:{taken}", "--port", "page.port", "configuration"):
        assert part in str(refused.value)


@pytest.mark.parametrize("host", ["192.0.2.1", "no-such-host.invalid", "300.1.1.1"])
def test_an_address_that_is_not_here_is_named(host: str) -> None:
    with pytest.raises(SettingsError, match=rf"{host}:7860 .*--host or page\.host"):
        listening_port(PageSettings(host=host))


def test_a_port_out_of_range_is_named() -> None:
    with pytest.raises(SettingsError, match="70000"):
        listening_port(PageSettings(port=70000))


def test_a_free_port_is_kept_and_nought_takes_any(taken: int) -> None:
    assert listening_port(PageSettings(port=0)) not in (0, taken)
    free = listening_port(PageSettings(port=0))
    assert listening_port(PageSettings(port=free)) == free


def test_the_command_line_says_so_before_anything_is_made(taken: int, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "ringkas", "ui", "--port", str(taken), "--index", "i"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "--port" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_port_that_is_taken_after_it_was_tried_is_named_too(tmp_path: Path) -> None:
    import ui

    settings = Settings(index=str(tmp_path / "index"), page=PageSettings(port=0, samples=False))
    on = opened(settings)
    with (
        socket.create_server(("127.0.0.1", on.port)),
        pytest.raises(SettingsError, match=rf"127\.0\.0\.1:{on.port} .*--port"),
    ):
        ui.launch(settings, block=False, on=on)
