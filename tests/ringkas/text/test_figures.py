"""Numbers as two languages write them, with the cases written out."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ringkas.text.figures import figures, months_in_dates, take_figures, unsupported_numbers


@pytest.mark.parametrize(
    ("sentence", "passage"),
    [
        ("Rp1,5 triliun", "anggaran Rp1.500 miliar"),
        ("Rp1.5 trillion", "Rp1,5 triliun"),
        ("1500 orang", "1.500 orang"),
        ("1,500 people", "1.500 orang"),
        ("Rp1.500.000", "Rp1,5 juta"),
        ("1.250,75 dan 1,250.75", "1.250,75"),
        ("8 Juni 2023", "(8/6/2023)"),
        ("8 Juni 2023", "8.6.2023"),
        ("3 korban", "tiga korban"),
        ("antara 5 dan 10 juta", "5-10 juta"),
        ("tanpa angka", ""),
    ],
)
def test_numbers_written_otherwise_are_the_same(sentence: str, passage: str) -> None:
    assert unsupported_numbers(sentence, passage) == []


@pytest.mark.parametrize(
    ("sentence", "passage", "missing"),
    [
        ("Rp1,5 triliun", "Rp1,5 miliar", ["1,5"]),
        ("15 orang", "1,5 orang", ["15"]),
        ("120 rumah", "1.200 rumah", ["120"]),
        ("20 orang", "2023", ["20"]),
        ("9 Juni 2023", "8/6/2023", ["9"]),
        ("5 persen", "lima belas", []),
        ("7 persen", "", ["7"]),
    ],
)
def test_other_numbers_are_missing(sentence: str, passage: str, missing: list[str]) -> None:
    assert unsupported_numbers(sentence, passage) == missing


def test_months_of_dates_in_digits() -> None:
    assert months_in_dates("Kamis (8/6/2023)") == {"juni", "agustus"}
    assert months_in_dates("2023-06-30") == {"juni"}
    assert months_in_dates("skor 3-1") == frozenset()


@pytest.mark.parametrize(
    ("text", "shown", "values"),
    [
        ("Rp1,5 triliun", "1,5 triliun", {1_500_000_000_000}),
        ("1.500 orang", "1.500", {1_500, Decimal("1.5")}),
        ("dua puluh lima orang", "dua puluh lima", {25}),
        ("1,250.75", "1,250.75", {Decimal("1250.75")}),
    ],
)
def test_a_figure_knows_its_place_and_what_it_can_mean(
    text: str, shown: str, values: set[Decimal]
) -> None:
    (figure,) = figures(text)
    assert text[figure.start : figure.end] == shown
    assert figure.values == values


def test_figures_are_taken_out_of_the_words() -> None:
    values, rest = take_figures("Dua puluh lima rumah, 3 jembatan")
    assert values == [{25}, {3}]
    assert rest == "rumah jembatan"
