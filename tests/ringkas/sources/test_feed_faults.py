"""Feeds with exactly one fault each, from a real server: what is read of them, and what is told."""

from __future__ import annotations

import codecs
import dataclasses
import gzip
import time
import zlib
from datetime import UTC, datetime, timedelta

import brotli
import pytest
from feed_parts import item, rss, split
from news_site import ARTICLE, Site, page

from ringkas.errors import (
    BrokenFileError,
    EmptyArticleError,
    TooLargeError,
    UnreachableError,
    UnsupportedSourceError,
)
from ringkas.settings import Settings
from ringkas.sources import Crawl, iter_articles, read
from ringkas.sources.dating import stated_date
from ringkas.text.dates import WIB, WITA
from ringkas.types import Failure

ACCENTED = ARTICLE.replace("Marwoto", "José Müller").replace("Sukarela", "“Sukarela”")


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [
        ("gzip", gzip.compress),
        ("x-gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda data: zlib.compress(data)[2:-4]),
        ("br", brotli.compress),
        ("br, gzip", lambda data: gzip.compress(brotli.compress(data))),
        ("gzip", lambda data: gzip.compress(data[:90]) + gzip.compress(data[90:])),
        ("", gzip.compress),
    ],
    ids=["gzip", "x-gzip", "zlib", "raw deflate", "br", "br in gzip", "two members", "unsaid"],
)
def test_a_compressed_feed_is_read(encoding: str, pack: object, site: Site, near: Settings) -> None:
    body = pack(rss(item(content=ARTICLE)).encode())  # type: ignore[operator]
    url = site.put("/rss", body, "application/rss+xml", headers={"Content-Encoding": encoding})
    assert [article.text for article in read(url, near)] == [ARTICLE]


def test_a_feed_that_is_a_gzip_file_is_read(site: Site, near: Settings) -> None:
    body = gzip.compress(rss(item(content=ARTICLE)).encode())
    assert read(site.put("/feed.xml.gz", body, "application/x-gzip"), near)[0].text == ARTICLE


@pytest.mark.parametrize(
    ("served", "header", "declared", "bom"),
    [
        ("utf-8", "iso-8859-1", "iso-8859-1", b""),
        ("utf-8", "us-ascii", "windows-1252", b""),
        ("utf-8", "iso-8859-1", "utf-16", codecs.BOM_UTF8),
        ("cp1252", "utf-8", "iso-8859-1", b""),
        ("cp1252", "iso-8859-1", "utf-8", b""),
        ("cp1252", "", "windows-1252", b""),
        ("utf-16-le", "utf-8", "utf-8", codecs.BOM_UTF16_LE),
        ("utf-16-be", "", "utf-16", b""),
        ("utf-8", "no-such-charset", "nonsense", b""),
    ],
)
def test_contradicting_charsets_are_resolved(
    served: str, header: str, declared: str, bom: bytes, site: Site, near: Settings
) -> None:
    head = f"<?xml version='1.0' encoding='{declared}'?>"
    body = bom + rss(item("Kafé", content=ACCENTED), head=head).encode(served)
    kind = "application/rss+xml" + (f"; charset={header}" if header else "")
    (article,) = read(site.put("/rss", body, kind), near)
    assert (article.title, article.text) == ("Kafé", ACCENTED)


def test_one_broken_letter_costs_only_itself(site: Site, near: Settings) -> None:
    body = rss(item(content=ACCENTED * 2)).encode().replace("ü".encode(), b"\xc3", 1)
    (article,) = read(site.put("/rss", body, "text/xml; charset=iso-8859-1"), near)
    assert "José M\ufffdller" in article.text
    assert "José Müller" in article.text


