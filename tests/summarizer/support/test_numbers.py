from __future__ import annotations

import pytest

from ringkas.text.days import days
from summarizer.support.numbers import Number, comparable, numbers, same


def read(text: str) -> list[Number]:
    return numbers(text, days(text))


@pytest.mark.parametrize(
    ("stated", "source"),
    [
        ("Rp1,5 triliun", "Rp1.500 miliar"),
        ("Rp1,5 triliun", "Rp1.5 trillion"),
        ("Rp 2 M", "2 miliar rupiah"),
        ("US$1.5bn", "1,5 miliar dolar AS"),
        ("12%", "12 persen"),
        ("12 percent", "12 persen"),
        ("dua puluh lima orang", "25 people"),
        ("7 p.m.", "pukul 19.00 WIB"),
        ("pukul 7 malam", "19:00"),
        ("sekitar 1.500 orang", "1.523 orang"),
        ("hampir 1.600 orang", "1.523 orang"),
        ("lebih dari 1.500 orang", "1.523 orang"),
        ("about 2 million", "1.9 million"),
        ("5 juta", "antara 5 dan 10 juta"),
        ("lebih dari 1.500 orang", "sedikitnya 1.523 orang"),
        ("sekitar Rp2 triliun", "sekitar Rp1,98 triliun"),
        ("about 200 people", "nearly 197 people"),
    ],
)
def test_the_same_number_written_otherwise(stated: str, source: str) -> None:
    assert same(read(stated)[0], read(source)[0])


@pytest.mark.parametrize(
    ("stated", "source"),
    [
        ("Rp1,5 triliun", "Rp1,5 miliar"),
        ("Rp5 juta", "US$5 juta"),
        ("12 persen", "12 orang"),
        ("1.500 orang", "1.523 orang"),
        ("sekitar 1.500 orang", "2.523 orang"),
        ("lebih dari 1.600 orang", "1.523 orang"),
        ("under 1,500", "1,523"),
        ("lebih dari 10 negara", "lebih dari 15 negara"),
        ("di bawah 100 tahun", "di bawah 18 tahun"),
        ("pukul 19.00 WIB", "19.00 kilogram"),
    ],
)
def test_another_number(stated: str, source: str) -> None:
    assert not same(read(stated)[0], read(source)[0])


def test_only_numbers_of_a_kind_are_compared() -> None:
    percent, people, rupiah = read("12 persen")[0], read("12 orang")[0], read("Rp12")[0]
    assert comparable(people, rupiah)
    assert not comparable(percent, people)


def test_a_number_covers_its_unit_and_dates_are_no_numbers() -> None:
    text = "Pada 8 Juni 2023 harga naik 5-10 persen menjadi Rp1,5 juta."
    shown = [text[number.start : number.end] for number in read(text)]
    assert shown == ["5", "10 persen", "Rp1,5 juta"]
    assert [number.unit for number in read(text)] == ["%", "%", "idr"]


def test_a_number_beside_a_thousand_in_one_word_is_itself() -> None:
    five, thousand = read("lima atau seribu orang")
    assert (five.values, thousand.values) == ({5}, {1000})
