from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.fusion import reciprocal_rank_fusion, score_fusion

RANKINGS = st.lists(st.lists(st.sampled_from("abcdefgh"), unique=True), min_size=1, max_size=4)


def fuse(rankings: list[list[str]], k: int = 60) -> dict[str, float]:
    return dict(reciprocal_rank_fusion(rankings, [lambda _: 1.0] * len(rankings), k))


def test_the_arithmetic_in_plain_sight() -> None:
    fused = reciprocal_rank_fusion(
        [["a", "b", "c"], ["c", "d"]], [lambda _: 1.0, lambda _: 0.5], k=60
    )
    assert [item for item, _ in fused] == ["c", "a", "b", "d"]
    assert [score for _, score in fused] == pytest.approx(
        [1 / (60 + 3) + 0.5 / (60 + 1), 1 / (60 + 1), 1 / (60 + 2), 0.5 / (60 + 2)]
    )


def test_a_weight_may_depend_on_the_item() -> None:
    fused = reciprocal_rank_fusion([["a", "b"]], [lambda item: 0.1 if item == "a" else 1.0], k=60)
    assert fused == [("b", 1.0 / 62), ("a", 0.1 / 61)]


def test_ties_keep_the_order_of_first_appearance() -> None:
    assert list(fuse([["a"], ["b"]])) == ["a", "b"]


@given(RANKINGS)
def test_the_order_of_the_rankings_does_not_matter(rankings: list[list[str]]) -> None:
    assert fuse(rankings) == pytest.approx(fuse(rankings[::-1]))


@given(RANKINGS)
def test_nothing_is_lost_and_nothing_invented(rankings: list[list[str]]) -> None:
    assert set(fuse(rankings)) == {item for ranking in rankings for item in ranking}


@given(st.lists(st.sampled_from("abcdefgh"), unique=True), RANKINGS)
def test_a_ranking_of_no_weight_changes_no_order(one: list[str], others: list[list[str]]) -> None:
    weights = [lambda _: 1.0, *[lambda _: 0.0] * len(others)]
    fused = [item for item, score in reciprocal_rank_fusion([one, *others], weights, 60) if score]
    assert fused == one


@given(st.lists(st.sampled_from("abcdefgh"), unique=True))
def test_one_ranking_keeps_its_order(ranking: list[str]) -> None:
    assert list(fuse([ranking])) == ranking


SCORES = st.dictionaries(st.sampled_from("abcdefgh"), st.floats(0.0, 1.0), min_size=1)


def test_scores_add_up_in_plain_sight() -> None:
    fused = score_fusion({"a": 0.9, "b": 0.8}, {"b": 30.0, "c": 50.0, "d": 1.0}, 0.002)
    assert [item for item, _ in fused] == ["a", "c", "b", "d"]
    assert [score for _, score in fused] == pytest.approx([0.9, 0.8 + 0.1, 0.8 + 0.06, 0.802])


@given(SCORES, SCORES)
def test_scores_lose_nothing_and_invent_nothing(
    dense: dict[str, float], lexical: dict[str, float]
) -> None:
    fused = score_fusion(dense, lexical, 0.01)
    assert {item for item, _ in fused} == {*dense, *lexical}
    assert [score for _, score in fused] == sorted((s for _, s in fused), reverse=True)


@given(SCORES, SCORES)
def test_without_weight_the_dense_order_stays(
    dense: dict[str, float], lexical: dict[str, float]
) -> None:
    ranked = dict(sorted(dense.items(), key=lambda pair: -pair[1]))
    kept = [item for item, _ in score_fusion(ranked, lexical, 0.0) if item in dense]
    assert kept == list(ranked)


@given(SCORES)
def test_the_lexical_search_alone_keeps_its_order(lexical: dict[str, float]) -> None:
    ranked = dict(sorted(lexical.items(), key=lambda pair: -pair[1]))
    fused = score_fusion({}, ranked, 0.5)
    assert [lexical[item] for item, _ in fused] == list(ranked.values())
