"""Plain text and Markdown."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from news_site import ARTICLE

from ringkas.errors import BrokenFileError
from ringkas.settings import SourceSettings
from ringkas.sources.textfile import plain_text, read_markdown, read_text

LIMITS = SourceSettings()


def test_front_matter_names_the_article() -> None:
    data = (
        "---\ntitle: Jembatan Bambu\nsource: kabar.example\nurl: https://kabar.example/a\n"
        "published: 2024-05-04T08:15:00+08:00\nauthor: Sari Dewi\nlanguage: id\n---\n\n" + ARTICLE
    )
    article = read_markdown(data.encode(), "a.md", LIMITS)
    zone = timezone(timedelta(hours=8))
    assert article.title == "Jembatan Bambu"
    assert article.published == datetime(2024, 5, 4, 8, 15, tzinfo=zone)
    assert (article.source, article.url) == ("kabar.example", "https://kabar.example/a")
    assert (article.author, article.language, article.text) == ("Sari Dewi", "id", ARTICLE)


@pytest.mark.parametrize("date", ["2024-05-04", "'Sabtu, 4 Mei 2024'"])
def test_a_date_without_a_zone_stays_without(date: str) -> None:
    data = f"---\ndate: {date}\n---\n{ARTICLE}".encode()
    assert read_markdown(data, "a.md", LIMITS).published == datetime(2024, 5, 4)


@pytest.mark.parametrize("front", ["title: [a", "date: 2024-02-31", "a: " + "[" * 3000])
def test_broken_front_matter_is_named(front: str) -> None:
    with pytest.raises(BrokenFileError, match=r"front matter of a\.md is not YAML"):
        read_markdown(f"---\n{front}\n---\n{ARTICLE}".encode(), "a.md", LIMITS)


@pytest.mark.parametrize("front", ["- a list", "just words", "", "title: {a: 1}"])
def test_front_matter_that_names_nothing_is_passed_over(front: str) -> None:
    assert read_markdown(f"---\n{front}\n---\n{ARTICLE}".encode(), "a.md", LIMITS).text == ARTICLE


def test_aliases_in_front_matter_are_not_expanded() -> None:
    bomb = "a0: &a0 [x, x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)
    )
    data = f"---\n{bomb}title: *a11\n---\n{ARTICLE}".encode()
    assert len(read_markdown(data, "a.md", LIMITS).title) < 200


def test_marks_are_taken_off_and_wrapped_lines_joined() -> None:
    markdown = (
        "# Jembatan *Bambu*\n\nWarga **membangun** jembatan\nbersama [petani](https://x.example).\n"
        "\n## Biaya\n\n> Harganya Rp2.000 * 3.\n\n***\n\n- satu\n- dua\n\nnama_file_ini tetap."
    )
    assert plain_text(markdown).split("\n\n") == [
        "# Jembatan Bambu",
        "Warga membangun jembatan bersama petani.",
        "Biaya",
        "Harganya Rp2.000 * 3.",
        "- satu",
        "- dua",
        "nama_file_ini tetap.",
    ]


def test_a_heading_is_the_title() -> None:
    article = read_markdown(f"# Jembatan Bambu\n\n{ARTICLE}".encode(), "a.md", LIMITS)
    assert (article.title, article.text) == ("Jembatan Bambu", ARTICLE)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_text_in_any_unicode_is_read(encoding: str) -> None:
    assert read_text(f"Kafé\n\n{ARTICLE}".encode(encoding), "a.txt", LIMITS).title == "Kafé"


@pytest.mark.parametrize("address", ["javascript:alert(1)", "h[ttps://x/y", "file:///etc/passwd"])
def test_only_addresses_of_the_web_are_kept(address: str) -> None:
    page = f'---\ntitle: Pasar Dibuka\nurl: "{address}"\n---\n{ARTICLE}\n'
    assert read_markdown(page.encode(), "a.md", LIMITS).url is None
