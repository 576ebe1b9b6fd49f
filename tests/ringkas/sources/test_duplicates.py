"""One article in several feeds and under several addresses is read once, and that is told."""

from __future__ import annotations

import pytest
from feed_parts import item, rss, split
from news_site import ARTICLE, Site, page

from ringkas.errors import DuplicateArticleError
from ringkas.settings import Settings
from ringkas.sources import Crawl, article_from_text, iter_articles
from ringkas.sources.duplicates import Seen, same_address
from ringkas.types import Article

ONE = "https://www.kabar.example/berita/jembatan-dibuka"


@pytest.mark.parametrize(
    "url",
    [
        "http://www.kabar.example/berita/jembatan-dibuka",
        "https://kabar.example/berita/jembatan-dibuka/",
        "https://m.kabar.example/berita/jembatan-dibuka#komentar",
        "https://amp.kabar.example/berita/jembatan-dibuka",
        "https://www.kabar.example/amp/berita/jembatan-dibuka",
        "https://www.kabar.example/berita/jembatan-dibuka/amp",
        "https://www.kabar.example/berita/jembatan-dibuka?amp=1",
        "https://www.kabar.example/berita/jembatan-dibuka?amp",
        "https://www.kabar.example/berita/jembatan-dibuka?outputType=amp",
        "https://www.kabar.example/berita/jembatan-dibuka?utm_source=rss&utm_medium=feed",
        "https://www.kabar.example/berita/jembatan-dibuka?fbclid=x&page=all",
        "https://www.kabar.example/berita/jembatan-dibuka/index.html",
        "HTTPS://WWW.KABAR.EXAMPLE:443/berita/jembatan-dibuka",
        "https://www.google.com/amp/s/www.kabar.example/berita/jembatan-dibuka",
        "https://www-kabar-example.cdn.ampproject.org/c/s/www.kabar.example/berita/jembatan-dibuka",
    ],
)
def test_the_addresses_of_one_article_are_the_same(url: str) -> None:
    assert same_address(url) == same_address(ONE)


@pytest.mark.parametrize(
    "url",
    [
        "https://www.kabar.example/berita/jembatan-dibuka-lagi",
        "https://news.kabar.example/berita/jembatan-dibuka",
        "https://www.kabar.example/berita/jembatan-dibuka?id=2",
        "https://www.kabar.example/berita/Jembatan-dibuka",
        "https://www.kabar.example/ampuh/berita/jembatan-dibuka",
        "https://www.kabar.example/berita/jembatan-dibuka/ampas",
        "https://www.kabar.example:8443/berita/jembatan-dibuka",
        "https://m.example/berita/jembatan-dibuka",
        "http://[kabar",
    ],
)
def test_other_addresses_are_not(url: str) -> None:
    assert same_address(url) != same_address(ONE)


def test_an_article_in_two_feeds_is_yielded_once_and_told(site: Site, near: Settings) -> None:
    first = site.put("/a", page("Jembatan", ARTICLE))
    other = site.put("/b", page("Pasar", ARTICLE.replace("Jembatan bambu", "Pasar desa")))
    one = site.put("/rss1", rss(item(link=first)), "text/xml")
    again = first + "?utm_source=rss2"
    two = site.put("/rss2", rss(item(link=again), item(link=other)), "text/xml")
    with Crawl(near) as crawl:
        found = [found for feed in (one, two) for found in iter_articles(feed, near, crawl)]
    articles, failures = split(found)
    assert [article.title for article in articles] == ["Jembatan", "Pasar"]
    assert failures == []
    (repeated,) = crawl.duplicates
    assert repeated.source == again
    assert isinstance(repeated.error, DuplicateArticleError)
    assert f"is the same article as '{first}'" in repeated.message
    (note,) = crawl.notes
    assert note.startswith("1 of the items came more than once")
    assert repeated.message in note
    assert site.asked == ["/rss1", "/a", "/rss2", "/b"], "the repetition is not fetched"


def test_an_article_twice_in_one_feed_is_yielded_once_and_told(
    site: Site, near: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    link = site.put("/a", page("Jembatan", ARTICLE))
    feed = site.put("/rss", rss(item(link=link), item(link=link)), "text/xml")
    (article,) = iter_articles(feed, near)
    assert isinstance(article, Article)
    assert f"'{link}' was read already" in caplog.text


def test_two_links_that_lead_to_one_page_are_one_article(site: Site, near: Settings) -> None:
    site.put("/a", page("Jembatan", ARTICLE))
    links = [site.redirect("/go/1", "/a"), site.redirect("/go/2", "/a")]
    feed = site.put("/rss", rss(*[item(link=link) for link in links]), "text/xml")
    with Crawl(near) as crawl:
        articles, failures = split(iter_articles(feed, near, crawl))
    assert ([article.url for article in articles], failures) == ([site.url + "/a"], [])
    assert [repeated.source for repeated in crawl.duplicates] == [links[1]]


def test_a_listed_page_that_was_read_already_is_told(site: Site, near: Settings) -> None:
    url = site.put("/a", page("Jembatan", ARTICLE))
    with Crawl(near) as crawl:
        assert len(list(iter_articles(url, near, crawl, listed=True))) == 1
        assert list(iter_articles(url + "#komentar", near, crawl, listed=True)) == []
        assert [repeated.source for repeated in crawl.duplicates] == [url + "#komentar"]


def test_an_item_that_failed_is_tried_again_in_the_next_feed(site: Site, near: Settings) -> None:
    feed = site.put("/rss", rss(item(link=site.url + "/a")), "text/xml")
    with Crawl(near) as crawl:
        assert split(iter_articles(feed, near, crawl))[0] == []
        site.put("/a", page("Jembatan", ARTICLE))
        assert len(split(iter_articles(feed, near, crawl))[0]) == 1


def test_the_same_text_is_one_article_at_one_outlet_and_a_wire_copy_at_another() -> None:
    seen = Seen()
    seen.add(article_from_text(ARTICLE, url="https://kabar.example/nasional/1"))
    seen.add(article_from_text(ARTICLE, url="https://warta.example/1"))
    again = article_from_text(f"{ARTICLE.upper()} ", url="https://www.kabar.example/daerah/99")
    with pytest.raises(DuplicateArticleError, match=r"kabar\.example/nasional/1"):
        seen.add(again)


def test_pasted_and_filed_articles_are_not_compared(near: Settings) -> None:
    with Crawl(near) as crawl:
        for _ in range(2):
            assert len(split(iter_articles(ARTICLE, near, crawl))[0]) == 1
