"""Of several replies, the likeliest that says least beyond what it was written from."""

from __future__ import annotations

from dataclasses import replace

import pytest

from summarizer.choosing import best, chosen, lost_or_added
from summarizer.writing import Brief, Part

INTO_ENGLISH = Brief("en", "id", max_words=40)
SENTENCE = "Sebanyak 340 warga Demak mengungsi, kata Budi Santoso pada Senin."
RIGHT = "As many as 340 residents of Demak fled, Budi Santoso said on Monday."


@pytest.mark.parametrize(
    "likelier",
    [
        RIGHT.replace("340", "430"),
        RIGHT.replace("Demak", "the regency"),
        RIGHT.replace("Demak", "Demak and 12 others"),
    ],
)
def test_what_keeps_numbers_and_names_is_preferred(likelier: str) -> None:
    assert best(Part((likelier, RIGHT), SENTENCE), INTO_ENGLISH) == RIGHT


def test_of_equals_the_likeliest_is_taken() -> None:
    other = RIGHT.replace("fled", "left")
    assert best(Part((other, RIGHT), SENTENCE), INTO_ENGLISH) == other


def test_what_was_left_untranslated_is_not_a_name_that_was_kept() -> None:
    source = "Menurut Dinas Kebersihan, semua warga desa itu pindah pada malam hari."
    translated = "According to the cleaning office, all villagers moved away at night."
    copied = "According to Dinas Kebersihan, all villagers moved away at night."
    assert best(Part((translated, copied), source), INTO_ENGLISH) == translated
    half = "Menurut kantor itu, semua warga desa pindah pada malam hari."
    assert best(Part((translated, half), source), INTO_ENGLISH) == translated


def test_who_says_nothing_says_nothing_wrong_and_is_not_taken() -> None:
    wrong = RIGHT.replace("340", "430")
    for short in ("", ".", "Budi said."):
        assert best(Part((wrong, short), SENTENCE), INTO_ENGLISH) == wrong


def test_a_likeliest_that_says_nothing_or_is_not_translated_is_passed_over() -> None:
    wrong = RIGHT.replace("340", "430")
    for nothing in ("", "...", SENTENCE):
        assert best(Part((nothing, wrong), SENTENCE), INTO_ENGLISH) == wrong
        assert best(Part((nothing, "", SENTENCE), SENTENCE), INTO_ENGLISH) in (nothing, SENTENCE)


def test_faults_of_the_whole_article_count_too() -> None:
    def faults(text: str) -> int:
        return text.count("salah")

    brief = replace(INTO_ENGLISH, language="id", faults=faults)
    assert best(Part(("kata yang salah", "kata yang benar")), brief) == "kata yang benar"
    assert best(Part(("kata yang salah",)), brief) == "kata yang salah"


def test_each_part_is_a_line() -> None:
    reply = (Part(("Satu.",)), Part(("Dua.",)))
    assert chosen(reply, INTO_ENGLISH) == "Satu.\nDua."
    assert chosen((), INTO_ENGLISH) == ""


def test_what_was_lost_and_added_is_named() -> None:
    translation = "As many as 430 residents of Kudus fled, Budi Santoso said on Monday."
    assert lost_or_added(SENTENCE, translation, english=False) == ["Demak", "340", "430"]
    assert not lost_or_added(SENTENCE, RIGHT, english=False)
