from __future__ import annotations

import pytest

from summarizer.support.abbreviations import abbreviates, initials


@pytest.mark.parametrize(
    ("short", "text"),
    [
        ("menkeu", "menteri keuangan"),
        ("kejagung", "kejaksaan agung"),
        ("jokowi", "presiden joko widodo"),
        ("perda", "sosialisasi peraturan daerah"),
        ("mendikdasmen", "menteri pendidikan dasar menengah"),
    ],
)
def test_a_short_form_is_made_of_parts_of_words_in_a_row(short: str, text: str) -> None:
    assert abbreviates(short, text.split())


@pytest.mark.parametrize(
    ("short", "text"),
    [("menkeu", "menteri perdagangan"), ("menkeu", "keuangan menteri"), ("kota", "kolam taman")],
)
def test_other_words_make_no_short_form(short: str, text: str) -> None:
    assert not abbreviates(short, text.split())


def test_initials_are_those_of_words_with_capitals() -> None:
    assert initials("Komisi Pemberantasan Korupsi".split()) == "kpk"
    assert initials("Universitas of Indonesia".split()) == "ui"
