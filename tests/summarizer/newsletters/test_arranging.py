"""Which stories of many are printed: one affair does not fill an issue."""

from __future__ import annotations

from dataclasses import replace

from ringkas.settings import NewsletterSettings, RankSettings
from ringkas.types import Article
from summarizer.newsletters.arranging import Candidate, Wishes, arrange
from summarizer.newsletters.issue import Story
from summarizer.newsletters.ranking import NO_RANK


def candidate(name: str, total: float, affair: int, section: str = "Politik") -> Candidate:
    article = Article(name, name, "Isi berita.", "id")
    story = Story((article,), ((name,),), replace(NO_RANK, total=total))
    return Candidate(story, affair, section)


MANY = [candidate(f"revisi-{n}", 0.9 - n / 100, 0) for n in range(10)]
OTHERS = [candidate("banjir", 0.6, 1, "Daerah"), candidate("final", 0.5, 2, "Olahraga")]


def printed(wishes: Wishes, **settings: object) -> list[str]:
    sections, _ = arrange([*MANY, *OTHERS], wishes, NewsletterSettings(**settings))  # type: ignore[arg-type]
    return [story.lead.id for section in sections for story in section.stories]


def test_ten_stories_of_one_affair_do_not_fill_the_issue() -> None:
    # 0.90; then 0.89 x 0.6 = 0.534 stands below 0.6 and above 0.5, 0.88 x 0.36 = 0.317 below both.
    assert printed(Wishes(), stories=4) == ["revisi-0", "revisi-1", "banjir", "final"]
    assert printed(Wishes(), stories=4, rank=RankSettings(affair=1.0)) == [
        f"revisi-{n}" for n in range(4)
    ]


def test_what_the_affair_takes_off_is_in_the_rank() -> None:
    sections, _ = arrange([*MANY, *OTHERS], Wishes(), NewsletterSettings(stories=2))
    first, second = (story for section in sections for story in section.stories)
    assert (first.rank.affair, second.rank.affair) == (1.0, 1.0)
    sections, _ = arrange(MANY, Wishes(), NewsletterSettings(stories=2))
    assert [s.rank.affair for s in sections[0].stories] == [1.0, 0.6]
    assert sections[0].stories[1].rank.total == 0.89 * 0.6


def test_a_full_section_leaves_room_to_others() -> None:
    assert printed(Wishes(), stories=4, stories_per_section=1) == ["revisi-0", "banjir", "final"]


def test_pinned_stories_are_printed_beyond_every_limit() -> None:
    wishes = Wishes(pinned=["revisi-8", "revisi-9"])
    assert printed(wishes, stories=1, stories_per_section=1) == ["revisi-8", "revisi-9"]


def test_what_is_left_out_is_in_order_of_rank() -> None:
    _, left = arrange([*MANY, *OTHERS], Wishes(["banjir"]), NewsletterSettings(stories=9))
    assert [(one.story.lead.id, one.reason) for one in left][:1] == [("banjir", "unticked")]
    totals = [one.story.rank.total for one in left[1:]]
    assert totals == sorted(totals, reverse=True)
