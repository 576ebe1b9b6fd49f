"""What operators ask of a page: health and metrics, beside the page on its port."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from gradio_client import Client
from prometheus_client.parser import text_string_to_metric_families
from starlette.applications import Starlette
from starlette.testclient import TestClient

from ringkas.errors import SettingsError, StoreError
from ringkas.observing.metrics import Metrics
from ringkas.page import operating
from ringkas.page.operating import TOKEN, Health
from ringkas.page.preparation import Preparation
from ringkas.settings import PageSettings

SECRET = "0123456789abcdef-0123"
HERE = {"base_url": "http://127.0.0.1:7860", "client": ("127.0.0.1", 50000)}


class Shelf:
    """An index whose folder may be gone."""

    def __init__(self) -> None:
        self.asked, self.gone = 0, False

    def counts(self) -> tuple[int, int]:
        self.asked += 1
        if self.gone:
            raise StoreError("no permission to read in /home/ani/index")
        return 22, 99


def served(page: PageSettings, shelf: Shelf, preparation: Preparation, **asking: Any) -> TestClient:
    health = Health(shelf, preparation)
    metrics = None
    if page.metrics != "off":
        metrics = Metrics(health.counts, lambda: 0, health.ready)
    app = Starlette(routes=operating.routes(page, health, metrics))
    return TestClient(app, **{**HERE, **asking})


def test_a_page_is_ready_once_its_models_are_loaded() -> None:
    preparation = Preparation()
    client = served(PageSettings(), Shelf(), preparation)
    assert client.get("/health").status_code == 503
    assert client.get("/health").json()["status"] == "starting"
    assert client.get("/health/live").status_code == 200
    preparation.state = "ready"
    ready = client.get("/health")
    assert ready.status_code == 200
    assert ready.json() == {"status": "ready", "models": "loaded", "index": "open"}


def test_a_page_without_its_index_or_models_is_broken_and_says_nothing_of_where() -> None:
    shelf = Shelf()
    shelf.gone = True
    broken = served(PageSettings(), shelf, Preparation.finished()).get("/health")
    assert broken.status_code == 503
    assert broken.json() == {"status": "broken", "models": "loaded", "index": "broken"}
    preparation = Preparation(error=ValueError("/home/ani/model"))
    broken = served(PageSettings(), Shelf(), preparation).get("/health")
    assert broken.json()["models"] == "broken"
    assert "ani" not in broken.text


def test_asking_again_and_again_does_not_read_the_index() -> None:
    shelf = Shelf()
    client = served(PageSettings(), shelf, Preparation.finished())
    assert [client.get("/health").status_code for _ in range(5)] == [200] * 5
    assert shelf.asked == 1


def test_metrics_are_for_programs_on_this_machine_that_ask_for_this_machine() -> None:
    def status(headers: dict[str, str] | None = None, **asking: Any) -> int:
        client = served(PageSettings(), Shelf(), Preparation.finished(), **asking)
        return client.get("/metrics", headers=headers).status_code

    assert status() == 200
    assert status(client=("::1", 1), base_url="http://[::1]:7860") == 200
    assert status(client=("192.168.1.5", 1)) == 403
    assert status({"X-Forwarded-For": "203.0.113.9"}) == 403
    assert status({"Host": "rebound.example:7860"}) == 403


def test_metrics_by_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(TOKEN, SECRET)
    page = PageSettings(metrics="token")
    client = served(page, Shelf(), Preparation.finished(), client=("203.0.113.9", 1))
    assert client.get("/metrics").status_code == 403
    wrong = {"Authorization": f"Bearer {SECRET}x"}
    assert client.get("/metrics", headers=wrong).status_code == 403
    odd = {"Authorization": "Bearer \xe9".encode("latin-1")}
    assert client.get("/metrics", headers=odd).status_code == 403
    right = {"Authorization": f"Bearer {SECRET}"}
    assert "ringkas_articles 22.0" in client.get("/metrics", headers=right).text


@pytest.mark.parametrize("token", ["", "short"])
def test_a_token_that_is_missing_or_could_be_guessed_is_refused(
    monkeypatch: pytest.MonkeyPatch, token: str
) -> None:
    monkeypatch.setenv(TOKEN, token)
    with pytest.raises(SettingsError, match="openssl rand") as refused:
        operating.may_read("token")
    assert not token or token not in str(refused.value)


def test_metrics_can_be_off() -> None:
    client = served(PageSettings(metrics="off"), Shelf(), Preparation.finished())
    assert client.get("/metrics").status_code == 404


def fetch(url: str) -> str:
    with urllib.request.urlopen(url, timeout=30) as reply:
        return str(reply.read().decode())


def counted(server: str) -> dict[tuple[str, ...], float]:
    """Return the values of the samples by name, face, verb and outcome, where they have them."""
    families = text_string_to_metric_families(fetch(f"{server}metrics"))
    order = ("face", "verb", "outcome")
    return {
        (
            sample.name,
            *(sample.labels[each] for each in order if each in sample.labels),
        ): sample.value
        for family in families
        for sample in family.samples
    }


@pytest.mark.page
def test_the_running_page_is_well(server: str) -> None:
    assert json.loads(fetch(f"{server}health"))["status"] == "ready"
    assert json.loads(fetch(f"{server}health/live")) == {"status": "alive"}


@pytest.mark.page
def test_the_running_page_counts_questions_and_how_they_ended(server: str) -> None:
    client = Client(server, verbose=False, analytics_enabled=False, httpx_kwargs={"timeout": 60})
    before = counted(server)
    client.predict("Siapa yang membuka rapat koordinasi di Denpasar?", api_name="/ask")
    client.predict("Siapa presiden Mars?", api_name="/ask")
    with pytest.raises(Exception, match="limit is -1"):
        client.predict("apa?", -1, api_name="/search")
    after = counted(server)

    def more(*name: str) -> float:
        return after.get(name, 0) - before.get(name, 0)

    assert more("ringkas_requests_total", "api", "ask", "answered") == 1
    assert more("ringkas_requests_total", "api", "ask", "not_found") == 1
    assert more("ringkas_requests_total", "api", "search", "refused") == 1
    assert more("ringkas_request_seconds_count", "api", "ask") == 2
    assert after["ringkas_articles",] >= 22
    assert after["ringkas_queue_length",] == 0


@pytest.mark.page
def test_a_conversation_on_the_page_is_one_request(server: str, page: Any) -> None:
    before = counted(server)
    box = page.locator("#question textarea")
    box.fill("Siapa yang membuka rapat koordinasi di Denpasar?")
    box.press("Enter")
    page.wait_for_selector("#latest mark")
    after = counted(server)
    name = ("ringkas_requests_total", "page", "ask", "answered")
    assert after[name] - before.get(name, 0) == 1


@pytest.mark.page
def test_a_page_on_its_own_logs_json_and_ends_when_told_to(
    tmp_path: Path, spare_port: Callable[[], int]
) -> None:
    port = spare_port()
    options = ["--index", str(tmp_path / "news"), "ui", "--port", str(port), "--log", "json"]
    (tmp_path / "own.toml").write_text("[page]\nsamples = false\n")
    command = [sys.executable, "-m", "ringkas", "--config", str(tmp_path / "own.toml"), *options]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        assert running.stderr
        first = json.loads(running.stderr.readline())
        assert (first["message"], first["port"]) == ("the page listens", port)
        assert json.loads(fetch(f"http://127.0.0.1:{port}/health/live")) == {"status": "alive"}
        bad = urllib.request.Request(f"http://127.0.0.1:{port}/metrics")
        bad.add_header("X-Forwarded-For", "203.0.113.9")
        with pytest.raises(urllib.error.HTTPError, match="403"):
            urllib.request.urlopen(bad, timeout=30)
        running.terminate()
        out, rest = running.communicate(timeout=60)
    assert running.returncode == 0
    assert out == ""
    assert all(json.loads(line) for line in rest.splitlines())
