"""Numbers that are told by other words than a number."""

from __future__ import annotations

from decimal import Decimal

import pytest

from summarizer.support.otherwise import is_roman, told_otherwise


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("the fourth division", "4"),
        ("putaran keempat", "4"),
        ("pada triwulan III", "3"),
        ("Komisi XI DPR", "11"),
        ("the 21st century", "21"),
        ("a million computers", "1000000"),
        ("satu dekade", "10"),
        ("setengah abad", "0.5"),
    ],
)
def test_words_that_tell_a_number(text: str, number: str) -> None:
    assert Decimal(number) in told_otherwise(text)


def test_other_words_tell_none() -> None:
    assert told_otherwise("Wali kota membuka pasar di Vila Indah.") == frozenset()
    assert told_otherwise("I said it cost 3 billion.") == frozenset()


def test_roman_numerals_are_told_from_names_and_pronouns() -> None:
    assert [is_roman(word) for word in ("III", "IV", "XI", "I", "Iv", "VIP")] == [
        True, True, True, False, False, False,
    ]  # fmt: skip
