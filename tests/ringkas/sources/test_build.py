"""From text to Article: title, date, language, identity."""

from __future__ import annotations

import pickle
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from news_site import ARTICLE

from ringkas.errors import EmptyArticleError
from ringkas.sources import article_from_text, article_id, canonical_url
from ringkas.text.dates import WITA


def test_a_first_short_line_is_the_title() -> None:
    article = article_from_text(f"Jembatan Bambu Dibuka\n{ARTICLE}")
    assert (article.title, article.text) == ("Jembatan Bambu Dibuka", ARTICLE)


@pytest.mark.parametrize(
    "first", ["Jembatan itu dibuka.", "“Kami senang,” kata warga.", "Jembatan bambu " * 12]
)
def test_a_first_sentence_is_no_title(first: str) -> None:
    article = article_from_text(f"{first}\n\n{ARTICLE}")
    assert article.text.startswith(first.strip())


def test_an_untitled_text_is_named_by_its_first_words() -> None:
    title = article_from_text(ARTICLE).title
    assert title.endswith("…")
    assert ARTICLE.startswith(title[:-1])


def test_a_given_title_is_not_repeated_in_the_text() -> None:
    article = article_from_text(f"JEMBATAN BAMBU\n\n{ARTICLE}", title="Jembatan  Bambu")
    assert (article.title, article.text) == ("Jembatan Bambu", ARTICLE)


def test_a_date_line_in_the_head_is_the_date() -> None:
    article = article_from_text(f"Jembatan\nSenin, 27 Mei 2024 06:24 WITA\n{ARTICLE}")
    assert article.published == datetime(2024, 5, 27, 6, 24, tzinfo=WITA)
    assert article.text == ARTICLE


def test_a_date_may_be_given_in_words() -> None:
    article = article_from_text(ARTICLE, published="Senin, 27 Mei 2024 06:24 WITA")
    assert article.published == datetime(2024, 5, 27, 6, 24, tzinfo=WITA)


@pytest.mark.parametrize("byline", ["Oleh Budi Santoso", "By: Budi Santoso", "Budi Santoso"])
def test_a_name_is_without_what_stands_before_it(byline: str) -> None:
    assert article_from_text(ARTICLE, author=byline).author == "Budi Santoso"


def test_text_without_words_is_refused() -> None:
    with pytest.raises(EmptyArticleError, match="the text holds no text"):
        article_from_text("ADVERTISEMENT\n\nBaca juga: Jembatan Gantung Putus")


def test_an_article_travels_between_processes() -> None:
    article = article_from_text(f"{ARTICLE}\nEditor: Sari Dewi", title="Jembatan")
    assert pickle.loads(pickle.dumps(article)) == article


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTPS://WWW.Kabar.example:443/A/b/", "https://www.kabar.example/A/b"),
        ("https://kabar.example/a?utm_source=x&fbclid=1#top", "https://kabar.example/a"),
        ("https://kabar.example/a?page=2", "https://kabar.example/a"),
        ("https://kabar.example/a?page=all&single=1", "https://kabar.example/a"),
        ("https://kabar.example/?b=2&a=1", "https://kabar.example/?a=1&b=2"),
        ("https://kabar.example/?p=123", "https://kabar.example/?p=123"),
        ("http://kabar.example:8080/", "http://kabar.example:8080/"),
        ("http://[::1]:80/a", "http://[::1]/a"),
    ],
)
def test_canonical_addresses(url: str, expected: str) -> None:
    assert canonical_url(url) == expected
    assert canonical_url(expected) == expected


def test_an_id_comes_from_the_address_or_else_from_the_text() -> None:
    one = article_from_text(ARTICLE, title="A", url="https://kabar.example/a?utm_source=x")
    two = article_from_text("Teks yang lain sama sekali.", title="B", url="http://kabar.example/a/")
    assert one.id == two.id == article_id("https://kabar.example/a", "")
    assert article_from_text(ARTICLE).id == article_from_text(f"  {ARTICLE}\n").id
    assert article_from_text(ARTICLE).id != article_from_text(ARTICLE, title="A").id


@given(st.text(max_size=300), st.none() | st.text(max_size=40))
def test_any_text_is_an_article_or_refused(text: str, title: str | None) -> None:
    try:
        article = article_from_text(text, title=title)
    except EmptyArticleError:
        return
    assert article.text.strip() == article.text != ""
    assert article.title


@given(st.text(max_size=100))
def test_any_address_has_an_id(url: str) -> None:
    assert len(article_id(url, "text")) == 16
