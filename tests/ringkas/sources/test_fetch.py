"""Fetching: statuses, sizes, times, encodings, and what is (not) sent."""

from __future__ import annotations

import gzip
import socket
import threading
import time
import zlib

import pytest
from news_site import ARTICLE, Site, page

from ringkas.errors import FetchError, TooLargeError, UnsupportedSourceError
from ringkas.settings import Settings, SourceSettings
from ringkas.sources.fetch import Fetcher
from ringkas.sources.reading import read


@pytest.mark.parametrize(
    ("status", "message"),
    [
        (401, "asks for a login"),
        (403, "refuses programs"),
        (404, "has no such page"),
        (410, "taken the page down"),
        (418, "does not give the page"),
        (429, "asks to wait"),
        (503, "fault of its own"),
    ],
)
def test_a_refusal_names_the_url_and_what_to_do(
    status: int, message: str, site: Site, near: Settings
) -> None:
    url = site.put("/x", "no", status=status)
    with pytest.raises(FetchError, match=message) as caught:
        read(url, near)
    assert url in str(caught.value)
    assert f"HTTP {status}" in str(caught.value)


def test_a_closed_port_is_unreachable(near: Settings) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/x"
    with pytest.raises(FetchError, match="cannot be reached"):
        read(url, near)


def test_an_unknown_name_is_unreachable() -> None:
    def unknown(host: str, port: int) -> list[str]:
        raise socket.gaierror("Name or service not known")

    with Fetcher(SourceSettings(), unknown) as fetcher, pytest.raises(FetchError, match="known"):
        fetcher.get("http://no-such-site.example/")


def test_endless_redirects_end(site: Site, near: Settings) -> None:
    url = site.redirect("/loop", "/loop")
    with pytest.raises(FetchError, match="redirects more than"):
        read(url, near)


def test_redirects_are_followed_and_no_cookies_kept(site: Site, near: Settings) -> None:
    site.put("/a", b"", status=301, headers={"Location": "/b", "Set-Cookie": "id=1; Path=/"})
    site.put("/b", page("Jembatan Bambu Dibuka", ARTICLE))
    (article,) = read(site.url + "/a", near)
    assert article.url == site.url + "/b"
    assert site.asked == ["/a", "/b"]
    assert all("Cookie" not in headers for headers in site.headers)
    assert all(headers["User-Agent"].startswith("Ringkas/") for headers in site.headers)


def test_a_proxy_of_the_environment_is_not_used(
    site: Site, near: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1/")
    assert read(site.put("/a", page("Jembatan Bambu", ARTICLE)), near)


def test_a_stated_size_over_the_limit_is_refused_unread(site: Site, near: Settings) -> None:
    url = site.put("/big", b"x", headers={"Content-Length": str(50 << 20)})
    with pytest.raises(TooLargeError, match="larger than 1 MB"):
        read(url, near)


def test_an_unstated_size_over_the_limit_is_cut_short(site: Site, near: Settings) -> None:
    url = site.put("/big", b"x" * (3 << 20), headers={"Content-Length": ""})
    with pytest.raises(TooLargeError, match="larger than 1 MB"):
        read(url, near)


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_a_decompression_bomb_is_refused(encoding: str, site: Site, near: Settings) -> None:
    bomb = b"\0" * (64 << 20)
    body = gzip.compress(bomb, 9) if encoding == "gzip" else zlib.compress(bomb, 9)
    assert len(body) < 1 << 20
    url = site.put("/bomb", body, headers={"Content-Encoding": encoding})
    with pytest.raises(TooLargeError):
        read(url, near)


def test_a_compressed_page_is_read(site: Site, near: Settings) -> None:
    body = gzip.compress(page("Jembatan Bambu Dibuka", ARTICLE).encode())
    url = site.put("/z", body, headers={"Content-Encoding": "gzip"})
    assert read(url, near)[0].text == ARTICLE


@pytest.mark.parametrize(
    ("encoding", "body"),
    [("br", b"??"), ("gzip", b"no gzip"), ("gzip", gzip.compress(b"x" * 99, mtime=0)[:20])],
)
def test_a_wrongly_compressed_answer_is_refused(
    encoding: str, body: bytes, site: Site, near: Settings
) -> None:
    url = site.put("/z", body, headers={"Content-Encoding": encoding})
    with pytest.raises(FetchError):
        read(url, near)


@pytest.mark.parametrize("content_type", ["image/png", "video/mp4", "application/zip"])
def test_unknown_content_is_refused(content_type: str, site: Site, near: Settings) -> None:
    with pytest.raises(UnsupportedSourceError, match=content_type):
        read(site.put("/x", b"...", content_type), near)


def test_a_server_that_drips_bytes_is_left(near: Settings) -> None:
    limits = SourceSettings(allow_private_addresses=True, timeout=0.2)
    listener = socket.create_server(("127.0.0.1", 0))

    def drip() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
            try:
                for _ in range(100):
                    connection.sendall(b".")
                    time.sleep(0.05)
            except OSError:
                pass

    thread = threading.Thread(target=drip)
    thread.start()
    started = time.monotonic()
    port = listener.getsockname()[1]
    with Fetcher(limits) as fetcher, pytest.raises(FetchError, match="did not answer within"):
        fetcher.get(f"http://127.0.0.1:{port}/")
    assert time.monotonic() - started < 2
    thread.join()
    listener.close()


def test_a_charset_of_the_header_is_used(site: Site, near: Settings) -> None:
    body = page("Kafé Désa", ARTICLE.replace("Desa", "Désa")).encode("latin-1")
    url = site.put("/latin", body, "text/html; charset=iso-8859-1")
    assert "Désa Sukarela" in read(url, near)[0].text
