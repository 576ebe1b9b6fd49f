"""Manners: pauses, one request at a time, robots.txt, and waiting where a server asks to."""

from __future__ import annotations

import dataclasses
import socket
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from feed_parts import item, rss, split
from news_site import ARTICLE, Reply, Site, page

from ringkas.errors import (
    BlockedAddressError,
    BusySiteError,
    RobotsError,
    UnreachableError,
)
from ringkas.settings import Settings, SourceSettings
from ringkas.sources import Crawl, iter_articles, read
from ringkas.sources.fetch import Fetcher
from ringkas.sources.robots import Rules
from ringkas.sources.turns import Turns
from ringkas.types import Failure


def changed(settings: Settings, **limits: object) -> Settings:
    sources = dataclasses.replace(settings.sources, **limits)  # type: ignore[arg-type]
    return dataclasses.replace(settings, sources=sources)


@pytest.fixture
def polite(near: Settings) -> Settings:
    return changed(near, respect_robots=True)


def feed_of(site: Site, count: int) -> str:
    links = [
        site.put(f"/{n}", page(f"Berita nomor {n}", f"{ARTICLE} Ini nomor {n}."))
        for n in range(count)
    ]
    return site.put("/rss", rss(*[item(link=link) for link in links]), "text/xml")


def test_items_of_one_host_are_asked_for_with_a_pause(site: Site, near: Settings) -> None:
    feed = feed_of(site, 3)
    began = time.monotonic()
    assert len(read(feed, changed(near, delay=0.3))) == 3
    assert time.monotonic() - began >= 2 * 0.3


def test_a_page_that_was_asked_for_by_itself_does_not_wait(site: Site, polite: Settings) -> None:
    url = site.put("/a", page("Jembatan", ARTICLE))
    site.put("/robots.txt", "User-agent: *\nDisallow: /", "text/plain")
    settings = changed(polite, delay=30.0)
    assert read(url, settings)
    assert read(url, settings)
    assert site.asked == ["/a", "/a"]


def test_a_host_is_asked_one_thing_at_a_time() -> None:
    turns = Turns()
    inside, most = [0], [0]

    def ask() -> None:
        with turns.turn("news.example", 0.02, 1.0):
            inside[0] += 1
            most[0] = max(most[0], inside[0])
            time.sleep(0.02)
            inside[0] -= 1

    threads = [threading.Thread(target=ask) for _ in range(5)]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    with turns.turn("other.example", 10.0, 1.0):
        assert time.monotonic() - began < 0.1, "another host has its own turns"
    for thread in threads:
        thread.join()
    assert most == [1]
    assert time.monotonic() - began >= 5 * 0.02 + 4 * 0.02


def test_hosts_met_long_ago_are_forgotten() -> None:
    turns = Turns()
    for number in range(3000):
        with turns.turn(f"{number}.example", 0.0, 1.0):
            pass
    assert len(turns._hosts) <= 1024


@pytest.mark.parametrize(
    ("lines", "rule"),
    [
        ("User-agent: *\nDisallow: /1", "Disallow: /1"),
        ("User-agent: *\nDisallow: /a\nDisallow: /*1$  # rahasia\nDisallow: /b", "Disallow: /*1$"),
        ("User-agent: Ringkas\nDisallow: /1\n\nUser-agent: *\nAllow: /", "Disallow: /1"),
        ("User-agent: GPTBot\nDisallow: /\nUser-agent: *\nDisallow: /1", "Disallow: /1"),
    ],
)
def test_robots_txt_is_heeded_and_named_with_its_rule(
    lines: str, rule: str, site: Site, polite: Settings
) -> None:
    feed = feed_of(site, 3)
    site.put("/robots.txt", lines, "text/plain")
    articles, (failure,) = split(iter_articles(feed, polite))
    assert [article.title for article in articles] == ["Berita nomor 0", "Berita nomor 2"]
    assert failure.source == site.url + "/1"
    assert isinstance(failure.error, RobotsError)
    assert f"{site.url}/robots.txt asks so of programs ('{rule}')" in failure.message
    assert "sources.respect_robots" in failure.message
    assert "/1" not in site.asked
    assert site.asked.count("/robots.txt") == 1


@pytest.mark.parametrize(
    "lines",
    [
        "User-agent: GPTBot\nDisallow: /",
        "User-agent: *\nDisallow: /\n\nUser-agent: Ringkas\nDisallow:",
        "User-agent: *\nDisallow: /\nAllow: /1\nAllow: /0",
        "<html><body>Halaman tidak ditemukan</body></html>",
        "\ufeffUser-agent: *\nDisallow: /rahasia",
        "",
    ],
)
def test_what_robots_txt_allows_is_read(lines: str, site: Site, polite: Settings) -> None:
    feed = feed_of(site, 2)
    site.put("/robots.txt", lines, "text/plain")
    articles, failures = split(iter_articles(feed, polite))
    assert (len(articles), failures) == (2, [])


