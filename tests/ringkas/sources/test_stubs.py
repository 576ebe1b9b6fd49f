"""Teasers are recognised, and whole articles are not taken for teasers."""

from __future__ import annotations

import json

import pytest
from feed_parts import item, rss, split
from news_site import ARTICLE, Site, page

from ringkas.errors import StubError
from ringkas.settings import Settings
from ringkas.sources import Crawl, iter_articles, read
from ringkas.sources.stubs import stub_of_text

TEASER = "\n\n".join(f"Alinea {n}. {ARTICLE}" for n in range(2))  # 92 words: no mere wall
WHOLE = "\n\n".join(f"Alinea {n}. {ARTICLE}" for n in range(6))


@pytest.mark.parametrize(
    ("end", "reason"),
    [
        (" Kepala desa kemudian […]", "ends in “[…]”"),
        (" Kepala desa kemudian [...]", "ends in “[...]”"),
        (" Kepala desa kemudian…", "breaks off"),
        (" Kepala desa kemudian ...", "breaks off"),
        ("\n\nBaca selengkapnya", "breaks off"),
        ("\n\nContinue reading »", "breaks off"),
        ("\n\nCara mendaftar ada di halaman 2...", "goes on elsewhere"),
        ("\n\nBerlangganan untuk membaca artikel ini.", "call to subscribe"),
        ("\n\nArtikel ini khusus pelanggan.\n\nMulai dari Rp 20.000", "call to subscribe"),
        ("\n\nSubscribe to continue reading this story.", "call to subscribe"),
    ],
)
def test_the_end_of_a_teaser_gives_it_away(end: str, reason: str) -> None:
    assert reason in stub_of_text(TEASER + end)


@pytest.mark.parametrize(
    "text",
    [
        TEASER,
        WHOLE,
        f"{WHOLE} Selamat jalan...",
        f"{WHOLE}\n\nloading...",
        f"Judul… dan isi.\n\n{TEASER}",
        f"{TEASER} “Kami […] akan kembali,” katanya.",
        f"{TEASER} Layanan ini khusus pelanggan lama, dan " + "kata " * 40 + "selesai.",
        f"Berlangganan untuk membaca koran kini lazim.\n\n{ARTICLE}\n\n{ARTICLE}",
        "",
    ],
)
def test_whole_texts_are_left_alone(text: str) -> None:
    assert stub_of_text(text) == ""


def locked(free: object, words: int | None = None, wrap: bool = False) -> str:
    data: dict[str, object] = {"@type": "NewsArticle", "isAccessibleForFree": free}
    data |= {"wordCount": words} if words else {}
    shown: object = {"@graph": [{"@type": "WebPage"}, data]} if wrap else data
    return f"<script type='application/ld+json'>{json.dumps(shown)}</script>"


WALL_BOX = "<div class='paywall-box'><b>Berlangganan untuk membaca</b> seluruh artikel.</div>"


@pytest.mark.parametrize(
    ("text", "head", "reason"),
    [
        (TEASER, locked(False), "for subscribers, as the page says"),
        (TEASER, locked("False", wrap=True), "for subscribers, as the page says"),
        (WHOLE, locked(False, words=800), "of 800 words"),
        (TEASER, locked(True), ""),
        (TEASER, "", ""),
        (WHOLE, locked(False), ""),
        (WHOLE, locked(False, words=290), ""),
        (TEASER, locked(False, words=100), ""),
        (WHOLE, "<script type='application/ld+json'>{broken</script>", ""),
    ],
)
def test_what_the_publisher_says_of_a_page_counts(
    text: str, head: str, reason: str, site: Site, near: Settings
) -> None:
    (article,) = read(site.put("/a", page("Jembatan", *text.split("\n\n"), head=head)), near)
    found = article.notes.get("stub", "")
    assert reason in found
    assert bool(found) == bool(reason)


def test_a_wall_after_a_few_paragraphs_is_seen_and_a_hidden_one_is_not(
    site: Site, near: Settings
) -> None:
    short = page("Jembatan", *TEASER.split("\n\n")).replace("</article>", "</article>" + WALL_BOX)
    long = page("Jembatan", *WHOLE.split("\n\n")).replace("</article>", "</article>" + WALL_BOX)
    assert "wall follows" in read(site.put("/short", short), near)[0].notes["stub"]
    assert "stub" not in read(site.put("/long", long), near)[0].notes


def test_a_stub_is_kept_or_refused_as_asked(site: Site, near: Settings) -> None:
    link = site.put("/a", page("Jembatan", *TEASER.split("\n\n"), head=locked(False)))
    feed = site.put("/rss", rss(item(link=link)), "text/xml")
    with Crawl(near) as crawl:
        (article,), failures = split(iter_articles(feed, near, crawl))
        assert ("stub" in article.notes, failures) == (True, [])
    with Crawl(near, stubs="refuse") as crawl:
        articles, (failure,) = split(iter_articles(feed, near, crawl))
    assert articles == []
    assert failure.source == link
    assert isinstance(failure.error, StubError)
    assert "for subscribers" in failure.message


def test_a_feed_that_carries_a_teaser_as_its_text_is_marked(site: Site, near: Settings) -> None:
    feed = site.put("/rss", rss(item(content=f"{ARTICLE} Warga lalu [&#8230;]")), "text/xml")
    (article,) = read(feed, near)
    assert "[…]" in article.notes["stub"]


def test_a_page_behind_a_wall_is_read_from_the_feed_that_carries_it_whole(
    site: Site, near: Settings
) -> None:
    link = site.put("/a", page("Jembatan", *TEASER.split("\n\n"), head=locked(False)))
    content = "</p><p>".join(WHOLE.split("\n\n"))
    (article,) = read(site.put("/rss", rss(item(link=link, content=content)), "text/xml"), near)
    assert article.text == WHOLE
    assert "stub" not in article.notes
