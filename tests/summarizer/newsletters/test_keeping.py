"""What is kept of a story comes back as it was, or not at all."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from issue_plans import sample, told

from ringkas.errors import SummaryError
from ringkas.settings import GeneratorSettings, NewsletterSettings, Settings
from ringkas.types import Citation, Conflict, DigestSentence, Failure, FigureStatement, Flag, Span
from ringkas.types import Passage as Place
from summarizer.batching.cache import TextCache
from summarizer.newsletters.issue import Item, Story
from summarizer.newsletters.keeping import Keeping
from summarizer.newsletters.telling import Told

FLOOD = told("Jebol", "Meluas")


def cited(story: Story, number: int) -> Citation:
    article = story.articles[number]
    return Citation(article, Place(article.id, 0, 90), 3, 40)


def telling(story: Story) -> Told:
    flags = (Flag("number", 2, 4, Span(7, 9)), Flag("name", 0, 1))
    statement = FigureStatement("340", (cited(story, 0),), datetime(2023, 2, 14, tzinfo=UTC))
    item = Item(
        story,
        DigestSentence("Banjir “Tirtaloka”", (cited(story, 1),)),
        (DigestSentence("Satu.", (cited(story, 0), cited(story, 1)), flags),),
        "abstractive",
        (Conflict("pengungsi", "…", (statement, FigureStatement("1.872", ())), updated=True),),
        "tiny-chat",
    )
    return Told(item, (Failure("lain.example", SummaryError("tells another story")),))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "newsletters.sqlite3"


def keeping(path: Path, settings: Settings | None = None) -> Keeping:
    return Keeping(TextCache(path), "id", 60, settings or Settings())


def test_a_story_comes_back_as_it_was(path: Path) -> None:
    assert keeping(path).get(FLOOD) is None
    keeping(path).put(FLOOD, telling(FLOOD))
    again = keeping(path).get(FLOOD)
    assert again is not None
    assert again.item == telling(FLOOD).item
    assert [(one.source, one.message) for one in again.failures] == [
        ("lain.example", "tells another story")
    ]


def test_the_same_text_at_another_address_is_another_source(path: Path) -> None:
    keeping(path).put(FLOOD, telling(FLOOD))
    moved = replace(FLOOD.articles[0], source="lain.example")
    assert keeping(path).get(replace(FLOOD, articles=(moved, FLOOD.articles[1]))) is None
    assert keeping(path).get(told("Jebol", "Meluas", rank=0.9)) is not None


def test_only_what_a_story_depends_on_counts(path: Path) -> None:
    keeping(path).put(FLOOD, telling(FLOOD))
    title = Settings(newsletter=NewsletterSettings(title="Warta", stories=3))
    assert keeping(path, title).get(FLOOD) is not None
    beams = Settings(generator=GeneratorSettings(beams=2))
    assert keeping(path, beams).get(FLOOD) is None
    assert Keeping(TextCache(path), "en", 60, Settings()).get(FLOOD) is None


def test_what_stands_in_for_a_model_is_not_kept(path: Path) -> None:
    keeping(path).put(FLOOD, replace(telling(FLOOD), stood_in=True))
    assert keeping(path).get(FLOOD) is None


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"headline": {"text": 1}}'])
def test_a_damaged_story_is_told_anew(path: Path, text: str) -> None:
    keeping(path).put(FLOOD, telling(FLOOD))
    with sqlite3.connect(path) as base:
        base.execute("UPDATE summaries SET made = ?", (text,))
    assert keeping(path).get(FLOOD) is None


def test_the_story_given_is_the_story_returned(path: Path) -> None:
    keeping(path).put(FLOOD, telling(FLOOD))
    renamed = replace(sample("Jebol"), id="another-id")
    story = replace(FLOOD, articles=(renamed, FLOOD.articles[1]))
    again = keeping(path).get(story)
    assert again is not None
    assert again.item.story is story
    assert again.item.sentences[0].citations[0].article is renamed
