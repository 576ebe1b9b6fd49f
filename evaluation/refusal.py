"""What refusing costs: risk, coverage, and the two error rates at each threshold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.metrics import mean

MIN_REFUSED = 0.85
"""The share of unanswerable questions that must be refused."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question: the answer's score, whether it is answerable, and its gain in [0, 1].

    ``gain`` is what the answer is worth if given (token F1, or 1 for accepted); it is 0 for an
    unanswerable question.
    """

    score: float
    answerable: bool
    gain: float


@dataclass(frozen=True, slots=True)
class Point:
    """The state at one threshold: answers with a score of at least ``threshold`` are given.

    ``coverage`` is the share of questions answered, ``risk`` the mean loss ``1 - gain`` among
    them; ``refused_unanswerable`` and ``refused_answerable`` are shares of their kind.
    """

    threshold: float
    coverage: float
    risk: float
    refused_unanswerable: float
    refused_answerable: float


def at_threshold(outcomes: Sequence[Outcome], threshold: float) -> Point:
    """Return the figures when everything scored below ``threshold`` is refused."""
    given = [outcome for outcome in outcomes if outcome.score >= threshold]
    return Point(
        threshold=threshold,
        coverage=len(given) / len(outcomes) if outcomes else 0.0,
        risk=mean(1.0 - outcome.gain for outcome in given),
        refused_unanswerable=_refused(outcomes, threshold, answerable=False),
        refused_answerable=_refused(outcomes, threshold, answerable=True),
    )


def _refused(outcomes: Sequence[Outcome], threshold: float, *, answerable: bool) -> float:
    scores = [outcome.score for outcome in outcomes if outcome.answerable == answerable]
    return mean(float(score < threshold) for score in scores)


def curve(outcomes: Sequence[Outcome]) -> list[Point]:
    """Return one point per distinct score, from the fewest answers given to the most.

    The risk-coverage curve of selective prediction (El-Yaniv and Wiener, 2010,
    https://jmlr.org/papers/v11/el-yaniv10a.html).
    """
    thresholds = sorted({outcome.score for outcome in outcomes}, reverse=True)
    return [at_threshold(outcomes, threshold) for threshold in thresholds]


def area(points: Sequence[Point]) -> float:
    """Return the area under the risk-coverage curve, ``sum risk_i (c_i - c_(i-1))``; 0 is best."""
    before = (0.0, *(point.coverage for point in points))
    return sum(
        point.risk * (point.coverage - last) for point, last in zip(points, before, strict=False)
    )


def strictest_needed(points: Sequence[Point], refused: float = MIN_REFUSED) -> Point | None:
    """Return the lowest threshold that refuses at least ``refused`` of the unanswerable."""
    enough = [point for point in points if point.refused_unanswerable >= refused]
    return min(enough, key=lambda point: point.threshold, default=None)
