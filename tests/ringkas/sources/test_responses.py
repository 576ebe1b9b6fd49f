"""Answers kept between runs: conditional requests, bounds, damage, and two processes at once."""

from __future__ import annotations

import dataclasses
import itertools
import multiprocessing
import random
import resource
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from feed_parts import item, rss
from news_site import ARTICLE, Site, page

from ringkas.errors import BlockedAddressError, FetchError
from ringkas.settings import Settings
from ringkas.sources import Crawl, iter_articles
from ringkas.sources import responses as responses_module
from ringkas.sources.responses import ResponseStore
from ringkas.types import Article

ETAG = {"etag": '"a1"'}


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RINGKAS_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache" / "pages.sqlite3"


class Conditional:
    """A page that honours its validators; what was asked under which conditions."""

    def __init__(self, site: Site, path: str, body: str, kind: str, **headers: str) -> None:
        self.site, self.path, self.kind, self.headers = site, path, kind, headers
        self.change(body)

    def change(self, body: str) -> None:
        self.site.put(self.path, body, self.kind, headers=self.headers)

    def confirm(self, **headers: str) -> None:
        """From now on, say that nothing has changed."""
        self.site.put(self.path, b"", status=304, headers=headers or self.headers)


def run(url: str, settings: Settings) -> tuple[list[str], tuple[str, ...]]:
    with Crawl(settings, cache=True) as crawl:
        found = list(iter_articles(url, settings, crawl))
        texts = [one.text if isinstance(one, Article) else one.message for one in found]
        return texts, crawl.notes


def test_a_repeated_run_asks_conditionally_and_reads_what_was_kept(
    site: Site, near: Settings
) -> None:
    link = site.url + "/a"
    date = "Sat, 04 May 2024 01:15:00 GMT"
    feed = Conditional(site, "/rss", rss(item(link=link)), "text/xml", ETag='W/"f1"')
    art = Conditional(site, "/a", page("Jembatan", ARTICLE), "text/html", **{"Last-Modified": date})
    assert run(site.url + "/rss", near) == ([ARTICLE], ())
    assert all("If-None-Match" not in headers for headers in site.headers)
    site.headers.clear()
    feed.confirm()
    art.confirm()
    assert run(site.url + "/rss", near) == ([ARTICLE], ())
    assert [headers.get("If-None-Match") for headers in site.headers] == ['W/"f1"', None]
    assert [headers.get("If-Modified-Since") for headers in site.headers] == [None, date]


def test_a_changed_page_replaces_what_was_kept(site: Site, near: Settings) -> None:
    art = Conditional(site, "/a", page("Jembatan", ARTICLE), "text/html", ETag='"1"')
    run(site.url + "/a", near)
    art.headers = {"ETag": '"2"'}
    art.change(page("Jembatan", ARTICLE.replace("64", "71")))
    assert run(site.url + "/a", near)[0] == [ARTICLE.replace("64", "71")]
    art.confirm()
    assert run(site.url + "/a", near)[0] == [ARTICLE.replace("64", "71")]
    assert site.headers[-1]["If-None-Match"] == '"2"'


def test_a_confirmation_renews_the_validators(site: Site, near: Settings) -> None:
    art = Conditional(site, "/a", page("Jembatan", ARTICLE), "text/html", ETag='"1"')
    run(site.url + "/a", near)
    art.confirm(ETag='"renewed"')
    run(site.url + "/a", near)
    run(site.url + "/a", near)
    assert site.headers[-1]["If-None-Match"] == '"renewed"'


def test_the_charset_and_kind_of_what_was_kept_are_kept(site: Site, near: Settings) -> None:
    body = page("Jembatan", ARTICLE.replace("Desa", "Désa")).encode("cp1252")
    headers = {"ETag": '"1"'}
    url = site.put("/a", body, "text/html; charset=windows-1252", headers=headers)
    first, _ = run(url, near)
    site.put("/a", b"", status=304)
    assert run(url, near)[0] == first
    assert "Désa" in first[0]


def test_without_a_cache_nothing_is_kept_or_asked_conditionally(
    site: Site, near: Settings, cache: Path
) -> None:
    url = site.put("/a", page("Jembatan", ARTICLE), headers={"ETag": '"1"'})
    none = dataclasses.replace(near.sources, max_cache_megabytes=0)
    for _ in range(2):
        with Crawl(near) as crawl:
            assert list(iter_articles(url, near, crawl))
        run(url, dataclasses.replace(near, sources=none))
    assert not cache.exists()
    assert all("If-None-Match" not in headers for headers in site.headers)


def test_an_unasked_confirmation_is_refused(site: Site, near: Settings) -> None:
    with Crawl(near, cache=True) as crawl, pytest.raises(FetchError, match="HTTP 304"):
        crawl.paced(site.put("/a", b"", status=304))


def test_an_error_is_shown_and_not_what_was_kept(site: Site, near: Settings) -> None:
    url = site.put("/a", page("Jembatan", ARTICLE), headers={"ETag": '"1"'})
    run(url, near)
    site.put("/a", b"", status=410)
    assert "HTTP 410" in run(url, near)[0][0]


def test_what_was_kept_is_not_shown_where_the_address_is_no_longer_allowed(
    site: Site, near: Settings
) -> None:
    url = site.put("/a", page("Jembatan", ARTICLE), headers={"ETag": '"1"'})
    assert run(url, near)[0] == [ARTICLE]
    limits = dataclasses.replace(near.sources, allow_private_addresses=False)
    site.asked.clear()
    with Crawl(Settings(sources=limits), cache=True) as crawl, pytest.raises(BlockedAddressError):
        crawl.paced(url)
    assert site.asked == []


