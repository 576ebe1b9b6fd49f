"""The board of an issue: ticking and moving change the plan, and nothing read is markup."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime

import pytest

from ringkas.errors import EmptyArticleError
from ringkas.page.board import Board
from ringkas.page.intake import DateError
from ringkas.page.requests import IssueRequest
from ringkas.page.stories import stories
from ringkas.page.texts import texts
from ringkas.settings import NewsletterSettings, SectionSettings, Settings
from ringkas.types import Article, Failure
from summarizer.newsletters import Choice
from summarizer.newsletters.arranging import Candidate
from summarizer.newsletters.issue import LeftOut, Rank, Story
from summarizer.newsletters.period import period

ID, EN = texts("id"), texts("en")
EVIL = '<script>alert("x")</script>'


def candidate(name: str, section: str, weight: float, title: str = "") -> Candidate:
    article = Article(
        id=name,
        title=title or f"Berita {name}",
        text=f"Isi {name}.",
        language="id",
        url=f"https://x.example/{name}",
        source="x.example",
        published=datetime(2023, 10, 5, 8, tzinfo=UTC),
    )
    rank = Rank(weight, 0.0, weight, 0.0, 0.5, weight)
    return Candidate(Story((article,), ((name,),), rank), hash(name), section)


FIRST = [
    candidate("a", "Ekonomi", 0.9),
    candidate("b", "Ekonomi", 0.8),
    candidate("c", "Ekonomi", 0.7),
    candidate("d", "Olahraga", 0.6),
    candidate("e", "Olahraga", 0.5),
]
NAMES = {one.story.id: one.story.articles[0].id for one in FIRST}


def board(most: int = 12, **settings: object) -> Board:
    wishes = dataclasses.replace(NewsletterSettings(stories=most), **settings)  # type: ignore[arg-type]
    return Board.of(Choice(tuple(FIRST), "id", period(None, None, "Asia/Jakarta"), wishes))


def story(name: str) -> str:
    return next(id_ for id_, own in NAMES.items() if own == name)


def printed(arranged: Board) -> list[list[str]]:
    return [[NAMES[one.id] for one in section.stories] for section in arranged.plan().sections]


def test_a_board_begins_as_the_ranks_have_it() -> None:
    assert printed(board()) == [["a", "b", "c"], ["d", "e"]]


def test_an_unticked_story_stays_in_its_place_and_is_not_printed() -> None:
    without = board().ticked(story("b"))
    assert [NAMES[row] for row in without.rows] == ["a", "b", "c", "d", "e"]
    assert printed(without) == [["a", "c"], ["d", "e"]]
    assert printed(without.ticked(story("b"))) == printed(board())


def test_unticking_one_story_does_not_bring_another_in() -> None:
    assert printed(board(most=3).ticked(story("a"))) == [["b", "c"]]


def test_a_spare_story_can_be_ticked_beyond_the_limit() -> None:
    few = board(most=3)
    assert [NAMES[spare.id] for spare in few.spares()] == ["d", "e"]
    assert printed(few.ticked(story("e"))) == [["a", "b", "c"], ["e"]]


def test_stories_move_within_their_section_only() -> None:
    assert printed(board().moved(story("c"), -1)) == [["a", "c", "b"], ["d", "e"]]
    assert board().moved(story("c"), 1) == board()
    assert board().moved(story("a"), -1) == board()
    assert printed(board().placed(story("a"), story("c"))) == [["b", "c", "a"], ["d", "e"]]
    assert printed(board().placed(story("c"), story("a"))) == [["c", "a", "b"], ["d", "e"]]
    assert board().placed(story("a"), story("d")) == board()
    assert board().placed(story("a"), story("a")) == board()


def test_sections_move() -> None:
    assert printed(board().section_moved("Olahraga", -1)) == [["d", "e"], ["a", "b", "c"]]
    assert board().section_moved("Ekonomi", -1) == board()
    assert board().section_moved("Cuaca", 1) == board()


def test_sections_of_the_configuration_keep_their_order() -> None:
    given = board(sections=(SectionSettings("Olahraga"), SectionSettings("Ekonomi")))
    assert [NAMES[row] for row in given.rows] == ["d", "e", "a", "b", "c"]
    assert not given.sections_move
    assert 'data-kind="section"' not in stories(given, ID)


def test_what_is_no_story_changes_nothing() -> None:
    assert board().ticked("nonsense") == board()
    assert board().moved("nonsense", 1) == board()


def test_nothing_ticked_is_an_empty_plan() -> None:
    empty = board()
    for row in empty.rows:
        empty = empty.ticked(row)
    assert empty.plan().stories == ()


@pytest.mark.parametrize("language", ["id", "en"])
def test_nothing_that_was_read_is_markup(language: str) -> None:
    t = texts(language)  # type: ignore[arg-type]
    evil = candidate("e1", EVIL, 0.9, title=EVIL)
    article = dataclasses.replace(evil.story.lead, source=EVIL, url="javascript:alert(1)")
    evil = dataclasses.replace(evil, story=dataclasses.replace(evil.story, articles=(article,)))
    choice = Choice(
        (evil,),
        "id",
        period(None, None, "Asia/Jakarta"),
        NewsletterSettings(),
        (LeftOut(evil.story, "outside period"), LeftOut(evil.story, "stub")),
        (Failure(EVIL, EmptyArticleError(EVIL)),),
    )
    markup = stories(Board.of(choice), t)
    assert EVIL not in markup
    assert "&lt;script&gt;" in markup
    assert "javascript:" not in markup
    assert t("reasons.stub", n=1) in markup


def test_every_reason_has_words() -> None:
    from typing import get_args

    from summarizer.newsletters.issue import Reason

    for reason in get_args(Reason):
        assert f"reasons.{reason.replace(' ', '_')}" in ID


def test_ends_of_a_section_have_no_way_further() -> None:
    markup = stories(board(), EN)
    assert markup.count("disabled") == 2 * 2 + 2  # first and last of two sections, and these
    assert 'aria-label="Move down: Berita a"' in markup
    assert "5 of 5 stories ticked." in markup
    assert "4 of 5 stories ticked." in stories(board().ticked(story("a")), EN)


def test_a_form_becomes_a_request() -> None:
    request = IssueRequest.of("given", "2023-10-01", "", "en", 7.0, " panen ,, banjir bandang")  # type: ignore[arg-type]
    assert request.given
    assert str(request.since) == "2023-10-01"
    assert request.until is None
    assert str(request.filters(["x.example"]).since) == "2023-09-30"
    assert request.filters(["x.example"]).until is None
    assert request.filters(["x.example"]).sources == ("x.example",)
    assert request.language == "en"
    wishes = request.settings(Settings()).newsletter
    assert (wishes.stories, wishes.keywords) == (7, ("panen", "banjir bandang"))
    assert not wishes.undated


def test_without_a_period_articles_without_a_date_are_in_it() -> None:
    request = IssueRequest.of("library", None, "", "auto", 5, "")
    assert request.settings(Settings()).newsletter.undated
    assert request.language is None


def test_a_date_that_is_none_is_an_error() -> None:
    with pytest.raises(DateError):
        IssueRequest.of("library", "besok", "", "auto", 5, "")
