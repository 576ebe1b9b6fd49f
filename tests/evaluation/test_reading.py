from __future__ import annotations

from math import isclose

from evaluation.data import QAExample
from evaluation.readers import first_sentence
from evaluation.reading import Prediction, Reader, measure, refusal_table, table

EXAMPLES = [
    QAExample("a", "Siapa?", "Rapat dibuka Sugito. Lalu usai.", ("Sugito",)),
    QAExample("b", "Di mana?", "Rapat di Kota Denpasar.", ("Kota Denpasar",)),
    QAExample("c", "Kapan?", "Rapat usai.", ()),
    QAExample("d", "Berapa?", "Rapat usai.", ()),
]
PREDICTIONS = [
    Prediction("Sugito", 0.9),  # right
    Prediction("Denpasar", 0.4),  # F1 = 2 * 1 / (1 + 2) = 2/3, but refused
    Prediction("usai", 0.6),  # wrongly given
    Prediction("usai", 0.1),  # rightly refused
]
READER = Reader("fixed", lambda _: PREDICTIONS, threshold=0.5)


def test_forced_figures_are_over_answerable_questions() -> None:
    reading = measure(READER, EXAMPLES)
    assert reading.forced_em == (1 + 0) / 2
    assert isclose(reading.forced_f1, (1 + 2 / 3) / 2)


def test_with_refusal_a_refused_unanswerable_question_counts_one() -> None:
    reading = measure(READER, EXAMPLES)
    assert reading.em == reading.f1 == (1 + 0 + 0 + 1) / 4
    assert reading.point.refused_answerable == 1 / 2
    assert reading.point.refused_unanswerable == 1 / 2
    assert reading.point.coverage == 2 / 4


def test_without_a_threshold_nothing_is_refused() -> None:
    reading = measure(Reader("fixed", lambda _: PREDICTIONS), EXAMPLES)
    assert isclose(reading.f1, (1 + 2 / 3 + 0 + 0) / 4)
    assert reading.point.refused_answerable == 0.0


def test_tables_hold_percentages_and_shares() -> None:
    reading = measure(READER, EXAMPLES)
    (row,) = table("set", {"fixed": reading}, "").rows
    assert row[:2] == ("fixed", 50.0)
    assert row[5:7] == (0.5, 0.5)
    in_use, needed = refusal_table("set", reading.outcomes, 0.5).rows
    assert in_use[1:3] == (0.5, 0.5)
    # Refusing 85 % of two questions takes both, so a threshold above 0.6: that of 0.9.
    assert needed[1] == 0.9


def test_the_first_sentence_is_a_baseline() -> None:
    assert [one.text for one in first_sentence(EXAMPLES)][:2] == [
        "Rapat dibuka Sugito.",
        "Rapat di Kota Denpasar.",
    ]
