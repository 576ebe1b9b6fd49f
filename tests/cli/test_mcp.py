"""``ringkas mcp``, asked by a client of the protocol's makers over its stdin and stdout."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import anyio.from_thread
import pytest
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client

ROOT = Path(__file__).resolve().parent.parent.parent
QUESTION = "Who opened the coordination meeting in Denpasar?"


@dataclass
class Assistant:
    """A client that is connected, used from outside its event loop."""

    portal: Any
    client: Client
    log: Path

    def call(self, tool: str, **given: Any) -> Any:
        """Call a tool, and return the record that it gives."""
        result = self.portal.call(self.client.call_tool, tool, given)
        assert not result.is_error, result.content
        return result.structured_content

    def refused(self, tool: str, **given: Any) -> str:
        """Call a tool that cannot do what it is asked, and return what it says."""
        result = self.portal.call(self.client.call_tool, tool, given)
        assert result.is_error, result
        return str(result.content[0].text)


@pytest.fixture(scope="module")
def assistant(sample_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    log = tmp_path_factory.mktemp("mcp") / "log"
    here = {name: value for name, value in os.environ.items() if name.startswith("RINGKAS")}
    started = StdioServerParameters(
        command=sys.executable,
        args=["-m", "ringkas", "--index", str(sample_index), "mcp", "--log", "json"],
        env={**here, "PYTHONPATH": str(ROOT)},
    )
    with log.open("w") as errors, anyio.from_thread.start_blocking_portal() as portal:
        client = Client(stdio_client(started, errlog=errors), read_timeout_seconds=600)
        with portal.wrap_async_context_manager(client):
            yield Assistant(portal, client, log)


def test_the_tools_read_and_say_so(assistant: Assistant) -> None:
    tools = assistant.portal.call(assistant.client.list_tools).tools
    assert {tool.name for tool in tools} == {"ask", "search", "summarize"}
    for tool in tools:
        assert tool.description
        assert tool.output_schema
        assert tool.annotations.read_only_hint
        assert all(
            name != "self" and ("description" in each or name in {"max_words", "limit"})
            for name, each in tool.input_schema["properties"].items()
        ), tool.input_schema


def test_an_answer_comes_with_the_quotes_that_prove_it(assistant: Assistant) -> None:
    told = assistant.call("ask", question=QUESTION)
    assert told["found"]
    assert "Alit Wiradana" in told["answer"]
    first = told["quotes"][0]
    assert "Alit Wiradana" in first["quote"]
    assert first["title"]
    assert first["article_id"]
    assert told["nearest"] == []


def test_nothing_found_is_an_answer(assistant: Assistant) -> None:
    told = assistant.call("ask", question="Siapa presiden Mars?", language="id")
    assert not told["found"]
    assert told["quotes"] == []
    assert told["nearest"]


def test_filters_hold(assistant: Assistant) -> None:
    assert not assistant.call("ask", question=QUESTION, since="2030-01-01")["found"]
    passages = assistant.call("search", question=QUESTION, limit=3)["passages"]
    assert len(passages) == 3
    [outlet] = {passages[0]["outlet"]}
    only = assistant.call("search", question=QUESTION, outlets=[outlet])["passages"]
    assert {each["outlet"] for each in only} == {outlet}


def test_an_article_of_the_index_is_summarized_by_its_id(assistant: Assistant) -> None:
    [passage] = assistant.call("search", question=QUESTION, limit=1)["passages"]
    made = assistant.call("summarize", source=passage["article_id"], max_words=40)
    assert made["title"] == passage["title"]
    assert 0 < len(made["summary"].split()) <= 40
    assert all(sentence["quotes"] for sentence in made["sentences"])


def test_a_text_is_summarized(assistant: Assistant) -> None:
    text = (
        "Perpustakaan Daerah Arga Sewu menambah jam layanan hingga pukul 21.00 WIB mulai Senin. "
        "Kepala perpustakaan, Nirmala Wibisono, mengatakan perubahan itu diminta mahasiswa. "
        "Jumlah pengunjung naik dari 200 menjadi 340 orang sehari sejak ruang baca baru dibuka."
    )
    made = assistant.call("summarize", source=text, max_words=25)
    assert made["summary"]
    assert made["language"] == "id"


def test_no_path_is_ever_opened(assistant: Assistant, article_file: Path) -> None:
    said = assistant.refused("summarize", source=str(article_file))
    assert "no article" in said
    assert "Pasar" not in said


def test_no_address_of_this_machine_is_fetched(assistant: Assistant) -> None:
    assert "127.0.0.1" in assistant.refused("summarize", source="http://127.0.0.1:9/a")


@pytest.mark.parametrize(
    ("tool", "given", "named"),
    [
        ("ask", {"question": ""}, "empty"),
        ("ask", {"question": "a" * 1001}, "1001 characters"),
        ("ask", {"question": "apa?", "since": "kemarin"}, "since"),
        ("search", {"question": "apa?", "limit": 10_000}, "limit"),
        ("summarize", {"source": "  "}, "nothing was given"),
    ],
)
def test_what_cannot_be_done_is_said(
    assistant: Assistant, tool: str, given: dict[str, Any], named: str
) -> None:
    assert named in assistant.refused(tool, **given)


def test_the_log_has_a_line_for_each_call_and_nothing_that_was_asked(assistant: Assistant) -> None:
    before = len(assistant.log.read_text().splitlines())
    assistant.call("ask", question=QUESTION)
    lines = assistant.log.read_text().splitlines()[before:]
    [record] = map(json.loads, lines)
    assert (record["face"], record["verb"], record["outcome"]) == ("mcp", "ask", "answered")
    assert "Denpasar" not in assistant.log.read_text()


def test_without_an_index_the_command_says_how_to_make_one(run: Any) -> None:
    result = run("--index", "nowhere", "mcp")
    assert result.exit_code == 1
    assert "there is no index in nowhere" in " ".join(result.output.split())


def test_without_the_extra_the_command_names_it(
    run: Any, monkeypatch: pytest.MonkeyPatch, sample_index: Path
) -> None:
    monkeypatch.delitem(sys.modules, "ringkas.mcp.server", raising=False)
    monkeypatch.setitem(sys.modules, "mcp.server", None)
    result = run("--index", sample_index, "mcp")
    assert result.exit_code == 1
    assert "pip install 'ringkas[mcp]'" in " ".join(result.output.split())


def test_over_http_only_this_machine_is_served() -> None:
    """A site that has led a browser here names itself, and is refused."""
    from starlette.testclient import TestClient

    from retrieval import Index
    from ringkas import Settings
    from ringkas.mcp.server import server

    app = server(Index.in_memory(), Settings()).streamable_http_app(
        stateless_http=True, json_response=True
    )
    hello = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "initialize",
        "params": {
            "protocolVersion": "2025-06-18",
            "capabilities": {},
            "clientInfo": {"name": "test", "version": "1"},
        },
    }
    accepted = {"Accept": "application/json, text/event-stream"}
    with TestClient(app, base_url="http://127.0.0.1:8000") as client:
        reply = client.post("/mcp", json=hello, headers=accepted)
        assert reply.json()["result"]["serverInfo"]["name"] == "ringkas"
        for foreign in ({"Host": "rebound.example"}, {"Origin": "https://rebound.example"}):
            assert (
                client.post("/mcp", json=hello, headers={**accepted, **foreign}).status_code > 400
            )
