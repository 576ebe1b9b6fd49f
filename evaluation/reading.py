"""How well passages are read: exact match, F1 and refusals of several readers on one set."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from evaluation.data import DataError, QAExample
from evaluation.metrics import best, exact_match, f1, mean
from evaluation.refusal import Outcome, Point, area, at_threshold, curve, strictest_needed
from evaluation.report import Cell, Table


@dataclass(frozen=True, slots=True)
class Prediction:
    """The best answer a reader has, and its score; it is refused under the reader's threshold."""

    text: str
    score: float


@dataclass(frozen=True, slots=True)
class Reader:
    """A named way to read, with the score under which it says "not found"."""

    name: str
    read: Callable[[Sequence[QAExample]], list[Prediction]]
    threshold: float = float("-inf")


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reader made of one set.

    ``forced`` is the score when every answer is given, over answerable questions only; ``em`` and
    ``f1`` are over all questions with refusals, by the SQuAD 2.0 rules: refusing an unanswerable
    question counts 1, refusing an answerable one 0. All in [0, 1].
    """

    forced_em: float
    forced_f1: float
    em: float
    f1: float
    point: Point
    outcomes: Sequence[Outcome]
    milliseconds: float


def measure(reader: Reader, examples: Sequence[QAExample]) -> Reading:
    """Read every example and compare with its accepted answers.

    Raises:
        DataError: there are no examples.
    """
    if not examples:
        raise DataError("the question set is empty: check its file")
    reader.read(examples[:1])  # loads what it needs, outside the timing
    started = time.perf_counter()
    predictions = reader.read(examples)
    seconds = time.perf_counter() - started
    pairs = list(zip(examples, predictions, strict=True))
    given = [(example, _given(prediction, reader)) for example, prediction in pairs]
    forced = [(example, prediction.text) for example, prediction in pairs if example.answers]
    outcomes = [_outcome(example, prediction) for example, prediction in pairs]
    return Reading(
        forced_em=mean(_best(exact_match, *pair) for pair in forced),
        forced_f1=mean(_best(f1, *pair) for pair in forced),
        em=mean(_best(exact_match, *pair) for pair in given),
        f1=mean(_best(f1, *pair) for pair in given),
        point=at_threshold(outcomes, reader.threshold),
        outcomes=outcomes,
        milliseconds=1000 * seconds / len(examples),
    )


def _given(prediction: Prediction, reader: Reader) -> str:
    return prediction.text if prediction.score >= reader.threshold else ""


def _best(metric: Callable[[str, str, str], float], example: QAExample, text: str) -> float:
    return best(metric, text, example.answers, example.answer_language)


def _outcome(example: QAExample, prediction: Prediction) -> Outcome:
    answerable = bool(example.answers)
    gain = _best(f1, example, prediction.text) if answerable else 0.0
    return Outcome(prediction.score, answerable, gain)


def table(title: str, readings: Mapping[str, Reading], note: str) -> Table:
    """Return one row a reader."""
    return Table(
        title,
        (
            "reader",
            "EM",
            "F1",
            "EM with refusal",
            "F1 with refusal",
            "answerable refused",
            "unanswerable refused",
            "ms a question",
        ),
        tuple(
            (
                name,
                100 * one.forced_em,
                100 * one.forced_f1,
                100 * one.em,
                100 * one.f1,
                one.point.refused_answerable,
                _refused(one),
                one.milliseconds,
            )
            for name, one in readings.items()
        ),
        note,
    )


def _refused(reading: Reading) -> Cell:
    unanswerable = any(not outcome.answerable for outcome in reading.outcomes)
    return reading.point.refused_unanswerable if unanswerable else "-"


def refusal_table(title: str, outcomes: Sequence[Outcome], threshold: float) -> Table:
    """Return the figures at the threshold in use, and at the one that refuses just enough."""
    points = curve(outcomes)
    rows = [("threshold in use", at_threshold(outcomes, threshold))]
    needed = strictest_needed(points)
    if needed is not None:
        rows.append(("lowest that refuses 85 % of unanswerable", needed))
    return Table(
        title,
        ("point", "threshold", "coverage", "risk", "unanswerable refused", "answerable refused"),
        tuple(
            (
                name,
                point.threshold,
                point.coverage,
                point.risk,
                point.refused_unanswerable,
                point.refused_answerable,
            )
            for name, point in rows
        ),
        f"Area under the risk-coverage curve {area(points):.3f} (0 is best); risk is the mean of "
        "1 - F1 among the questions answered.",
    )
