"""Words of both languages: what stands for what, and what is mostly written without a capital."""

from __future__ import annotations

import pytest

from ringkas.text.lexicon import is_ordinary, to_english, to_indonesian


@pytest.mark.parametrize(
    ("english", "indonesian"),
    [("earthquake", "gempa"), ("meeting", "rapat"), ("monday", "senin"), ("workers", "pekerja")],
)
def test_translations_go_both_ways(english: str, indonesian: str) -> None:
    assert indonesian in to_indonesian(english)
    assert english in to_english(indonesian)


def test_words_come_first_that_are_likeliest_translated_so() -> None:
    places = [to_indonesian(word).index("rapat") for word in to_english("rapat")]
    assert places == sorted(places)


@pytest.mark.parametrize("word", ["", "denpasar", "xqzt", "123"])
def test_unknown_words_have_no_translation(word: str) -> None:
    assert to_indonesian(word) == ()
    assert to_english(word) == ()


def test_ordinary_words_are_of_a_language() -> None:
    assert is_ordinary("rapat", english=False)
    assert is_ordinary("meeting", english=True)
    assert not is_ordinary("denpasar", english=False)
