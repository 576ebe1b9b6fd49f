"""Numbers and names that a translation garbled, put back as the source has them."""

from __future__ import annotations

import pytest

from ringkas.generation.seq2seq import Written
from summarizer.restoring import restored
from summarizer.translating import part_of
from summarizer.writing import Brief

SURPLUS = "Surplus anggaran pada 2024 mencapai Rp17,6 triliun atau 1,3 persen, kata Sri Sugiarto."


def test_what_was_garbled_is_put_back_in_the_other_languages_form() -> None:
    garbled = "The 2024 surplus reached Rp16.7 trillion or 1.1 percent, Sri Sugianto said."
    right = "The 2024 surplus reached Rp17.6 trillion or 1.3 percent, Sri Sugiarto said."
    assert restored(SURPLUS, garbled, english=False) == right


def test_into_indonesian_points_and_commas_change_places() -> None:
    sentence = "Sales reached 318,904 units in Kebumen, 12.5 percent more than in May."
    garbled = "Penjualan mencapai 318.94 unit di Kebumeng, naik 12,2 persen dari Mei."
    right = "Penjualan mencapai 318.904 unit di Kebumen, naik 12,5 persen dari Mei."
    assert restored(sentence, garbled, english=True) == right


@pytest.mark.parametrize(
    ("sentence", "translation"),
    [
        # kept, in digits or in words, as it is or by its translation
        (SURPLUS, "The 2024 surplus reached 17.6 trillion rupiah, 1.3 percent, Sri Sugiarto said."),
        ("Tiga warga Pati pergi ke Prancis.", "Three residents of Pati went to France."),
        # lost, with nothing in its place
        (SURPLUS, "The surplus was higher than the year before, said the minister."),
        # of another kind: a share for a sum, thousands for millions
        ("Bunganya 7,95 persen.", "The interest is Rp7.05."),
        ("Ada 34 ribu warga.", "There are 35 million residents."),
        # a plural is no other name
        ("Lima BPRs di Solo tutup.", "Five BPR in Solo closed."),
        # what is not alike stands for something else
        ("Sebanyak 340 warga Demak mengungsi.", "As many as 12 residents of Bandung fled."),
    ],
)
def test_everything_else_stays(sentence: str, translation: str) -> None:
    assert restored(sentence, translation, english=False) == translation


def test_a_time_stays_a_time() -> None:
    sentence = "Acara dimulai pukul 20.30 di balai kota."
    assert "20.30" in restored(sentence, "The event began at 20.35 at city hall.", english=False)


def test_of_several_the_likest_is_put_back() -> None:
    sentence = "Ekspor naik dari Rp936,4 triliun menjadi Rp1.030,2 triliun."
    garbled = "Exports rose from Rp1,030.4 trillion to Rp936.2 trillion."
    # Neither is in the source; each is nearer to the one than to the other.
    assert restored(sentence, garbled, english=False) == (
        "Exports rose from Rp1,030.2 trillion to Rp936.4 trillion."
    )


def test_every_beam_is_restored_before_one_is_chosen() -> None:
    written = Written("The surplus was Rp16.7 trillion.", True, ("A surplus of Rp17.7 trillion",))
    part = part_of("Surplusnya Rp17,6 triliun.", written, Brief("en", "id", max_words=40))
    assert part.texts == ("The surplus was Rp17.6 trillion.", "A surplus of Rp17.6 trillion.")
