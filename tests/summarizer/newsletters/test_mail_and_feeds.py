"""An issue as a mail to be sent, as feeds and as JSON, read back by other people's parsers."""

from __future__ import annotations

import json
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default
from email.utils import parsedate_to_datetime
from pathlib import Path

import feedparser
import jsonschema
import pytest
from hand_made_newsletters import MADE, RICE, SECOND, english, hostile, indonesian
from lxml import html

from summarizer.newsletters import render
from summarizer.newsletters.rendering import record

SCHEMA = json.loads(
    Path(record.__file__).with_name("newsletter.schema.json").read_text(encoding="utf-8")
)
VERSIONS = {"rss": "rss20", "atom": "atom10"}


def mail(made: bytes) -> EmailMessage:
    parsed = message_from_bytes(made, policy=default)
    assert isinstance(parsed, EmailMessage)
    assert not [defect for part in parsed.walk() for defect in part.defects]
    return parsed


def test_the_mail_holds_the_text_and_the_page() -> None:
    sent = mail(render(indonesian(), "eml"))
    assert sent.get_content_type() == "multipart/alternative"
    text, page = sent.iter_parts()
    assert text.get_content_type() == "text/plain"
    assert page.get_content_type() == "text/html"
    assert text.get_content().replace("\r\n", "\n") == render(indonesian(), "text")
    assert page.get_content().replace("\r\n", "\n") == render(indonesian(), "html")


def test_the_mail_has_what_mailers_ask_for_and_no_sender() -> None:
    made = render(indonesian(), "eml")
    sent = mail(made)
    assert sent["Subject"] == "Kabar Sepekan"
    assert parsedate_to_datetime(sent["Date"]) == MADE
    assert sent["Message-ID"].startswith("<")
    assert sent["Content-Language"] == "id"
    assert sent["X-Unsent"] == "1"
    assert sent["From"] is None
    assert all(len(line) <= 998 for line in made.split(b"\r\n"))
    assert b"\n" not in made.replace(b"\r\n", b"")


def test_the_same_issue_is_the_same_mail() -> None:
    assert render(english(), "eml") == render(english(), "eml")
    assert (
        mail(render(english(), "eml"))["Message-ID"]
        != mail(render(indonesian(), "eml"))["Message-ID"]
    )


@pytest.mark.parametrize(
    "evil", ["Kabar\r\nBcc: all@sagara.example", "Kabar\nX: y\n\n<b>", "é" * 300]
)
def test_a_title_adds_no_header(evil: str) -> None:
    made = render(replace(english(), title=evil), "eml")
    assert sorted(mail(made).keys()) == sorted(mail(render(english(), "eml")).keys())
    assert mail(made)["Subject"].startswith(evil[:5])


def test_a_broken_character_does_not_break_a_format() -> None:
    broken = replace(english(), title="Kabar \ud800 Sepekan")
    assert mail(render(broken, "eml"))["Subject"] == "Kabar Sepekan"
    for format in ("html", "text", "markdown", "rss", "atom", "json"):
        assert render(broken, format).encode()  # type: ignore[call-overload]


@pytest.mark.parametrize("format", VERSIONS)
def test_a_feed_has_an_entry_a_story(format: str) -> None:
    feed = feedparser.parse(render(indonesian(), format).encode())  # type: ignore[call-overload]
    assert not feed.bozo
    assert feed.version == VERSIONS[format]
    assert feed.feed.title == "Kabar Sepekan"
    assert feed.feed.language == "id"
    stories = [(section.name, one) for section in indonesian().sections for one in section.items]
    assert [(one.tags[0].term, one.title) for one in feed.entries] == [
        (name, story.headline.text) for name, story in stories
    ]
    assert feed.entries[0].links[0].href == SECOND.url
    assert feed.entries[0].published_parsed[:5] == (2023, 12, 9, 22, 30)
    assert len({one.id for one in feed.entries}) == len(stories)
    written = html.fragment_fromstring(feed.entries[0].content[0].value, create_parent=True)
    assert "Perkembangan jumlah pengungsi" in written.text_content()
    assert SECOND.source in [link.text for link in written.iter("a")]


@pytest.mark.parametrize("format", VERSIONS)
def test_a_story_without_an_address_has_no_link(format: str) -> None:
    feed = feedparser.parse(render(indonesian(), format).encode())  # type: ignore[call-overload]
    [entry] = [one for one in feed.entries if one.title == RICE.title]
    assert not entry.get("links")


@pytest.mark.parametrize("format", VERSIONS)
def test_a_story_keeps_its_name_in_the_next_issue(format: str) -> None:
    later = replace(indonesian(), made=MADE.replace(day=17))
    first, second = (
        feedparser.parse(render(each, format).encode())  # type: ignore[call-overload]
        for each in (indonesian(), later)
    )
    assert [one.id for one in first.entries] == [one.id for one in second.entries]


@pytest.mark.parametrize("format", VERSIONS)
def test_a_hostile_article_stays_text_in_a_feed(format: str) -> None:
    made = render(hostile(), format).encode()  # type: ignore[call-overload]
    feed = feedparser.parse(made, sanitize_html=False)
    assert not feed.bozo
    for entry in feed.entries:
        written = html.fragment_fromstring(entry.content[0].value, create_parent=True)
        assert not list(written.iter("script", "img"))
        assert all(link.get("href").startswith("https://") for link in written.iter("a"))


@pytest.mark.parametrize("make", [indonesian, english, hostile])
def test_the_json_follows_its_schema(make: object) -> None:
    made = json.loads(render(make(), "json"))  # type: ignore[operator]
    jsonschema.Draft202012Validator(SCHEMA).validate(made)


def test_the_schema_refuses_what_it_does_not_know() -> None:
    made = json.loads(render(english(), "json"))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(SCHEMA).validate({**made, "colour": "red"})


def test_the_json_holds_every_citation() -> None:
    made = json.loads(render(indonesian(), "json"))
    [first, *_] = made["sections"][0]["stories"]
    citation = first["sentences"][0]["citations"][1]
    assert made["articles"][citation["article"]]["source"] == "tengarapos.example"
    assert citation["quote"] == indonesian().items[0].sentences[0].citations[1].quote
    second = made["sections"][0]["stories"][1]
    assert second["sentences"][0]["flags"] == [
        {"kind": "number", "start": 37, "end": 43, "text": "12.400"}
    ]
    assert [one["supported"] for one in second["sentences"]] == [False, True, False]


def test_the_json_has_no_address_that_is_not_of_the_web() -> None:
    made = json.loads(render(hostile(), "json"))
    assert [one["url"] and one["url"][:8] for one in made["articles"].values()] == [
        None,
        "https://",
        None,
    ]


def test_the_mail_can_be_written_again_by_a_mailer() -> None:
    sent = mail(render(indonesian(), "eml"))
    sent["From"] = "redaksi@sagara.example"
    sent["To"] = "pembaca@sagara.example"
    again = message_from_bytes(sent.as_bytes(policy=SMTP), policy=default)
    assert again["Subject"] == "Kabar Sepekan"
    assert [part.get_content_type() for part in again.iter_parts()] == ["text/plain", "text/html"]
