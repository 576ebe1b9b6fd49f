"""From articles to a plan, over the sample articles and the real embedder."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest

from ringkas.errors import EmptyArticleError, SettingsError, SummaryError
from ringkas.settings import NewsletterSettings, RankSettings, SectionSettings, Settings
from ringkas.sources import samples
from ringkas.types import Article, Failure
from summarizer.newsletters import Choice, choose, plan
from summarizer.newsletters.issue import Plan, Story


@pytest.fixture(scope="module")
def choice() -> Choice:
    return choose(samples())


def with_title(plan: Plan, word: str) -> Story:
    stories = (*plan.stories, *(one.story for one in plan.left_out))
    return next(s for s in stories if any(word in article.title for article in s.articles))


def reasons(plan: Plan) -> dict[str, str]:
    return {one.story.lead.title: one.reason for one in plan.left_out}


def test_reports_in_two_languages_and_a_wire_copy_are_one_story(choice: Choice) -> None:
    flood = with_title(choice.plan(), "Tanggul Kali Serwa Jebol")
    assert {article.language for article in flood.articles} == {"id", "en"}
    assert len(flood.articles) == 4
    assert sorted(map(len, flood.voices)) == [1, 1, 2]


def test_the_lead_is_in_the_language_of_the_issue() -> None:
    for language in ("id", "en"):
        flood = with_title(plan(samples(), language=language), "Tanggul Kali Serwa Jebol")
        assert flood.lead.language == language


def test_stories_that_no_article_tells_in_the_issue_s_language_are_left_out(
    choice: Choice,
) -> None:
    left = reasons(choice.plan())
    assert left["Film festival fills the guesthouses of Pelanduk Bay"] == "other language"
    settings = Settings()
    chat = replace(settings, generator=replace(settings.generator, kind="openai"))
    assert "other language" not in reasons(plan(samples(), settings=chat)).values()


def test_the_same_articles_give_the_same_plan_in_any_order(choice: Choice) -> None:
    backwards = plan(list(reversed(samples())))
    names = [[s.id for s in section.stories] for section in choice.plan().sections]
    assert [[s.id for s in section.stories] for section in backwards.sections] == names
