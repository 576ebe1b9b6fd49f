"""One page for all tests of this room, on a temporary index with the sample articles."""

from __future__ import annotations

import shutil
import socket
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from gradio_client import Client

from ringkas.settings import PageSettings, Settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
PATIENCE = {"timeout": 60}  # seconds; gradio_client's own 5 are too few on a busy machine
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def spare_port() -> Callable[[], int]:
    return free_port


class Contacts:
    """Who this process looks up or connects to while it is told to watch."""

    def __init__(self) -> None:
        self.outside: list[str] = []
        self.watching = False
        sys.addaudithook(self._note)

    def _note(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self.watching or event not in {"socket.connect", "socket.getaddrinfo"}:
            return
        place = arguments[1] if event == "socket.connect" else arguments[0]
        host = place[0] if isinstance(place, tuple) else place
        if str(host) not in {"127.0.0.1", "::1", "localhost", "None"}:
            self.outside.append(str(host))


@pytest.fixture(scope="session")
def contacts() -> Contacts:
    return Contacts()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, contacts: Contacts) -> Iterator[str]:
    """Start the page and wait until the sample articles are in; return its address."""
    import ui

    port = free_port()
    folder = tmp_path_factory.mktemp("index")
    settings = Settings(index=str(folder / "news"), page=PageSettings(port=port))
    url = f"http://127.0.0.1:{port}/"
    contacts.watching = True
    blocks = ui.launch(settings, block=False)
    contacts.watching = False  # Gradio's own client asks the Hub who it is
    client = Client(url, verbose=False, analytics_enabled=False, httpx_kwargs=PATIENCE)
    contacts.watching = True
    asked = client.submit("Siapa yang membuka rapat?", api_name="/ask")
    assert asked.result(timeout=600)["found"], "a question did not wait for the sample articles"
    contacts.watching = False
    yield url
    blocks.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=30_000)  # a busy machine is slow, not wrong
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    assert found, "no Chromium here: run make browser"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=found, args=SWITCHES)
        yield running
        running.close()


@pytest.fixture
def page(browser: Browser, server: str) -> Iterator[Page]:
    """A fresh session at desktop width, in Indonesian."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    opened.goto(server)
    opened.wait_for_selector("#latest .welcome")
    yield opened
    context.close()
