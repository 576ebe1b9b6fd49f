from __future__ import annotations

from collections import Counter

import pytest

from evaluation.stories_data import days, pairs
from evaluation.stories_metrics import b_cubed, in_company, numbered, weighted


def test_b_cubed_by_hand() -> None:
    gold = numbered([["a", "b", "c"], ["d"]])
    found = numbered([["a", "b"], ["c", "d"]])
    score = b_cubed(gold, found)
    assert score.precision == pytest.approx((1 + 1 + 1 / 2 + 1 / 2) / 4)
    assert score.recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)
    assert score.f1 == pytest.approx(2 * 0.75 * (2 / 3) / (0.75 + 2 / 3))
    assert b_cubed(gold, found, ["d"]).precision == 0.5


def test_items_alone_in_both_are_not_in_company() -> None:
    gold = numbered([["a", "b"], ["c"], ["d"], ["e"]])
    found = numbered([["a"], ["b"], ["c", "d"], ["e"]])
    assert in_company(gold, found) == ["a", "b", "c", "d"]


def test_pairs_count_by_weight() -> None:
    score = weighted([(True, True, 2.0), (False, True, 6.0), (True, False, 2.0)])
    assert (score.precision, score.recall) == (0.25, 0.5)
    assert weighted([]).f1 == 0.0


def test_every_article_of_a_labelled_day_has_one_story() -> None:
    for part, day in days().items():
        assert day.part == part
        assert len(set(day.ids)) == len(day.ids)
        assert sum(len(story) > 1 for story in day.stories) > 50


def test_enough_pairs_are_labelled_in_each_part_and_stratum() -> None:
    listed = pairs()
    counted = Counter((pair.language, pair.part, pair.stratum) for pair in listed)
    assert sum(pair.language == "id" for pair in listed) >= 150
    assert len(counted) == 2 * 2 * 5
    assert min(counted.values()) >= 5
    known = {key for day in days().values() for key in day.ids}
    assert not any(pair.one in known or pair.other in known for pair in listed)
