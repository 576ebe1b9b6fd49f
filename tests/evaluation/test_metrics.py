from __future__ import annotations

from math import isclose, log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.metrics import (
    best,
    exact_match,
    f1,
    mean,
    normalise,
    paired_interval,
    percentile,
    ranking,
    reciprocal_rank,
)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("  Kota   Denpasar. ", "id", "kota denpasar"),
        ("“Merdeka!”", "id", "merdeka"),
        ("Rp1.500.000,-", "id", "rp1500000"),
        ("2010–2015", "id", "20102015"),
        ("golongan darah A", "id", "golongan darah a"),
        ("The head of a bank", "en", "head of bank"),
        ("café", "en", "café"),
    ],
)
def test_normalise(text: str, language: str, expected: str) -> None:
    assert normalise(text, language) == expected


def test_exact_match_ignores_case_and_punctuation() -> None:
    assert exact_match("ib alit wiradana,", "IB Alit Wiradana") == 1.0
    assert exact_match("IB Alit", "IB Alit Wiradana") == 0.0


def test_f1_is_the_harmonic_mean_of_precision_and_recall() -> None:
    # shared: bupati, taslim. precision 2/3, recall 2/2.
    assert isclose(f1("Bupati Morowali Taslim", "Bupati Taslim"), 2 * (2 / 3) * 1 / (2 / 3 + 1))


def test_f1_counts_repetitions() -> None:
    # shared: one "dua" of the two predicted. precision 1/2, recall 1/1.
    assert isclose(f1("dua dua", "dua"), 2 * 0.5 * 1 / 1.5)


def test_english_articles_count_in_indonesian_only() -> None:
    assert f1("the bank", "bank", "en") == 1.0
    assert isclose(f1("the bank", "bank", "id"), 2 / 3)


def test_an_empty_text_is_right_only_when_nothing_is_expected() -> None:
    assert f1("", "") == exact_match("", "") == 1.0
    assert f1("", "Denpasar") == f1("Denpasar", "") == 0.0


def test_best_takes_the_closest_answer() -> None:
    assert best(exact_match, "Taslim", ["Bupati Morowali", "Taslim"]) == 1.0
    assert best(f1, "", []) == 1.0
    assert best(f1, "Taslim", []) == 0.0


@given(st.text(), st.text())
def test_f1_is_symmetric_and_bounded(one: str, other: str) -> None:
    assert isclose(f1(one, other), f1(other, one))
    assert 0.0 <= f1(one, other) <= 1.0
    assert f1(one, one) == exact_match(one, one) == 1.0


def test_mean_and_percentile() -> None:
    assert mean([1.0, 2.0, 6.0]) == 3.0
    assert mean([]) == 0.0
    values = [0.5, 0.1, 0.4, 0.2, 0.3]
    assert percentile(values, 0.5) == 0.3  # ceil(0.5 * 5) = 3rd of 0.1 0.2 0.3 0.4 0.5
    assert percentile(values, 0.95) == 0.5  # ceil(0.95 * 5) = 5th
    assert percentile([7.0], 0.5) == 7.0


def test_ranking_measures() -> None:
    qrels = {"q1": {"a": 1}, "q2": {"b": 1}, "q3": {"c": 1}}
    run = {
        "q1": ["a", "x", "y"],  # found first
        "q2": ["x", "y", "b"],  # found third
        "q3": ["x", "y", "z"],  # not found
    }
    measured = ranking(qrels, run, ["RR@10", "R@1", "R@5", "nDCG@10"])
    assert isclose(measured["RR@10"], (1 / 1 + 1 / 3 + 0) / 3)
    assert isclose(measured["R@1"], 1 / 3)
    assert isclose(measured["R@5"], 2 / 3)
    assert isclose(measured["nDCG@10"], (1 / log2(2) + 1 / log2(4) + 0) / 3, rel_tol=1e-6)


def test_ranking_counts_a_question_without_results_as_zero() -> None:
    measured = ranking({"q1": {"a": 1}, "q2": {"b": 1}}, {"q1": ["a"]}, ["RR@10"])
    assert measured["RR@10"] == 0.5


def test_ranking_cuts_at_k() -> None:
    run = {"q": [*(f"x{number}" for number in range(10)), "a"]}  # the eleventh
    assert ranking({"q": {"a": 1}}, run, ["RR@10"])["RR@10"] == 0.0


def test_reciprocal_rank_looks_ten_deep() -> None:
    assert reciprocal_rank(["a", "b", "c"], {"c": 1, "b": 0}) == 1 / 3
    assert reciprocal_rank([*"abcdefghij", "k"], {"k": 1}) == 0


def test_a_difference_within_chance_has_zero_in_its_interval() -> None:
    ours, theirs = [1.0, 0.5, 1.0, 0.0] * 25, [0.5, 1.0, 1.0, 0.0] * 25
    mean, low, high = paired_interval(ours, theirs)
    assert mean == 0
    assert low < 0 < high
    assert (low, high) == pytest.approx((-0.07, 0.07), abs=0.02)  # 1.96 * 0.354 / sqrt(100)


def test_a_steady_gain_is_beyond_chance() -> None:
    theirs = [0.5, 0.25, 0.1, 1 / 3] * 25
    mean, low, high = paired_interval([value + 0.05 for value in theirs], theirs)
    assert (mean, low, high) == pytest.approx((0.05, 0.05, 0.05))
