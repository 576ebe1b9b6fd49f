"""News pages: what is the article, and what is not."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from news_site import ARTICLE, PAGES, Site, page

from ringkas.errors import BrokenFileError, EmptyArticleError, TooLargeError
from ringkas.settings import Settings
from ringkas.sources.reading import read
from ringkas.text.dates import WIB, WITA
from ringkas.types import Article


def _page(name: str) -> Article:
    (article,) = read(PAGES / name)
    return article


def test_a_page_in_the_style_of_detik() -> None:
    article = _page("detik_style_1.html")
    assert article.title == "Pasar Apung Muara Tenang Dibuka Lagi, 86 Perahu Kembali Berjualan"
    assert article.published == datetime(2024, 5, 27, 6, 24, tzinfo=WITA)
    assert article.author == "Wening Larasjati"
    assert article.source == "kabardetak.example"
    assert article.language == "id"
    assert article.url == (
        "https://www.kabardetak.example/kalimantan/d-7001/pasar-apung-muara-tenang-dibuka-lagi"
    )
    paragraphs = article.text.split("\n\n")
    assert [paragraph[:24] for paragraph in paragraphs] == [
        "Muara Tenang - Pasar apu",
        "Camat Muara Tenang, Rusd",
        "Menurut Rusdianor, perba",
        "Pedagang kue, Norsehat, ",
    ]


def test_a_page_in_the_style_of_kompas() -> None:
    article = _page("kompas_style.html")
    assert article.title == "Kereta Perintis Lembah Suri Angkut 1.240 Penumpang pada Pekan Pertama"
    assert article.published == datetime(2024, 7, 9, 21, 48, tzinfo=WIB)
    assert article.author == "Danar Kusumawijaya"
    assert article.notes["editor"] == "Retno Palupi"
    assert article.text.startswith("LEMBAH SURI, KABARKITA.example - Kereta perintis")
    assert article.text.endswith("kini memakan waktu 50 menit.")
    assert article.text.count("\n\n") == 3


def test_a_page_in_the_style_of_antara() -> None:
    article = _page("antara_style.html")
    assert article.published == datetime(2024, 8, 7, 10, 5, tzinfo=WIB)
    assert article.notes == {"reporter": "Bagas Tirtayasa", "editor": "Nindya Prameswari"}
    assert article.author == "Bagas Tirtayasa"
    assert article.text.endswith("diperiksa oleh dua mitra bestari.")
    assert article.text.count("\n\n") == 3


def test_an_english_page_in_the_style_of_the_bbc() -> None:
    article = _page("bbc_style.html")
    assert article.language == "en"
    assert article.title == "Island ferry workers end strike after pay deal"
    assert article.published == datetime(2024, 3, 14, 16, 2, tzinfo=UTC)
    assert article.author == "Maren Oakhurst"
    assert article.text.startswith("Ferry workers on three northern islands")
    assert article.text.endswith("during the strike.")
    assert article.text.count("\n\n") == 4


@pytest.mark.parametrize(
    "name", ["detik_style_1", "detik_style_2", "kompas_style", "antara_style", "bbc_style"]
)
def test_nothing_around_the_article_is_left(name: str) -> None:
    text = _page(f"{name}.html").text.lower()
    for phrase in (
        "baca juga", "read also", "advertisement", "scroll to", "gambas", "simak video", "telegram",
        "komentar", "terpopuler", "berita terkait", "halaman", "copyright", "dilarang keras",
        "newsletter", "related topics", "bagikan", "editor",
    ):  # fmt: skip
        assert phrase not in text


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("login_wall.html", "login or subscription wall"),
        ("link_list.html", "holds no article .* list of links"),
        ("cookie_notice.html", "holds no article .* cookie notice"),
    ],
)
def test_pages_without_an_article_are_refused(name: str, message: str) -> None:
    with pytest.raises(EmptyArticleError, match=message) as caught:
        read(PAGES / name)
    assert name in str(caught.value)


def test_a_robot_check_is_told(site: Site, near: Settings) -> None:
    url = site.put("/a", page("Just a moment", "Checking your browser. Enable JavaScript."))
    with pytest.raises(EmptyArticleError, match="keeps programs out"):
        read(url, near)


def test_a_long_article_that_mentions_logging_in_is_read(site: Site, near: Settings) -> None:
    body = [ARTICLE, ARTICLE.replace("Sukarela", "Sukamaju"), "Pengguna diminta: silakan login."]
    url = site.put("/a", page("Jembatan Bambu", *body))
    assert "silakan login" in read(url, near)[0].text


def test_a_script_in_the_title_is_plain_text() -> None:
    html = page("&lt;script&gt;alert(1)&lt;/script&gt; Jembatan Bambu", ARTICLE)
    (article,) = read(html.encode())
    assert "Jembatan Bambu" in article.title
    assert article.text == ARTICLE


def test_a_canonical_address_of_another_site_is_not_believed(site: Site, near: Settings) -> None:
    head = "<link rel='canonical' href='https://www.kabardetak.example/d-1'>"
    url = site.put("/a", page("Jembatan Bambu", ARTICLE, head=head))
    assert read(url, near)[0].url == url


def test_a_canonical_front_page_is_not_believed(site: Site, near: Settings) -> None:
    url = site.put("/a", page("Jembatan", ARTICLE, head="<link rel='canonical' href='/'>"))
    assert read(url, near)[0].url == url


def test_the_date_with_a_time_zone_wins(site: Site, near: Settings) -> None:
    head = (
        "<meta name='date' content='2024-05-04'>"
        "<meta property='article:published_time' content='2024-05-04T08:15:00+07:00'>"
        "<script type='application/ld+json'>{broken</script>"
    )
    url = site.put("/a", page("Jembatan", ARTICLE, head=head))
    assert read(url, near)[0].published == datetime(2024, 5, 4, 8, 15, tzinfo=WIB)


@pytest.mark.parametrize("depth", [1_000, 100_000])
def test_deep_nesting_is_refused_or_read_but_never_crashes(depth: int) -> None:
    bomb = "<html><body>" + "<div>" * depth + f"<p>{ARTICLE}</p>"
    with pytest.raises((TooLargeError, EmptyArticleError, BrokenFileError)):
        read(bomb.encode())


def test_far_too_many_elements_are_refused() -> None:
    with pytest.raises(TooLargeError, match="no ordinary page"):
        read(("<html><body>" + "<p><b>a</b></p>" * 20_000).encode())


@pytest.mark.parametrize(
    "html", ["<html></html>", "<html><body>", "<!doctype html>", "<html>\0\0</html>"]
)
def test_a_page_without_content_is_refused(html: str) -> None:
    with pytest.raises((EmptyArticleError, BrokenFileError)):
        read(html.encode())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_are_told(encoding: str) -> None:
    html = page("Kafé Désa", ARTICLE.replace("Desa", "Désa"), head="<meta charset='windows-1252'>")
    (article,) = read(html.encode(encoding))
    assert "Désa Sukarela" in article.text
