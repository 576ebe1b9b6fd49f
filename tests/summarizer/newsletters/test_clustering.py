"""Average linkage by hand, and the invented stories grouped by the real embedder."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from ringkas.embedding import get_embedder
from ringkas.settings import Settings
from ringkas.types import Article
from summarizer.newsletters.clustering import average_linkage, between, clusters, late_margin
from summarizer.same_story import Signs, leads

STORIES = Path(__file__).parents[1] / "digesting" / "stories"


def test_a_chain_is_not_one_group() -> None:
    # 0-1 and 1-2 are close, 0-2 is far: the mean of {0, 1} and 2 is (0.02 - 0.1) / 2 < 0.
    assert average_linkage(3, {(0, 1): 0.03, (1, 2): 0.02}, 0.0) == [[0, 1], [2]]


def test_groups_join_while_the_mean_of_all_their_pairs_allows_it() -> None:
    # {0, 1} and 2: (0.05 - 0.02) / 2 = 0.015.
    pairs = {(0, 1): 0.06, (0, 2): 0.05, (1, 2): -0.02}
    assert average_linkage(3, pairs, 0.015) == [[0, 1, 2]]
    assert average_linkage(3, pairs, 0.016) == [[0, 1], [2]]


def test_groups_weigh_as_much_as_they_have_members() -> None:
    groups = [[0, 1, 2], [3], [4]]
    # (-0.1 + 0.2 / 3 ...): one pair of three was kept, 0.1; the others count -0.1.
    near = between(groups, {(0, 3): 0.1, (3, 4): 0.02, (0, 1): 0.5})
    assert near == pytest.approx({(0, 1): (0.1 - 0.1 - 0.1) / 3, (1, 2): 0.02})
    # 3 and 4 join; with the first group they have (3 x -0.0333 + 3 x -0.1) / 6 = -0.0667.
    assert average_linkage(3, near, -0.066, groups) == [[0], [1, 2]]
    assert average_linkage(3, near, -0.067, groups) == [[0, 1, 2]]


def test_days_apart_take_off_after_the_first() -> None:
    one, next_day, later, unknown = (
        Signs(frozenset(), "id", day)
        for day in (date(2024, 5, 1), date(2024, 5, 2), date(2024, 5, 4), None)
    )
    assert late_margin(0.03, one, next_day) == 0.03
    assert late_margin(0.03, later, one) == pytest.approx(0.03 - 2 * 0.02)
    assert late_margin(0.03, one, unknown) == 0.03


def invented() -> dict[str, list[Article]]:
    found: dict[str, list[Article]] = {}
    for path in sorted(STORIES.glob("*.toml")):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        found[path.stem] = [
            Article(
                f"{path.stem}-{number}",
                given["title"],
                given["text"].strip(),
                given["language"],
                source=given["source"],
                published=given["published"],
            )
            for number, given in enumerate(table["articles"])
        ]
    return found


def test_each_invented_story_is_one_cluster_across_languages() -> None:
    stories = invented()
    articles = [article for story in stories.values() for article in story]
    vectors = get_embedder(Settings()).embed_passages(leads(articles))
    found = [{articles[i].id for i in one.members} for one in clusters(articles, vectors)]
    wanted = [{article.id for article in story} for story in stories.values()]
    assert sorted(map(sorted, found)) == sorted(map(sorted, wanted))


def test_nothing_is_no_cluster() -> None:
    assert clusters([], get_embedder(Settings()).embed_passages([])) == []
