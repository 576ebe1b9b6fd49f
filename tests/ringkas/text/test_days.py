"""Mentions of days, with what each says and what it can mean."""

from __future__ import annotations

from datetime import date

import pytest

from ringkas.text.days import Day, dated, days


def parts(day: Day) -> tuple[int | None, int | None, int | None]:
    return day.day, day.month, day.year


@pytest.mark.parametrize(
    ("text", "mention", "expected"),
    [
        ("Rapat Kamis (8/6/2023) itu", "Kamis (8/6/2023)", (8, 6, 2023)),
        ("gempa Selasa malam (15/11).", "Selasa malam (15/11)", (15, 11, None)),
        ("pada Rabu 10/1", "Rabu 10/1", (10, 1, None)),
        ("pada 8 Juni 2023", "8 Juni 2023", (8, 6, 2023)),
        ("on Thursday, June 8, 2023", "Thursday, June 8, 2023", (8, 6, 2023)),
        ("on the 15th of May", "15th of May", (15, 5, None)),
        ("ended Sept 30", "Sept 30", (30, 9, None)),
        ("dated 2023-06-08", "2023-06-08", (8, 6, 2023)),
        ("In May 2020", "May 2020", (None, 5, 2020)),
        ("sejak 2016", "2016", (None, None, 2016)),
        ("the 1990s", "1990s", (None, None, 1990)),
        ("pada tanggal 15", "tanggal 15", (15, None, None)),
    ],
)
def test_a_day_is_read_however_it_is_written(
    text: str, mention: str, expected: tuple[int | None, ...]
) -> None:
    (found,) = days(text)
    assert text[found.start : found.end] == mention
    assert parts(found) == expected


def test_a_range_is_two_days_of_one_month() -> None:
    assert [parts(day) for day in days("20-21 May 2011")] == [(20, 5, 2011), (21, 5, 2011)]


def test_day_and_month_in_digits_may_be_reversed() -> None:
    assert days("8/6/2023")[0].reversible
    assert not days("18/6/2023")[0].reversible


@pytest.mark.parametrize(
    "text", ["1/2 cangkir", "May I ask?", "2.000 orang", "skor 3-1", "the 10 people", "minggu lalu"]
)
def test_what_only_looks_like_a_day_is_none(text: str) -> None:
    assert days(text) == []


def test_an_impossible_date_has_no_date() -> None:
    (found,) = days("31 Februari 2023")
    assert found.date is None


def test_relative_days_depend_on_the_day_of_publication() -> None:
    thursday = date(2023, 6, 8)
    yesterday, tuesday, june = (
        days("Kemarin, Selasa, 6 Juni")[0],
        days("Selasa")[0],
        days("6 Juni")[0],
    )
    assert dated(yesterday, thursday) == (date(2023, 6, 7),)
    assert dated(tuesday, thursday) == (date(2023, 6, 6), date(2023, 6, 13))
    assert dated(june, thursday) == (date(2023, 6, 6),)
    assert dated(yesterday, None) == dated(june, None) == ()
