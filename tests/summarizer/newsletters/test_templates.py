"""Templates of one's own: taken in the place of ours, in a sandbox, with errors that say where."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hand_made_newsletters import SECOND, english, hostile, indonesian

from ringkas.errors import RingkasError
from summarizer.newsletters import NewsletterTemplateError, render
from summarizer.newsletters.rendering.templates import FOLDER

DOCS = Path(__file__).parents[3] / "docs" / "newsletter-templates.md"


def write(folder: Path, name: str, template: str) -> Path:
    (folder / name).write_text(template, encoding="utf-8")
    return folder


def test_a_template_takes_the_place_of_ours_and_the_rest_stay(tmp_path: Path) -> None:
    folder = write(tmp_path, "newsletter.txt", "{{ issue.title }}: {{ issue.sections | length }}")
    assert render(indonesian(), "text", folder) == "Kabar Sepekan: 3\n"
    assert render(indonesian(), "html", folder) == render(indonesian(), "html")
    assert b"Kabar Sepekan: 3" in render(indonesian(), "eml", folder)


def test_one_file_changes_the_colours(tmp_path: Path) -> None:
    ours = (FOLDER / "colours.css").read_text(encoding="utf-8")
    folder = write(tmp_path, "colours.css", ours.replace("#8f2a1c", "#00558b"))
    made = render(indonesian(), "html", str(folder))
    assert "#8f2a1c" not in made
    assert "color:#00558b" in made


def test_a_template_may_change_one_block_of_ours(tmp_path: Path) -> None:
    template = (
        '{% extends "ringkas/newsletter.html" %}\n'
        "{% block colophon %}<tr><td>Redaksi {{ issue.title }}</td></tr>{% endblock %}"
    )
    made = render(indonesian(), "html", write(tmp_path, "newsletter.html", template))
    assert "Redaksi Kabar Sepekan" in made
    assert "disusun dengan Ringkas" not in made
    assert SECOND.title in made


def test_what_a_template_prints_is_escaped(tmp_path: Path) -> None:
    write(tmp_path, "newsletter.html", "<p>{{ issue.title }}</p>")
    write(tmp_path, "newsletter.md", "{{ issue.title }} {{ 'a' | markdown_link('https://x.id/') }}")
    assert "<script" not in render(hostile(), "html", tmp_path)
    made = render(hostile(), "markdown", tmp_path)
    assert made.startswith("\\<script\\>")
    assert made.endswith("[a](https://x.id/)\n")
    assert not re.search(r"(?<!\\)\]\(javascript", made)


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("Halo\n{% for %}", "line 2: "),
        ("Halo\n\n{{ issue.titel }}", "line 3: .*has no attribute 'titel'"),
        ("{{ isue.title }}", "line 1: 'isue' is undefined"),
        ("{{ issue.title | shout }}", "line 1: No filter named 'shout'"),
        ("{{ 1 / 0 }}", "line 1: division by zero"),
        ("\n{% include 'gone.txt' %}", "line 2: gone.txt"),
        ("{{ issue.__class__.__mro__ }}", "line 1: access to attribute '__class__'"),
        ("{{ ''.__class__ }}", "line 1: access to attribute '__class__'"),
        ("{% include '../secret.txt' %}", "line 1: "),
        ("{% set x = issue.sections.append(1) %}", "line 1: "),
        ("{% include 'newsletter.txt' %}", "itself"),
    ],
)
def test_a_wrong_template_is_named_with_its_line(tmp_path: Path, template: str, said: str) -> None:
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    folder = tmp_path / "templates"
    folder.mkdir()
    write(folder, "newsletter.txt", template)
    with pytest.raises(NewsletterTemplateError, match=said) as error:
        render(english(), "text", folder)
    assert "newsletter.txt" in str(error.value)
    assert isinstance(error.value, RingkasError)


def test_a_mistake_in_a_file_that_is_included_is_found_there(tmp_path: Path) -> None:
    write(tmp_path, "newsletter.txt", "{% include 'head.txt' %}")
    write(tmp_path, "head.txt", "\n\n{{ issue.nothing }}")
    with pytest.raises(NewsletterTemplateError, match=r"head\.txt, line 3"):
        render(english(), "text", tmp_path)


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(NewsletterTemplateError, match=r"no folder .*nowhere.*newsletter\.html"):
        render(english(), "html", tmp_path / "nowhere")


def test_a_folder_without_a_template_is_an_error(tmp_path: Path) -> None:
    write(tmp_path, "newsletter.htm", "x")
    with pytest.raises(NewsletterTemplateError, match=r"it holds newsletter\.htm\. Name the files"):
        render(english(), "html", tmp_path)


def test_a_file_that_is_no_text_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "newsletter.txt").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(NewsletterTemplateError, match=r"newsletter\.txt"):
        render(english(), "text", tmp_path)


def test_each_template_is_documented() -> None:
    documented = DOCS.read_text(encoding="utf-8")
    assert [path.name for path in FOLDER.iterdir() if f"`{path.name}`" not in documented] == []