@pytest.mark.parametrize(
    ("url", "headers"),
    [
        ("http://a.example/", {}),
        ("http://a.example/", {**ETAG, "cache-control": "private, no-store"}),
        ("http://a.example/", {**ETAG, "vary": "*"}),
        ("http://user:secret@a.example/", ETAG),
        ("http://a.example/", {"etag": "x" * 5000}),
        ("http://a.example/", {"etag": "a\r\nX-Injected: 1"}),
    ],
)
def test_what_may_not_or_cannot_be_asked_for_again_is_not_kept(
    url: str, headers: dict[str, str], cache: Path
) -> None:
    store = ResponseStore(cache, 1)
    store.put(url, headers, b"body")
    assert store.get(url) is None
    store.put("http://b.example/", ETAG, b"body")
    assert store.get("http://b.example/") is not None


def test_the_file_keeps_within_its_bound(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = random.Random(1)
    clock = itertools.count(int(time.time()))
    monkeypatch.setattr(responses_module.time, "time", lambda: float(next(clock)))
    store = ResponseStore(cache, 1)
    for number in range(60):
        store.put(f"http://a.example/{number}", ETAG, source.randbytes(50_000))
        assert store.get("http://a.example/0"), "what is used is kept"
        store.confirm("http://a.example/0", {})
    store.put("http://a.example/huge", ETAG, source.randbytes(1 << 20))
    assert store.get("http://a.example/huge") is None
    assert store.get("http://a.example/59")
    assert store.get("http://a.example/1") is None
    store.close()
    assert cache.stat().st_size < 1.3 * (1 << 20)


def test_what_is_old_is_fetched_whole_and_forgotten(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = ResponseStore(cache, 1)
    store.put("http://a.example/", ETAG, b"body")
    later = time.time() + 31 * 86_400
    monkeypatch.setattr(responses_module.time, "time", lambda: later)
    assert store.get("http://a.example/") is None
    store.close()
    with sqlite3.connect(cache) as base:
        assert base.execute("SELECT COUNT(*) FROM responses").fetchone() == (0,)


def test_a_damaged_file_is_begun_anew_and_told(site: Site, near: Settings, cache: Path) -> None:
    url = site.put("/a", page("Jembatan", ARTICLE), headers={"ETag": '"1"'})
    cache.parent.mkdir()
    cache.write_bytes(b"this is no database" * 500)
    texts, notes = run(url, near)
    assert texts == [ARTICLE]
    assert notes == (f"the cache of pages at {cache} was damaged and begun anew",)
    site.put("/a", b"", status=304)
    assert run(url, near) == ([ARTICLE], ())


def test_a_damaged_body_is_fetched_again(site: Site, near: Settings, cache: Path) -> None:
    url = site.put("/a", page("Jembatan", ARTICLE), headers={"ETag": '"1"'})
    run(url, near)
    with sqlite3.connect(cache) as base:
        base.execute("UPDATE responses SET checksum = checksum + 1")
    assert run(url, near)[0] == [ARTICLE]
    assert "If-None-Match" not in site.headers[-1]


def test_a_folder_that_cannot_be_used_stops_nothing(
    site: Site, near: Settings, cache: Path
) -> None:
    cache.parent.write_text("a file where the folder should be", encoding="utf-8")
    url = site.put("/a", page("Jembatan", ARTICLE), headers={"ETag": '"1"'})
    texts, (note,) = run(url, near)
    assert texts == [ARTICLE]
    assert "could not be used" in note


FULL = """
import resource, signal, sys
from pathlib import Path
from ringkas.sources.responses import ResponseStore
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
store = ResponseStore(Path(sys.argv[1]), 50)
store.put("http://a.example/small", {"etag": "1"}, b"small")
resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))
import random
store.put("http://a.example/big", {"etag": "1"}, random.Random(1).randbytes(1 << 20))
assert "could not be used" in store.note, store.note
assert store.get("http://a.example/small") is None
store.close()
print("went on")
"""


@pytest.mark.skipif(not hasattr(resource, "RLIMIT_FSIZE"), reason="needs a limit on file sizes")
def test_a_full_disk_stops_nothing(cache: Path) -> None:
    """A write that the system refuses: here by a limit on the size of files."""
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(cache)], capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "went on", done.stderr
    store = ResponseStore(cache, 50)
    assert store.get("http://a.example/small"), "what was kept before is whole"


def _fill(path: Path, name: str) -> None:
    store = ResponseStore(path, 20)
    for number in range(60):
        store.put(f"http://{name}.example/{number}", ETAG, f"{name} {number}".encode())
        kept = store.get(f"http://{name}.example/{number}")
        assert kept is not None
        store.put("http://both.example/", ETAG, name.encode() * 1000)
    store.close()
    assert store.note == ""


def test_two_processes_share_the_file(cache: Path) -> None:
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_fill, args=(cache, name)) for name in ("a", "b")]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0]
    store = ResponseStore(cache, 20)
    for name in ("a", "b"):
        for number in range(60):
            kept = store.get(f"http://{name}.example/{number}")
            assert kept is not None
            assert kept.body == f"{name} {number}".encode()
    both = store.get("http://both.example/")
    assert both is not None
    assert both.body in (b"a" * 1000, b"b" * 1000)