@pytest.mark.parametrize(
    ("date", "moment"),
    [
        ("Sat, 04 May 2024 08:15:00 +0700", datetime(2024, 5, 4, 8, 15, tzinfo=WIB)),
        ("Sab, 04 Mei 2024 08:15:00 +0700", datetime(2024, 5, 4, 8, 15, tzinfo=WIB)),
        ("Sabtu, 4 Mei 2024 | 08.15 WIB", datetime(2024, 5, 4, 8, 15, tzinfo=WIB)),
        ("Sat, 04 May 2024 08:15:00 WIB", datetime(2024, 5, 4, 8, 15, tzinfo=WIB)),
        ("Sat, 04 Mei 2024 08:15:00 WITA", datetime(2024, 5, 4, 8, 15, tzinfo=WITA)),
        ("Sat, 4 May 2024 08:15:00 Asia/Jakarta", datetime(2024, 5, 4, 8, 15, tzinfo=WIB)),
        ("Sat May 04 08:15:00 WIB 2024", datetime(2024, 5, 4, 8, 15, tzinfo=WIB)),
        ("Sat, 04 May 24 08:15:00 +0700", datetime(2024, 5, 4, 8, 15, tzinfo=WIB)),
        ("4 May 2024 8:15:00 GMT+7", datetime(2024, 5, 4, 8, 15, tzinfo=WIB)),
        ("2024-05-04T08:15+07", datetime(2024, 5, 4, 8, 15, tzinfo=WIB)),
        ("20240504T081500Z", datetime(2024, 5, 4, 8, 15, tzinfo=UTC)),
        ("1714785300", datetime(2024, 5, 4, 1, 15, tzinfo=UTC)),
        ("1714785300000", datetime(2024, 5, 4, 1, 15, tzinfo=UTC)),
        ("2024/05/04 08:15", datetime(2024, 5, 4, 8, 15)),
        ("2024-05-04", datetime(2024, 5, 4)),
        ("04/05/2024 08.15", datetime(2024, 5, 4, 8, 15)),
        ("baru saja", None),
        ("Sat, 31 Feb 2024 08:15:00 +0700", None),
        ("0000-00-00 00:00:00", None),
        ("", None),
    ],
)
def test_odd_dates_are_understood(
    date: str, moment: datetime | None, site: Site, near: Settings
) -> None:
    assert stated_date(date) == moment
    url = site.put("/rss", rss(item(content=ARTICLE, date=date)), "application/rss+xml")
    (article,) = read(url, near)
    assert article.published == moment
    assert moment is None or article.published.utcoffset() == moment.utcoffset()  # type: ignore[union-attr]


def test_a_date_ahead_or_from_before_the_web_is_not_believed(site: Site, near: Settings) -> None:
    ahead = (datetime.now(UTC) + timedelta(days=3)).strftime("%a, %d %b %Y %H:%M:%S +0000")
    soon = (datetime.now(UTC) + timedelta(hours=2)).strftime("%a, %d %b %Y %H:%M:%S +0000")
    dates = [ahead, soon, "Thu, 01 Jan 1970 00:00:00 +0000"]
    items = [item(f"Berita {n}", content=f"{n} {ARTICLE}", date=d) for n, d in enumerate(dates)]
    articles = read(site.put("/rss", rss(*items), "application/rss+xml"), near)
    assert [article.published is not None for article in articles] == [False, True, False]


@pytest.mark.parametrize("date", ["", "kemarin sore", "Thu, 01 Jan 1970 00:00:00 +0000"])
def test_a_missing_or_broken_date_is_that_of_the_page(
    date: str, site: Site, near: Settings
) -> None:
    stated = "<meta property='article:published_time' content='2024-05-04T08:15:00+07:00'>"
    link = site.put("/a", page("Jembatan", ARTICLE, head=stated))
    (article,) = read(site.put("/rss", rss(item(link=link, date=date)), "text/xml"), near)
    assert article.published == datetime(2024, 5, 4, 8, 15, tzinfo=WIB)