def test_a_byte_order_mark_hides_no_rule(site: Site, polite: Settings) -> None:
    feed = feed_of(site, 2)
    site.put("/robots.txt", "\ufeffUser-agent: *\nDisallow: /1", "text/plain")
    _, (failure,) = split(iter_articles(feed, polite))
    assert isinstance(failure.error, RobotsError)


@pytest.mark.parametrize(("status", "allowed"), [(404, 2), (403, 2), (500, 0), (503, 0), (429, 0)])
def test_a_robots_txt_that_cannot_be_had(
    status: int, allowed: int, site: Site, polite: Settings
) -> None:
    """RFC 9309: without the file all is allowed; while the server fails, nothing is."""
    feed = feed_of(site, 2)
    site.put("/robots.txt", "?", status=status)
    articles, failures = split(iter_articles(feed, polite))
    assert len(articles) == allowed
    assert all(f"{site.url}/robots.txt cannot be read" in one.message for one in failures)


def test_a_refused_page_is_read_from_the_feed_that_carries_it(site: Site, polite: Settings) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /", "text/plain")
    feed = site.put("/rss", rss(item(link=site.url + "/a", content=ARTICLE)), "text/xml")
    (article,) = read(feed, polite)
    assert article.text == ARTICLE
    assert site.asked == ["/rss", "/robots.txt"]


def test_a_url_of_a_list_is_refused_and_one_given_by_itself_is_not(
    site: Site, polite: Settings
) -> None:
    url = site.put("/a", page("Jembatan", ARTICLE))
    site.put("/robots.txt", "User-agent: *\nDisallow: /a", "text/plain")
    with Crawl(polite) as crawl:
        (failure,) = iter_articles(url, polite, crawl, listed=True)
        assert isinstance(failure, Failure)
        assert isinstance(failure.error, RobotsError)
        assert len(list(iter_articles(url, polite, crawl))) == 1


def test_a_redirect_into_what_robots_txt_refuses_is_not_followed(
    site: Site, polite: Settings
) -> None:
    site.put("/rahasia/a", page("Jembatan", ARTICLE))
    link = site.redirect("/a", "/rahasia/a")
    site.put("/robots.txt", "User-agent: *\nDisallow: /rahasia/", "text/plain")
    feed = site.put("/rss", rss(item(link=link)), "text/xml")
    _, (failure,) = split(iter_articles(feed, polite))
    assert "Disallow: /rahasia/" in failure.message
    assert "/rahasia/a" not in site.asked


