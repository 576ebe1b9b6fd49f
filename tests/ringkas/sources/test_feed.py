"""RSS and Atom feeds."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime
from pathlib import Path

import pytest
from news_site import ARTICLE, Site, page

from ringkas.errors import BrokenFileError, EmptyArticleError, FetchError, UnsupportedSourceError
from ringkas.settings import Settings
from ringkas.sources.reading import iter_articles, read
from ringkas.text.dates import WIB
from ringkas.types import Article, Failure


def _rss(*items: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>Kabar</title><link>http://kabar.example</link>{''.join(items)}</channel></rss>"
    )


def _item(title: str, link: str = "", content: str = "", date: str = "") -> str:
    parts = [f"<title>{title}</title>"]
    parts += [f"<link>{link}</link>"] if link else []
    parts += [f"<pubDate>{date}</pubDate>"] if date else []
    parts += [f"<content:encoded><![CDATA[{content}]]></content:encoded>"] if content else []
    return f"<item>{''.join(parts)}</item>"


def test_the_pages_of_a_feed_are_read(site: Site, near: Settings) -> None:
    first = site.put("/a1", page("Jembatan Bambu Dibuka", ARTICLE))
    second = site.put("/a2", page("Jembatan Kedua", ARTICLE.replace("64", "71")))
    date = "Sat, 04 May 2024 08:15:00 +0700"
    feed = _rss(_item("Satu", first, date=date), _item("Dua", second))
    articles = read(site.put("/rss", feed, "application/rss+xml"), near)
    assert [article.title for article in articles] == ["Jembatan Bambu Dibuka", "Jembatan Kedua"]
    assert [article.url for article in articles] == [first, second]
    assert articles[0].published == datetime(2024, 5, 4, 8, 15, tzinfo=WIB)
    assert articles[0].text == ARTICLE


@pytest.mark.parametrize("content_type", ["text/xml", "application/xml", "text/html"])
def test_a_feed_is_told_whatever_the_server_calls_it(
    content_type: str, site: Site, near: Settings
) -> None:
    link = site.put("/a1", page("Jembatan Bambu", ARTICLE))
    assert len(read(site.put("/feed", _rss(_item("Satu", link)), content_type), near)) == 1


def test_one_broken_item_does_not_stop_the_feed(site: Site, near: Settings) -> None:
    good = site.put("/a1", page("Jembatan Bambu", ARTICLE))
    feed = _rss(_item("Hilang", site.url + "/gone"), _item("Kosong"), _item("Satu", good))
    failures: list[Failure] = []
    articles = read(site.put("/rss", feed, "application/rss+xml"), near, failures.append)
    assert [article.url for article in articles] == [good]
    assert [failure.source for failure in failures] == [
        site.url + "/gone",
        f"{site.url}/rss, item 2",
    ]
    assert isinstance(failures[0].error, FetchError)
    assert "HTTP 404" in failures[0].message


def test_the_feeds_own_text_is_used_where_the_page_fails(site: Site, near: Settings) -> None:
    item = _item("Jembatan", site.url + "/gone", f"<p>{ARTICLE}</p><p>Akhir &amp; penutup.</p>")
    (article,) = read(site.put("/rss", _rss(item), "application/rss+xml"), near)
    assert article.text == f"{ARTICLE}\n\nAkhir & penutup."
    assert article.url == site.url + "/gone"


def test_a_feed_file_with_full_texts_needs_no_network(tmp_path: Path) -> None:
    item = _item("Jembatan", "https://kabar.example/a1", f"<p>{ARTICLE}</p>")
    path = tmp_path / "feed.xml"
    path.write_text(_rss(item), encoding="utf-8")
    (article,) = read(path)
    assert (article.title, article.text) == ("Jembatan", ARTICLE)
    assert article.source == "kabar.example"


def test_an_atom_feed_is_read(tmp_path: Path) -> None:
    path = tmp_path / "feed.atom"
    path.write_text(
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>K</title><entry>'
        "<title>Jembatan</title><author><name>Sari Dewi</name></author>"
        "<published>2024-05-04T01:15:00Z</published>"
        f'<content type="html">&lt;p&gt;{ARTICLE}&lt;/p&gt;</content></entry></feed>',
        encoding="utf-8",
    )
    (article,) = read(path)
    assert article.text == ARTICLE
    assert article.author == "Sari Dewi"
    assert article.published == datetime(2024, 5, 4, 1, 15, tzinfo=UTC)


def test_a_long_feed_is_read_up_to_its_limit(tmp_path: Path, near: Settings) -> None:
    path = tmp_path / "feed.xml"
    items = [_item(f"Berita {n}", "", f"<p>{n} {ARTICLE}</p>") for n in range(5)]
    path.write_text(_rss(*items), encoding="utf-8")
    limits = dataclasses.replace(near.sources, max_feed_items=3)
    with pytest.warns(UserWarning, match="5 items; the first 3"):
        articles = read(path, dataclasses.replace(near, sources=limits))
    assert len(articles) == 3
    *_, left_out = iter_articles(path, dataclasses.replace(near, sources=limits))
    assert isinstance(left_out, Failure)
    assert "sources.max_feed_items" in left_out.message


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (_rss(), EmptyArticleError),
        ("<note><to>you</to></note>", UnsupportedSourceError),
        ("no xml at all", BrokenFileError),
        ("<rss version='2.0'><channel><item>", (BrokenFileError, EmptyArticleError)),
    ],
)
def test_what_is_no_feed_is_refused(content: str, error: type[Exception], tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(error, match=r"feed\.xml"):
        read(path)


def test_external_entities_and_entity_bombs_are_not_expanded(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("TOP-SECRET", encoding="utf-8")
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
    doctype = f'<!DOCTYPE rss [<!ENTITY l0 "lol">{lol}<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    feed = _rss(_item("Judul &x; &l8;", "", f"<p>{ARTICLE}</p>")).replace(
        "<rss", doctype + "<rss", 1
    )
    path = tmp_path / "feed.xml"
    path.write_text(feed, encoding="utf-8")
    for item in iter_articles(path):
        text = f"{item.title} {item.text}" if isinstance(item, Article) else item.message
        assert "TOP-SECRET" not in text
        assert len(text) < 10_000