def test_the_feeds_date_stands_in_for_a_page_dated_ahead(site: Site, near: Settings) -> None:
    ahead = (datetime.now(UTC) + timedelta(days=40)).isoformat()
    head = f"<meta property='article:published_time' content='{ahead}'>"
    link = site.put("/a", page("Jembatan", ARTICLE, head=head))
    feed = rss(item(link=link, date="Sat, 04 May 2024 08:15:00 +0700"))
    (article,) = read(site.put("/rss", feed, "text/xml"), near)
    assert article.published == datetime(2024, 5, 4, 8, 15, tzinfo=WIB)


@pytest.mark.parametrize("link", ["/berita/a", "a", "../berita/a", "//{host}/berita/a"])
def test_relative_links_are_those_of_the_feed(link: str, site: Site, near: Settings) -> None:
    url = site.put("/berita/a", page("Jembatan", ARTICLE))
    host = site.url.removeprefix("http://")
    feed = rss(item(link=link.format(host=host)))
    (article,) = read(site.put("/berita/rss", feed, "text/xml"), near)
    assert article.url == url


def test_xml_base_is_followed(site: Site, near: Settings) -> None:
    url = site.put("/arsip/2024/a", page("Jembatan", ARTICLE))
    feed = (
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:base="{site.url}/arsip/">'
        '<entry xml:base="2024/"><title>Jembatan</title><link href="a"/></entry></feed>'
    )
    (article,) = read(site.put("/atom", feed, "application/atom+xml"), near)
    assert article.url == url


def test_a_redirected_feeds_links_are_relative_to_where_it_is(site: Site, near: Settings) -> None:
    url = site.put("/baru/a", page("Jembatan", ARTICLE))
    site.put("/baru/rss", rss(item(link="a")), "text/xml")
    (article,) = read(site.redirect("/rss", "/baru/rss"), near)
    assert article.url == url


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("&lt;b&gt;Jembatan&lt;/b&gt; dibuka", "Jembatan dibuka"),
        ("<![CDATA[<a href='/x'>Jembatan</a><br/>dibuka]]>", "Jembatan dibuka"),
        ("Kopi &amp;amp; Teh", "Kopi & Teh"),
        ("Kopi &amp;amp;amp; Teh", "Kopi & Teh"),
        ("&amp;#8220;Jembatan&amp;#8221; dibuka", "“Jembatan” dibuka"),
        ("&amp;lt;i&amp;gt;Jembatan&amp;lt;/i&amp;gt;", "Jembatan"),
        ("Saham di bawah &amp;lt; 100 rupiah", "Saham di bawah < 100 rupiah"),
        ("AT&amp;T masuk bursa", "AT&T masuk bursa"),
        ("R&amp;D &amp; B", "R&D & B"),
        ("  Jembatan\n  dibuka ", "Jembatan dibuka"),
        ("<![CDATA[<script>alert(1)</script>Jembatan]]>", "Jembatan"),
    ],
)
def test_markup_and_entities_in_titles_are_read(
    title: str, plain: str, site: Site, near: Settings
) -> None:
    (article,) = read(site.put("/rss", rss(item(title, content=ARTICLE)), "text/xml"), near)
    assert article.title == plain


def test_a_doubly_escaped_title_of_a_page_is_read(site: Site, near: Settings) -> None:
    link = site.put("/a", page("Kopi &amp;amp; Teh", ARTICLE))
    assert read(link, near)[0].title == "Kopi & Teh"


