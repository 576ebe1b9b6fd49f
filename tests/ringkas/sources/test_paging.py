"""Articles split over several pages."""

from __future__ import annotations

import dataclasses

import pytest
from news_site import ARTICLE, PAGES, Site, page

from ringkas.errors import FetchError
from ringkas.settings import Settings
from ringkas.sources.paging import first_page
from ringkas.sources.reading import read

PARTS = [f"Bagian ke-{n} dari laporan. " + ARTICLE.replace("64", str(60 + n)) for n in range(1, 5)]


@pytest.mark.parametrize(
    ("pattern", "link"),
    [
        ("/berita/a?page={n}", ""),
        ("/berita/a/{n}", ""),
        ("/berita/a/page/{n}", ""),
        ("/berita/a?page={n}", "</p></article><link rel='next' href='{url}'><p>"),
        ("/berita/a/bagian-{n}", "<a href='{url}'>Halaman {n}</a>"),
    ],
)
def test_pages_are_joined_in_order(pattern: str, link: str, site: Site, near: Settings) -> None:
    first = "/berita/a"
    for n in (1, 2, 3):
        anchor = (link or "<a href='{url}'>Selanjutnya</a>").format(
            url=pattern.format(n=n + 1), n=n + 1
        )
        address = first if n == 1 else pattern.format(n=n)
        site.put(address, page("Jembatan Bambu", PARTS[n - 1], anchor if n < 3 else ""))
    (article,) = read(site.url + first, near)
    assert article.text == "\n\n".join(PARTS[:3])
    assert article.url == site.url + first


def test_a_split_page_in_the_style_of_detik(site: Site, near: Settings) -> None:
    path = "/kalimantan/d-7001/pasar-apung-muara-tenang-dibuka-lagi"
    site.put_page(path, "detik_style_1.html")
    site.put_page(path + "?page=2", "detik_style_2.html")
    (article,) = read(site.url + path, near)
    assert article.text.startswith("Muara Tenang - Pasar apung")
    assert article.text.endswith("ujar Kepala Dinas Pariwisata, Gusti Maisarah.")
    assert article.text.count("\n\n") == 6
    assert article.notes["initials"] == "wln/rbh"


def test_all_on_one_page_is_preferred(site: Site, near: Settings) -> None:
    path = "/read/2024/07/09/kereta-perintis"
    whole = (PAGES / "kompas_style.html").read_text(encoding="utf-8")
    half = whole.replace("Warga Desa Girimukti, Sulastri", "<!--").replace("50 menit.", "-->")
    site.put(path, half)
    site.put(path + "?page=all", whole)
    (article,) = read(site.url + path, near)
    assert article.text.endswith("kini memakan waktu 50 menit.")
    assert site.asked == [path, path + "?page=all"]


def test_a_page_that_repeats_itself_ends_the_article(site: Site, near: Settings) -> None:
    again = page("Jembatan Bambu", ARTICLE, "<a href='/a?page=2'>2</a> <a href='/a?page=3'>3</a>")
    for address in ("/a", "/a?page=2", "/a?page=3"):
        site.put(address, again)
    (article,) = read(site.url + "/a", near)
    assert article.text == ARTICLE
    assert site.asked == ["/a", "/a?page=2"]


def test_a_missing_page_is_an_error_and_no_half_article(site: Site, near: Settings) -> None:
    site.put("/a", page("Jembatan Bambu", PARTS[0], "<a href='/a?page=2'>2</a>"))
    with pytest.raises(FetchError, match=r"page 2 of .* cannot be read"):
        read(site.url + "/a", near)


def test_more_pages_than_allowed_are_an_error(site: Site, near: Settings) -> None:
    limits = dataclasses.replace(near.sources, max_pages=2)
    for n in (1, 2, 3):
        address = "/a" if n == 1 else f"/a?page={n}"
        site.put(address, page("Jembatan", PARTS[n], f"<a href='/a?page={n + 1}'>{n + 1}</a>"))
    with pytest.raises(FetchError, match="more than 2 pages"):
        read(site.url + "/a", dataclasses.replace(near, sources=limits))


def test_other_articles_and_sites_are_not_joined(site: Site, near: Settings) -> None:
    links = (
        "<a href='/b?page=2'>2</a> <a href='http://other.example/a?page=2'>2</a>"
        "<a rel='next' href='/c'>Selanjutnya</a> <a href='/a?comment=2'>2</a>"
        "<a href='http://[bad/a?page=2'>2</a>"
    )
    (article,) = read(site.put("/a", page("Jembatan Bambu", ARTICLE, links)), near)
    assert article.text == ARTICLE
    assert site.asked == ["/a"]


def test_reading_begins_at_the_first_page() -> None:
    assert (
        first_page("https://x.example/a?page=3&utm_source=b") == "https://x.example/a?utm_source=b"
    )
    assert first_page("https://x.example/a?page=all") == "https://x.example/a?page=all"
    assert first_page("https://x.example/?p=12345") == "https://x.example/?p=12345"
