"""Characters that no markup may hold are passed over, as browsers pass over them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import fragment_fromstring
from news_site import ARTICLE, page

from ringkas.settings import Settings
from ringkas.sources.characters import parseable
from ringkas.sources.feed import read_feed
from ringkas.sources.page import read_html
from ringkas.types import Article

LIMITS = Settings().sources
ODD = [
    "\x00",
    "\x01",
    "\x1f",
    "\ufffe",
    "&#0;",
    "&#1;",
    "&#x1F",
    "&#55357;",
    "&#xD83D;",
    "&#1114112;",
]


@pytest.mark.parametrize("odd", ODD)
def test_a_page_with_odd_characters_is_read(odd: str) -> None:
    note = f"<script>x</script>{odd} ikut <aside class='related'>Baca juga</aside>{odd} warga"
    html = page(f"Jembatan{odd}", f"{ARTICLE}{odd}", note)
    article = read_html(html.encode(), "a.html", LIMITS)
    assert article.title == "Jembatan"
    assert article.text.startswith(ARTICLE)


@pytest.mark.parametrize("odd", ODD)
def test_a_feed_with_odd_characters_is_read(odd: str) -> None:
    item = (
        f"<item><title>Jembatan</title><description>{odd}&lt;p>{ARTICLE}{odd}</description></item>"
    )
    feed = f"<?xml version='1.0'?><rss version='2.0'><channel>{item}</channel></rss>"
    (article,) = read_feed(feed.encode(), "a.xml", LIMITS)
    assert isinstance(article, Article)
    assert article.text == ARTICLE


def test_characters_that_are_allowed_stay() -> None:
    text = "Café &#233; &#xE9; &#10; 日本 🙂 &#128578; &amp;#1; &#12x;\t\r\n"
    assert parseable(text) == text


@given(st.text(st.characters(codec=None, categories=None)))
def test_whatever_is_left_can_be_parsed_and_moved(text: str) -> None:
    tree = fragment_fromstring(parseable(text).replace("<", ""), create_parent="div")
    tree.text = (tree.text or "") + "x"
