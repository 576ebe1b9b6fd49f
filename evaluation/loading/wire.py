"""How the page's own script talks to its server: one question, through Gradio's queue.

Only ``requests`` is used, which gevent makes cooperative, so that one process can be many readers.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import requests

PATIENCE = 120.0
_API = "/gradio_api"


class PageError(Exception):
    """The page answered with an error, or not at all."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: the handler's last outputs, and the places in the queue that were told.

    ``told`` are the lengths of the queue that came with the places.
    """

    outputs: list[Any]
    places: tuple[int, ...]
    told: tuple[int, ...]


class Session:
    """One browser tab: a session of its own, which the page keeps apart from others."""

    def __init__(self, address: str) -> None:
        self._address = address.rstrip("/")
        self._http = requests.Session()
        self.id = uuid4().hex[:12]
        config = self._http.get(f"{self._address}/config", timeout=PATIENCE).json()
        self._handlers = {
            each["api_name"]: each["id"] for each in config["dependencies"] if each["api_name"]
        }

    def call(self, handler: str, *inputs: Any) -> Reply:
        """Call a handler as a click does. State that stays on the server is sent as None.

        Raises:
            PageError: the handler failed, or the queue refused.
        """
        body = {
            "data": list(inputs),
            "fn_index": self._handlers[handler],
            "session_hash": self.id,
            "event_data": None,
            "trigger_id": None,
        }
        url = f"{self._address}{_API}/queue"
        joined = self._http.post(f"{url}/join", json=body, timeout=PATIENCE)
        if joined.status_code != 200:
            raise PageError(f"{joined.status_code}: {joined.text[:200]}")
        return self._followed(joined.json()["event_id"], f"{url}/data?session_hash={self.id}")

    def upload(self, file: Path) -> dict[str, Any]:
        """Upload a file, and return what stands for it in a handler's inputs."""
        with file.open("rb") as content:
            answer = self._http.post(
                f"{self._address}{_API}/upload", files={"files": content}, timeout=PATIENCE
            )
        [path] = answer.json()
        return {
            "path": path,
            "orig_name": file.name,
            "size": file.stat().st_size,
            "meta": {"_type": "gradio.FileData"},
        }

    def _followed(self, event: str, url: str) -> Reply:
        places, told = list[int](), list[int]()
        with self._http.get(url, stream=True, timeout=PATIENCE) as stream:
            for message in _messages(stream):
                if message.get("event_id") not in (event, None):
                    raise PageError(f"a message of another event: {message}")
                if message["msg"] == "estimation":
                    places.append(int(message["rank"]))
                    told.append(int(message["queue_size"]))
                elif message["msg"] == "process_completed":
                    if not message["success"]:
                        raise PageError(str(message["output"].get("error"))[:200])
                    return Reply(message["output"]["data"], tuple(places), tuple(told))
                elif message["msg"] == "unexpected_error":
                    raise PageError(str(message.get("message"))[:200])
        raise PageError("the page closed the connection before it had answered")


def _messages(stream: requests.Response) -> Iterator[dict[str, Any]]:
    for line in stream.iter_lines():
        if line.startswith(b"data:"):
            yield json.loads(line[5:])