def test_a_robots_txt_that_leads_to_a_private_address_is_not_followed(
    site: Site, polite: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The names are public, the sockets all end at the test site; only the redirect is inside."""
    port = int(site.url.rsplit(":", 1)[1])
    connect = socket.create_connection
    opened: list[str] = []

    def record(address: tuple[str, int], *args: object, **more: object) -> socket.socket:
        opened.append(address[0])
        return connect(("127.0.0.1", address[1]), *args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "create_connection", record)
    site.redirect("/robots.txt", f"http://127.0.0.1:{port}/inside")
    site.put("/inside", "User-agent: *\nAllow: /", "text/plain")
    site.put("/a", page("Jembatan", ARTICLE))
    names = {"news.example": ["203.0.114.7"], "127.0.0.1": ["127.0.0.1"]}
    settings = changed(polite, allow_private_addresses=False)
    refused = pytest.raises(BlockedAddressError, match=r"127\.0\.0\.1")
    with Crawl(settings, resolver=lambda host, port: names[host]) as crawl, refused:
        crawl.polite(f"http://news.example:{port}/a")
    assert (site.asked, opened) == (["/robots.txt"], ["203.0.114.7"])


def test_a_crawl_delay_is_honoured_up_to_the_bound(site: Site, polite: Settings) -> None:
    feed = feed_of(site, 2)
    site.put("/robots.txt", "User-agent: *\nCrawl-delay: 600", "text/plain")
    began = time.monotonic()
    assert len(read(feed, changed(polite, max_wait=0.4))) == 2
    assert 2 * 0.4 <= time.monotonic() - began < 10


def test_paces_are_read_from_robots_txt() -> None:
    assert Rules("x", "User-agent: *\nCrawl-delay: 2.5").pause == 2.5
    assert Rules("x", "User-agent: *\nRequest-rate: 1/10s").pause == 10
    assert Rules("x", "User-agent: bot\nCrawl-delay: 2.5").pause == 0


def replies_in_turn(site: Site, path: str, *replies: Reply) -> None:
    """Serve ``replies`` one after the other, the last of them for ever."""
    left = list(replies)

    class Turned(dict[str, Reply]):
        def get(self, key: str, default: object = None) -> Reply:  # type: ignore[override]
            if key == path and len(left) > 1:
                return left.pop(0)
            return left[0] if key == path else super().get(key, default)  # type: ignore[return-value]

    site.replies = Turned(site.replies)


def busy(status: int, after: str) -> Reply:
    return Reply(b"busy", status=status, headers={"Retry-After": after})


@pytest.mark.parametrize(
    ("status", "after"),
    [
        (503, lambda: "1"),
        (429, lambda: "1"),
        (503, lambda: in_seconds(2)),
        (429, lambda: in_seconds(-60)),
    ],
)
def test_a_busy_server_is_asked_again_when_it_says(
    status: int, after: Callable[[], str], site: Site, near: Settings
) -> None:
    good = Reply(page("Jembatan", ARTICLE).encode())
    replies_in_turn(site, "/a", busy(status, after()), good)
    began = time.monotonic()
    assert read(site.url + "/a", near)
    assert site.asked == ["/a", "/a"]
    assert time.monotonic() - began < 10


def in_seconds(seconds: int) -> str:
    return format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)


def test_a_server_that_asks_for_a_long_wait_is_left_alone(
    site: Site, near: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ringkas.sources.crawl.TURNS", Turns())  # other tests ask this host too
    links = [site.put(f"/{n}", "busy", status=429, headers={"Retry-After": "3600"}) for n in (1, 2)]
    feed = site.put("/rss", rss(*[item(link=link) for link in links]), "text/xml")
    settings = changed(near, max_wait=0.5)
    with Crawl(settings) as crawl:
        _, failures = split(iter_articles(feed, settings, crawl))
        assert site.asked == ["/rss", "/1"], "the second page is not even asked for"
        assert all(isinstance(one.error, BusySiteError) for one in failures)
        assert "asks to wait 3600 s" in failures[0].message
        assert "has asked to be left alone" in failures[1].message


def test_a_server_that_stays_busy_is_given_up(site: Site, near: Settings) -> None:
    url = site.put("/a", "busy", status=503, headers={"Retry-After": "0"})
    with pytest.raises(BusySiteError, match="HTTP 503"):
        read(url, near)
    assert site.asked == ["/a"] * 3


def test_a_host_that_does_not_answer_is_not_asked_for_ever(site: Site) -> None:
    """A server that accepts and says nothing costs three timeouts, not one an item."""
    silent = socket.create_server(("127.0.0.1", 0))
    port = silent.getsockname()[1]
    links = [f"http://127.0.0.1:{port}/{n}" for n in range(8)]
    feed = site.put("/rss", rss(*[item(link=link) for link in links]), "text/xml")
    limits = SourceSettings(
        allow_private_addresses=True, timeout=0.3, delay=0, respect_robots=False
    )
    began = time.monotonic()
    articles, failures = split(iter_articles(feed, Settings(sources=limits)))
    silent.close()
    assert (articles, len(failures)) == ([], 8)
    assert all(isinstance(failure.error, UnreachableError) for failure in failures)
    assert sum("was not asked for" in failure.message for failure in failures) == 5
    assert time.monotonic() - began < 5


def test_a_slow_loris_is_left(near: Settings) -> None:
    """It sends a header a byte at a time, always in time for the next read."""
    listener = socket.create_server(("127.0.0.1", 0))

    def drip() -> None:
        connection, _ = listener.accept()
        with connection:
            try:
                for byte in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"a" * 500:
                    connection.sendall(bytes([byte]))
                    time.sleep(0.05)
            except OSError:
                pass

    thread = threading.Thread(target=drip)
    thread.start()
    began = time.monotonic()
    limits = dataclasses.replace(near.sources, timeout=0.3)
    with Fetcher(limits) as fetcher, pytest.raises(UnreachableError, match="did not answer"):
        fetcher.get(f"http://127.0.0.1:{listener.getsockname()[1]}/")
    assert time.monotonic() - began < 3
    thread.join()
    listener.close()


def test_a_connection_may_outlive_the_deadline_of_one_answer() -> None:
    """One kept-alive connection answers for longer than a single answer may take."""
    listener = socket.create_server(("127.0.0.1", 0))
    accepted: list[int] = []

    def serve() -> None:
        connection, _ = listener.accept()
        accepted.append(1)
        with connection:
            while connection.recv(4096):
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")

    thread = threading.Thread(target=serve)
    thread.start()
    limits = SourceSettings(allow_private_addresses=True, timeout=0.2)
    with Fetcher(limits) as fetcher:
        for _ in range(8):
            assert fetcher.get(f"http://127.0.0.1:{listener.getsockname()[1]}/").data == b"ok"
            time.sleep(0.15)
    thread.join()
    listener.close()
    assert accepted == [1]


def test_the_program_names_itself_with_its_version(site: Site, near: Settings) -> None:
    from ringkas import __version__

    read(site.put("/a", page("Jembatan", ARTICLE)), near)
    assert site.headers[0]["User-Agent"].startswith(f"Ringkas/{__version__} (")
    assert "https://" in site.headers[0]["User-Agent"]
