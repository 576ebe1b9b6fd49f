"""From articles to a plan, over the sample articles and the real embedder."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

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


def configured(**newsletter: object) -> Settings:
    return Settings(newsletter=NewsletterSettings(**newsletter))  # type: ignore[arg-type]


def told(plan: Plan, word: str) -> Story:
    stories = (*plan.stories, *(one.story for one in plan.left_out))
    return next(s for s in stories if any(word in article.title for article in s.articles))


def reasons(plan: Plan) -> dict[str, str]:
    return {one.story.lead.title: one.reason for one in plan.left_out}


def shape(plan: Plan) -> list[tuple[str, list[str]]]:
    return [(section.name, [s.id for s in section.stories]) for section in plan.sections]


def test_reports_in_two_languages_and_a_wire_copy_are_one_story(choice: Choice) -> None:
    flood = told(choice.plan(), "Tanggul Kali Serwa Jebol")
    assert {article.language for article in flood.articles} == {"id", "en"}
    assert len(flood.articles) == 4
    assert sorted(map(len, flood.voices)) == [1, 1, 2]


def test_every_article_is_in_the_plan_once(choice: Choice) -> None:
    made = choice.plan()
    stories = [*made.stories, *(one.story for one in made.left_out)]
    ids = [article.id for story in stories for article in story.articles]
    assert sorted(ids) == sorted(article.id for article in samples())


def test_the_same_articles_give_the_same_plan_in_any_order(choice: Choice) -> None:
    assert shape(plan(list(reversed(samples())))) == shape(choice.plan())


def test_the_lead_is_in_the_language_of_the_issue(choice: Choice) -> None:
    assert choice.language == "id"
    assert told(choice.plan(), "Tanggul Kali Serwa Jebol").lead.language == "id"
    english = plan(samples(), language="en")
    assert told(english, "Tanggul Kali Serwa Jebol").lead.language == "en"
    assert {section.name for section in english.sections} <= {
        "Politics", "Law & Crime", "Economy", "Regions", "World", "Technology & Science",
        "Motoring", "Sport", "Entertainment", "Lifestyle",
    }  # fmt: skip


def test_stories_that_no_model_can_put_into_the_language_are_left_out(choice: Choice) -> None:
    left = reasons(choice.plan())
    assert left["Film festival fills the guesthouses of Pelanduk Bay"] == "other language"
    chat = replace(Settings(), generator=replace(Settings().generator, kind="openai"))
    assert "other language" not in reasons(plan(samples(), settings=chat)).values()


def test_the_story_that_most_voices_tell_comes_first(choice: Choice) -> None:
    first = choice.plan().stories[0]
    assert len(first.voices) == 3


def test_limits_hold_and_what_they_leave_out_is_named() -> None:
    made = plan(samples(), settings=configured(stories=3, stories_per_section=1))
    assert len(made.stories) == 3
    assert all(len(section.stories) == 1 for section in made.sections)
    assert list(reasons(made).values()).count("too many") >= 5


def test_a_pinned_story_is_printed_first_and_an_unticked_one_is_not(choice: Choice) -> None:
    before = choice.plan()
    last, first = before.stories[-1], before.stories[0]
    after = choice.plan(unticked=[first.id], pinned=[last.lead.id])
    assert after.stories[0].id == last.id
    assert first.id not in {story.id for story in after.stories}
    assert reasons(after)[first.lead.title] == "unticked"


def test_the_editor_s_order_holds(choice: Choice) -> None:
    wanted = [story.id for story in reversed(choice.plan().stories)]
    ordered = choice.plan(order=wanted)
    for section in ordered.sections:
        places = [wanted.index(story.id) for story in section.stories]
        assert places == sorted(places)
    assert ordered.stories[0].id == wanted[0]


def test_an_id_that_no_story_has_is_named(choice: Choice) -> None:
    with pytest.raises(SummaryError, match="pinned names 'nothing'"):
        choice.plan(pinned=["nothing"])


def test_a_story_cannot_be_unticked_and_pinned(choice: Choice) -> None:
    story = choice.plan().stories[0]
    with pytest.raises(SummaryError, match="both unticked and pinned"):
        choice.plan(unticked=[story.id], pinned=[story.lead.id])


def test_keywords_and_source_weights_raise_a_story() -> None:
    rank = RankSettings(coverage=0, diversity=0, recency=0, keywords=1, editor=1)
    made = plan(samples(), settings=configured(keywords=("GABAH",), rank=rank))
    assert "Gabah" in made.stories[0].lead.title
    assert (made.stories[0].rank.keywords, made.stories[0].rank.editor) == (1.0, 0.5)
    source = told(made, "Gempa").lead.source
    assert source
    weighed = configured(source_weights={source: 1.0}, rank=replace(rank, keywords=0))
    assert source in {
        article.source for article in plan(samples(), settings=weighed).stories[0].articles
    }


def test_an_editor_s_sections_stand_in_their_order_and_the_rest_is_other_news() -> None:
    sections = (
        SectionSettings("Dari kebun", keywords=("gabah", "kebun sekolah")),
        SectionSettings("Ekonomi", "bank, laba perusahaan, pasar, harga"),
    )
    made = plan(samples(), settings=configured(sections=sections))
    assert [section.name for section in made.sections] == ["Dari kebun", "Ekonomi", "Lainnya"]
    garden, economy, other = (section.stories for section in made.sections)
    assert {"Gabah", "Kebun"} <= {word for story in garden for word in story.lead.title.split()}
    assert any("Laba Bank" in story.lead.title for story in economy)
    assert any("Piala Sriwijana" in story.lead.title for story in other)


def flood_only() -> list[Article]:
    return [article for article in samples() if "Tirtaloka" in article.title]


def test_days_begin_in_the_newsletter_s_time_zone_and_both_ends_count() -> None:
    late = datetime(2024, 3, 1, 18, 30, tzinfo=UTC)  # the 2nd, 01:30, in Jakarta
    moved = [replace(article, published=late) for article in flood_only()]
    assert plan(moved, date(2024, 3, 2), date(2024, 3, 2)).stories
    assert set(reasons(plan(moved, until=date(2024, 3, 1))).values()) == {"outside period"}
    london = configured(time_zone="Europe/London")
    assert plan(moved, date(2024, 3, 1), date(2024, 3, 1), settings=london).stories
    assert plan(moved, late, late).stories
    assert not plan(moved, late + timedelta(seconds=1)).stories


def test_an_article_without_a_date_is_left_out_or_kept() -> None:
    undated = [replace(article, published=None) for article in flood_only()]
    assert set(reasons(plan(undated)).values()) == {"no date"}
    assert plan(undated, date(2024, 1, 1), settings=configured(undated=True)).stories


def test_a_stub_a_failure_and_a_page_without_an_article_are_named() -> None:
    whole, teaser = flood_only()[:2]
    failure = Failure("https://x.example/berita", EmptyArticleError("no article text"))
    links = replace(whole, id="links", text="Beranda\n\nTerkait\n\nMasuk")
    made = plan([whole, replace(teaser, notes={"stub": "paywall"}), failure, links])
    assert reasons(made) == {teaser.title: "stub"}
    assert made.failures[0] is failure
    assert "words in sentences" in made.failures[1].message


def test_nothing_in_gives_an_empty_plan() -> None:
    assert plan([]).sections == ()


@pytest.mark.parametrize(
    ("newsletter", "message"),
    [
        ({"stories": 0}, "newsletter.stories is 0; give 1 or more"),
        ({"time_zone": "Mars/Olympus"}, "'Mars/Olympus', which is no time zone"),
        ({"rank": RankSettings(coverage=-1)}, "weights of 0 or more"),
        ({"source_weights": {"a.example": 3.0}}, "source_weights.a.example is 3.0"),
        ({"sections": (SectionSettings(" "),)}, "has no name"),
        ({"sections": (SectionSettings("A"), SectionSettings("A"))}, "'A' more than once"),
    ],
)
def test_settings_that_make_no_sense_are_named(newsletter: dict[str, object], message: str) -> None:
    with pytest.raises(SettingsError) as caught:
        plan([], settings=configured(**newsletter))
    assert message in str(caught.value)


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(SummaryError, match="before it begins"):
        plan([], date(2024, 2, 2), date(2024, 2, 1))
