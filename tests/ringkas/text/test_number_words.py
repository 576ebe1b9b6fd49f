from __future__ import annotations

import pytest

from ringkas.text.number_words import spelled


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("dua puluh lima orang", [25]),
        ("twenty-five people", [25]),
        ("seratus lima puluh ribu tiga ratus", [150_300]),
        ("two million five hundred thousand", [2_500_000]),
        ("two hundred and six", [206]),
        ("dua ratus tiga belas ribu", [213_000]),
        ("seribu dua ratus", [1_200]),
        ("satu dua tiga", [1, 2, 3]),
        ("five and six", [5, 6]),
        ("dua belas dan sebelas", [12, 11]),
        ("ribu orang, puluhan ribu", []),
    ],
)
def test_numbers_in_words(text: str, expected: list[int]) -> None:
    assert [int(value) for _, _, _, value in spelled(text)] == expected


def test_a_number_in_words_knows_its_place() -> None:
    text = "Ada tiga puluh dua rumah."
    ((start, end, _, _),) = spelled(text)
    assert text[start:end] == "tiga puluh dua"
