from __future__ import annotations

from math import isclose

from evaluation.refusal import Outcome, area, at_threshold, curve, strictest_needed

OUTCOMES = [
    Outcome(score=0.9, answerable=True, gain=1.0),
    Outcome(score=0.7, answerable=True, gain=0.5),
    Outcome(score=0.6, answerable=False, gain=0.0),
    Outcome(score=0.2, answerable=False, gain=0.0),
]


def test_at_threshold() -> None:
    point = at_threshold(OUTCOMES, 0.6)
    assert point.coverage == 3 / 4
    assert isclose(point.risk, (0.0 + 0.5 + 1.0) / 3)
    assert point.refused_unanswerable == 1 / 2
    assert point.refused_answerable == 0.0


def test_refusing_everything_risks_nothing() -> None:
    point = at_threshold(OUTCOMES, 1.0)
    assert (point.coverage, point.risk) == (0.0, 0.0)
    assert (point.refused_unanswerable, point.refused_answerable) == (1.0, 1.0)


def test_the_area_sums_risk_over_the_steps_of_coverage() -> None:
    # coverage 1/4, 2/4, 3/4, 4/4 with risk 0, 0.5/2, 1.5/3, 2.5/4
    expected = (0 + 0.25 + 0.5 + 0.625) * 1 / 4
    assert isclose(area(curve(OUTCOMES)), expected)


def test_strictest_needed_is_the_lowest_threshold_that_refuses_enough() -> None:
    chosen = strictest_needed(curve(OUTCOMES), refused=1.0)
    assert chosen is not None
    assert chosen.threshold == 0.7
    assert chosen.refused_answerable == 0.0
    assert strictest_needed([], refused=0.5) is None