@pytest.mark.parametrize("status", [301, 308])
def test_a_feed_that_moved_for_good_is_read_and_told(
    status: int, site: Site, near: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    site.put("/new", rss(item(content=ARTICLE)), "text/xml")
    old = site.put("/old", b"", status=status, headers={"Location": "/new"})
    assert read(old, near)
    assert f"'{old}' has moved for good; its new address is {site.url}/new" in caplog.text


def test_a_feed_that_moved_for_now_keeps_its_address(site: Site, near: Settings) -> None:
    site.put("/c", rss(item(content=ARTICLE)), "text/xml")
    site.put("/b", b"", status=302, headers={"Location": "/c"})
    old = site.put("/a", b"", status=301, headers={"Location": "/b"})
    with Crawl(near) as crawl:
        articles, _ = split(iter_articles(old, near, crawl))
    assert len(articles) == 1
    (note,) = crawl.notes
    assert note.endswith(f"its new address is {site.url}/b"), "what follows is temporary"


def test_a_feed_that_redirects_in_a_circle_is_told(site: Site, near: Settings) -> None:
    site.redirect("/a", "/b")
    (failure,) = iter_articles(site.redirect("/b", "/a"), near)
    assert isinstance(failure, Failure)
    assert "in a circle" in failure.message


ALTERNATE = "<link rel='alternate' type='application/rss+xml' href='{}'>"


def test_a_front_page_in_the_place_of_a_feed_leads_to_the_feed(site: Site, near: Settings) -> None:
    head = ALTERNATE.format("/komentar/rss") + ALTERNATE.format("rss.xml")
    front = site.put("/", page("Kabar", ARTICLE, head=head))
    site.put("/rss.xml", rss(item(content=ARTICLE)), "text/xml")
    with Crawl(near) as crawl:
        articles, failures = split(iter_articles(front, near, crawl))
    assert ([article.title for article in articles], failures) == (["Jembatan"], [])
    assert crawl.notes == (
        f"'{front}' is a page, no feed; the feed that it names is read instead: {site.url}/rss.xml",
    )


def test_a_section_without_an_article_leads_to_the_feed_and_one_with_does_not(
    site: Site, near: Settings
) -> None:
    head = ALTERNATE.format("/rss.xml")
    site.put("/rss.xml", rss(item(content=ARTICLE)), "text/xml")
    links = "".join(f"<a href='/{n}'>Berita nomor {n}</a>" for n in range(3))
    assert read(site.put("/nasional", page("Nasional", links, head=head)), near)
    assert "/rss.xml" in site.asked
    site.asked.clear()
    (article,) = read(site.put("/tentang", page("Tentang kami", ARTICLE, head=head)), near)
    assert (article.title, site.asked) == ("Tentang kami", ["/tentang"])


def test_a_walled_article_does_not_become_the_sites_feed(site: Site, near: Settings) -> None:
    head = ALTERNATE.format("/rss.xml")
    url = site.put("/jembatan", page("Jembatan", "Berlangganan untuk membaca.", head=head))
    with pytest.raises(EmptyArticleError, match="subscription wall"):
        read(url, near)
    assert site.asked == ["/jembatan"]


def test_a_page_that_names_a_page_as_its_feed_is_told(site: Site, near: Settings) -> None:
    front = site.put("/", page("Kabar", ARTICLE, head=ALTERNATE.format("/rss")))
    site.put("/rss", page("Kabar", ARTICLE, head=ALTERNATE.format("/rss")))
    with pytest.raises(UnsupportedSourceError, match=r"/rss', is none"):
        read(front, near)


def test_an_item_without_anything_is_told_and_the_others_are_read(
    site: Site, near: Settings
) -> None:
    items = [item(content=ARTICLE), "<item/>", item("Rusak", "javascript:alert(1)")]
    feed = site.put("/rss", rss(*items), "text/xml")
    articles, failures = split(iter_articles(feed, near))
    assert len(articles) == 1
    assert [failure.source for failure in failures] == [f"{feed}, item 2", f"{feed}, item 3"]


def test_items_that_all_link_to_the_front_page_are_read_from_the_feed(
    site: Site, near: Settings
) -> None:
    items = [item(f"Berita {n}", site.url + "/", f"{n} {ARTICLE}") for n in range(3)]
    articles, failures = split(iter_articles(site.put("/rss", rss(*items), "text/xml"), near))
    assert [article.title for article in articles] == ["Berita 0", "Berita 1", "Berita 2"]
    assert (failures, site.asked) == ([], ["/rss"])


def test_an_empty_feed_is_told(site: Site, near: Settings) -> None:
    with pytest.raises(EmptyArticleError, match="has no items"):
        read(site.put("/rss", rss(), "text/xml"), near)


def test_of_a_feed_of_10_000_items_the_newest_are_read(site: Site, near: Settings) -> None:
    start = datetime(2024, 1, 1, tzinfo=UTC)
    items = [
        item(
            f"Berita {n}",
            content=f"{n} {ARTICLE}" if n > 9990 else "",
            date=(start + timedelta(hours=n)).isoformat(),
        )
        for n in range(10_000)
    ]
    limits = dataclasses.replace(near.sources, max_megabytes=20, max_feed_items=3)
    settings = dataclasses.replace(near, sources=limits)
    began = time.process_time()
    articles, (failure,) = split(iter_articles(site.put("/rss", rss(*items), "text/xml"), settings))
    assert time.process_time() - began < 60
    assert [article.title for article in articles] == [f"Berita {n}" for n in (9997, 9998, 9999)]
    assert isinstance(failure.error, TooLargeError)
    assert "10000 items" in failure.message


@pytest.mark.parametrize("cut", [0.55, 0.7, 0.9])
def test_a_feed_cut_off_gives_its_whole_items_and_says_so(
    cut: float, site: Site, near: Settings
) -> None:
    whole = rss(*[item(f"Berita {n}", content=f"{n} {ACCENTED}") for n in range(10)]).encode()
    body = whole[: int(cut * len(whole))]
    kept = body.count(b"</item>")
    articles, (failure,) = split(iter_articles(site.put("/rss", body, "text/xml"), near))
    assert [article.title for article in articles] == [f"Berita {n}" for n in range(kept)]
    assert all(article.text.endswith("setiap pagi.") for article in articles)
    assert isinstance(failure.error, BrokenFileError)
    assert f"breaks off after {kept} whole items" in failure.message


def test_a_feed_with_a_wrong_length_is_not_taken_for_whole(site: Site, near: Settings) -> None:
    body = rss(item(content=ARTICLE)).encode()
    url = site.put("/rss", body, "text/xml", headers={"Content-Length": str(len(body) + 500)})
    with pytest.raises(UnreachableError):
        read(url, near)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: "<br />\n<b>Warning</b>: mysql_connect()\n" + text,
        lambda text: "\n\n  " + text,
        lambda text: text.replace("<title>Jembatan", "<title>Jembatan & Kopi&nbsp;"),
        lambda text: text.replace("<channel>", "<channel>\x00\x0b&#0;<title>K</title>"),
        lambda text: text + "<!-- dibuat dalam 0,3 detik -->\n" * 40,
        lambda text: text + "<script>x</script>",
    ],
    ids=["warning", "blank lines", "entities", "controls", "statistics", "script"],
)
def test_malformed_xml_is_read_all_the_same(spoil: object, site: Site, near: Settings) -> None:
    body = spoil(rss(item(content=ARTICLE)))  # type: ignore[operator]
    articles, failures = split(iter_articles(site.put("/rss", body, "application/rss+xml"), near))
    assert ([article.text for article in articles], failures) == ([ARTICLE], [])


def test_scripts_in_a_feeds_text_are_no_text(site: Site, near: Settings) -> None:
    content = f"<script>var a = 1;</script>{ARTICLE}<style>p {{ color: red }}</style>"
    (article,) = read(site.put("/rss", rss(item(content=content)), "text/xml"), near)
    assert article.text == ARTICLE


def test_the_feeds_longer_text_is_preferred_to_a_teaser_page(site: Site, near: Settings) -> None:
    whole = "\n\n".join(f"Alinea {n}. {ARTICLE}" for n in range(5))
    link = site.put("/a", page("Jembatan", ARTICLE))
    content = "</p><p>".join(whole.split("\n\n"))
    (article,) = read(site.put("/rss", rss(item(link=link, content=content)), "text/xml"), near)
    assert article.text == whole
    assert "stub" not in article.notes
