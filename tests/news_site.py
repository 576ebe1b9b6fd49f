"""A small news site on the loopback, and the pages written for these tests."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from ringkas.settings import Settings, SourceSettings

PAGES = Path(__file__).parent / "data" / "pages"


@dataclass(frozen=True)
class Reply:
    """What the site answers at one address."""

    body: bytes = b""
    content_type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Site:
    """Addresses and their replies; what was asked, with which headers."""

    url: str
    replies: dict[str, Reply] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def put(self, path: str, body: str | bytes, content_type: str = "", **more: object) -> str:
        data = body.encode() if isinstance(body, str) else body
        kind = content_type or "text/html; charset=utf-8"
        self.replies[path] = Reply(data, kind, **more)  # type: ignore[arg-type]
        return self.url + path

    def put_page(self, path: str, name: str) -> str:
        return self.put(path, (PAGES / name).read_text(encoding="utf-8"))

    def redirect(self, path: str, target: str) -> str:
        return self.put(path, b"", status=302, headers={"Location": target})


@pytest.fixture
def site() -> Iterator[Site]:
    served = Site("")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            served.asked.append(self.path)
            served.headers.append(dict(self.headers))
            reply = served.replies.get(self.path, Reply(b"nothing here", status=404))
            self.send_response(reply.status)
            self.send_header("Content-Type", reply.content_type)
            headers = {"Content-Length": str(len(reply.body)), **reply.headers}
            for name, value in headers.items():
                if value:
                    self.send_header(name, value)
            self.end_headers()
            self.wfile.write(reply.body)

        def log_message(self, format: str, *args: object) -> None:
            """Keep the tests' output quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield served
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def near() -> Settings:
    """Settings that allow the loopback, with short limits."""
    return Settings(
        sources=SourceSettings(
            allow_private_addresses=True,
            timeout=2.0,
            max_megabytes=1,
            delay=0,
            respect_robots=False,
        )
    )


ARTICLE = (
    "Jembatan bambu sepanjang 64 meter di Desa Sukarela resmi dibuka pada Sabtu (4/5/2024). "
    "Warga membangunnya selama tujuh pekan dengan upah gotong royong. Kepala desa, Marwoto "
    "Hadi, mengatakan jembatan itu memangkas jarak ke sekolah dari tiga kilometer menjadi 400 "
    "meter. Sebanyak 93 siswa menyeberanginya setiap pagi."
)
"""An article body of enough words, for tests that care about what is around it."""


def page(title: str, *paragraphs: str, head: str = "") -> str:
    """Return a plain page with one article."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<!DOCTYPE html><html lang='id'><head><title>{title}</title>{head}</head>"
        f"<body><article><h1>{title}</h1>{body}</article></body></html>"
    )
