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
    sentence = "Sales reached 318,904 units in Kebumen, 12.5 percent more than before, at Rp15.000."
    garbled = "Penjualan mencapai 318.94 unit di Kebuman, naik 12,2 persen, dengan Rp15.100."
    right = "Penjualan mencapai 318.904 unit di Kebumen, naik 12,5 persen, dengan Rp15.000."
    assert restored(sentence, garbled, english=True) == right


@pytest.mark.parametrize(
    ("sentence", "translation"),
    [
        # kept, in digits or in words, as it is or by its translation
        (SURPLUS, "The 2024 surplus reached 17.6 trillion rupiah, 1.3 percent, Sri Sugiarto said."),
        ("Tiga warga Pati pergi ke Prancis.", "Three residents of Pati went to France."),
        # lost, with nothing in its place
        (SURPLUS, "The surplus was higher than the year before, said the minister."),
        # of another kind: a share for a sum, thousands for millions, a year for a count
        ("Bunganya 7,95 persen.", "The interest is Rp7.05."),
        ("Ada 34 ribu warga.", "There are 35 million residents."),
        ("Sejak 1998 ada warga.", "There are 199 residents."),
        # of another unit
        ("Lahannya 2,5 hektare.", "The land is 25,000 square meters."),
        ("Tingginya 170 cm.", "He is 1.7 m tall."),
        # what is not alike stands for something else
        ("Sebanyak 340 warga Demak mengungsi.", "As many as 12 residents of Bandung fled."),
        ("Ada 15 warga.", "There are 50 residents."),
    ],
)
def test_other_numbers_stay(sentence: str, translation: str) -> None:
    assert restored(sentence, translation, english=False) == translation


@pytest.mark.parametrize(
    ("indonesian", "english"),
    [
        ("Rapat mulai pukul 10.30 WIB.", "The meeting began at 10:30 a.m."),
        ("Gempa terjadi pukul 05.17.", "The quake struck at 5:17 a.m."),
        ("Acara mulai pukul 20.30.", "The event began at 8:30 p.m."),
        ("Acara mulai pukul 20.30.", "The event began at 8.30 p.m."),
        ("Buka pukul 14.30-16.00.", "It is open at 2:30-4:00 p.m."),
        ("Pada 17/8/1945 ia datang.", "On August 17, 1945 he came."),
    ],
)
def test_times_and_dates_stay_however_they_are_written(indonesian: str, english: str) -> None:
    assert restored(indonesian, english, english=False) == english
    assert restored(english, indonesian, english=True) == indonesian


@pytest.mark.parametrize(
    ("indonesian", "english"),
    [
        ("Kata Paus Fransiskus kepada Kardinal Pell.", "Pope Francis said to Cardinal Pell."),
        ("Varian Omikron ada di Krimea.", "The Omicron variant is in Crimea."),
        ("Lima BPR di Solo tutup.", "Five BPRs in Solo closed."),
        ("Orang Sunda pergi dari Bali.", "Sundanese people left Bali."),
        ("Perang Turki-Armenia berakhir.", "The Turkish-Armenian war ended."),
    ],
)
def test_names_stay_that_each_language_spells_its_own_way(indonesian: str, english: str) -> None:
    assert restored(indonesian, english, english=False) == english
    assert restored(english, indonesian, english=True) == indonesian


@pytest.mark.parametrize(
    ("sentence", "translation", "right"),
    [
        (
            "Total Rp13,255 triliun.",
            "A total of Rp13,255 trillion.",
            "A total of Rp13.255 trillion.",
        ),
        ("Naik 7,4 persen jadi 1.500.", "Up 7,4 percent to 1.500.", "Up 7.4 percent to 1,500."),
        ("Mulai pukul 20.30.", "It began at 20.30.", "It began at 20.30."),
        ("Versi 1.2.3 terbit.", "Version 1.2.3 is out.", "Version 1.2.3 is out."),
    ],
)
def test_copied_numbers_are_written_as_the_translations_language_does(
    sentence: str, translation: str, right: str
) -> None:
    assert restored(sentence, translation, english=False) == right


@pytest.mark.parametrize(
    ("english", "indonesian"),
    [
        ("Industry 4.0 and Society 5.0 are here.", "Industri 4.0 dan Society 5.0 ada di sini."),
        ("USB 3.0 and iOS 17.4, version 2.0.", "USB 3.0 dan iOS 17.4, versi 2.0."),
        ("Section 5.1 and verses 3,4 and 5 count.", "Pasal 5.1 dan ayat 3,4 dan 5 berlaku."),
        # written as in Indonesian already
        ("At 10.000 feet, with 14.500 rupiah.", "Di 10.000 kaki, dengan 14.500 rupiah."),
    ],
)
def test_numbers_of_names_and_labels_stay_copied(english: str, indonesian: str) -> None:
    assert restored(english, indonesian, english=True) == indonesian


def test_indonesian_that_is_written_as_english_is_stays() -> None:
    sentence = "Sekitar 2,000 orang dibayar Rp5,000."
    english = "About 2,000 people were paid Rp5,000."
    assert restored(sentence, english, english=False) == english


def test_what_is_written_both_ways_stays() -> None:
    sentence = "Ada 1.500 warga dan 1,500 ton."
    english = "There are 1,500 residents and 1.500 tonnes."
    assert restored(sentence, english, english=False) == english


def test_into_indonesian_copied_numbers_too_but_rupiah_that_are_so_already() -> None:
    sentence = "It rose 7.4 percent to 1,500 units at Rp15.000 or Rp1.5 billion."
    copied = "Naik 7.4 persen menjadi 1,500 unit dengan Rp15.000 atau Rp1.5 miliar."
    right = "Naik 7,4 persen menjadi 1.500 unit dengan Rp15.000 atau Rp1,5 miliar."
    assert restored(sentence, copied, english=True) == right


def test_of_several_the_likest_is_put_back() -> None:
    sentence = "Ekspor naik dari Rp936,4 triliun menjadi Rp1.030,2 triliun."
    garbled = "Exports rose from Rp1,030.4 trillion to Rp936.2 trillion."
    # Neither is in the source; each is nearer to the one than to the other.
    assert restored(sentence, garbled, english=False) == (
        "Exports rose from Rp1,030.2 trillion to Rp936.4 trillion."
    )


def test_what_comes_twice_is_put_back_twice_with_its_own_ending() -> None:
    garbled = "Mr Sugianto's surplus is Rp16.7 trillion; Sugianto said Rp16.7 trillion is much."
    right = "Mr Sugiarto's surplus is Rp17.6 trillion; Sugiarto said Rp17.6 trillion is much."
    assert restored(SURPLUS.replace(", kata", " kata"), garbled, english=False) == right


def test_a_name_in_capitals_does_not_shout_where_it_stands_for_one_that_did_not() -> None:
    assert restored("Kata PRABOWO tadi.", "Said Prabawo today.", english=False) == (
        "Said Prabowo today."
    )


def test_every_beam_is_restored_before_one_is_chosen() -> None:
    written = Written("The surplus was Rp16.7 trillion.", True, ("A surplus of Rp17.7 trillion",))
    part = part_of("Surplusnya Rp17,6 triliun.", written, Brief("en", "id", max_words=40))
    assert part.texts == ("The surplus was Rp17.6 trillion.", "A surplus of Rp17.6 trillion.")
