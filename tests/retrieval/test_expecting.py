from __future__ import annotations

import pytest

from retrieval.expecting import can_answer, fitness
from retrieval.questions import question_kind
from ringkas.types import Span


@pytest.mark.parametrize(
    ("question", "words", "fits"),
    [
        ("Siapa yang membuka rapat?", "IB Alit Wiradana", True),
        ("Siapa yang membuka rapat?", "rapat koordinasi", False),
        ("Siapa yang membuka rapat?", "Dia", False),
        ("Siapa yang membuka rapat?", "Badan Pengelola Investasi", False),
        ("Who signed it?", "Russian Direct Investment Fund", False),
        ("Siapa komisaris sebelum Aris Santosa?", "Aris Santosa", False),
        ("Who opened the meeting?", "the Denpasar city secretary", True),
        ("Kapan rapat digelar?", "Kamis (8/6/2023)", True),
        ("Kapan rapat digelar?", "di Denpasar", False),
        ("When did it happen?", "late last year", True),
        ("Tahun berapa ia lahir?", "1951", True),
        ("Tahun berapa ia lahir?", "pagi hari", False),
        ("Tanggal berapa rapat digelar?", "awal tahun depan", False),
        ("Tanggal berapa rapat digelar?", "8 Juni", True),
        ("Pukul berapa rapat dimulai?", "10.30 WIB", True),
        ("Berapa orang yang datang?", "1.872 orang", True),
        ("Berapa orang yang datang?", "Rp1,5 triliun", False),
        ("How many people came?", "puluhan orang", True),
        ("How many people came?", "di balai desa", False),
        ("Berapa harga tiketnya?", "Rp 50 ribu", True),
        ("Berapa harga tiketnya?", "13 kepala desa", False),
        ("How much did the tickets cost?", "$20", True),
        ("How much diesel does it burn a day?", "310 litres", True),
        ("Berapa persen laba naik?", "12,8 persen", True),
        ("Berapa persen laba naik?", "Rp1,5 triliun", False),
        ("Mengapa rapat ditunda?", "karena hujan", True),
        ("How many years in prison was he given?", "25 orang", False),
        ("How many years in prison was he given?", "lima tahun", True),
        ("How many families were made homeless?", "117 kepala keluarga", True),
        ("How many families were made homeless?", "ratusan rumah", False),
        ("How many bus passengers travelled?", "141.149 orang", True),
        ("Berapa penumpang bus yang naik?", "20 bus", False),
        ("How many people work there?", "797.120 unit", False),
        ("How many homes were built?", "797.120 unit", True),
        ("Berapa lama ia dipenjara?", "12 orang", False),
        ("Berapa korban tewas?", "12", True),
        ("Di posisi berapa ia finis?", "-6", False),
        ("Who signed it?", "The", False),  # once an error: nothing is left without its article
        ("Siapa yang datang?", "Sang", False),
    ],
)
def test_words_fit_what_is_asked_for(question: str, words: str, fits: bool) -> None:
    assert can_answer(question, question_kind(question), words, Span(0, len(words))) is fits


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("Sebanyak 1.872 orang mengungsi ke balai desa.", False),
        ("Another 1,872 people were evacuated.", False),
        ("Tiga orang tewas dan 1.872 orang mengungsi.", True),
        ("The death toll rose to four.", True),
        ("Tiga orang terseret arus.", True),
    ],
)
def test_the_dead_are_not_counted_among_the_living(text: str, fits: bool) -> None:
    assert can_answer("Berapa orang tewas?", "number", text, Span(0, len(text) - 1)) is fits


NAMED = "Yan Ramerta Putra, Deputi Kepala BI, didampingi Kepala Perwakilan Aceh, Irsad."


@pytest.mark.parametrize(
    ("question", "text", "words", "fits"),
    [
        ("Siapa yang menemani Yan Ramerta Putra?", NAMED, "Deputi Kepala BI", False),
        ("Siapa yang menemani Yan Ramerta Putra?", NAMED, "Yan Ramerta Putra", False),
        ("Siapa yang menemani Yan Ramerta Putra?", NAMED, "Irsad", True),
        ("Siapa yang menemani Irsad?", NAMED, "Yan Ramerta Putra", True),
        ("Siapa Kepala Dinas Sosial Asmat?", "Kepala Dinas Sosial Asmat, Amir.", "Amir", True),
        ("Siapa saja yang hadir?", "Hadir Andi, Budi, dan Citra.", "Andi", True),
        ("Siapa saja yang hadir?", "Rapat dibuka Andi kemarin.", "Andi", False),
        ("Di mana saja warga mengungsi?", "di Kota Agats, Kabupaten Asmat", "Kota Agats", False),
        ("Di mana saja warga mengungsi?", "di Agats, Atsy, Fayit", "Agats", True),
        (
            "Di mana saja warga mengungsi?",
            "di Agats, Kabupaten Asmat, Papua Selatan",
            "Agats",
            False,
        ),
        ("Siapa saja yang hadir?", "Rapat dihadiri Andi Wijaya, Budi Hartono.", "Andi", True),
        ("Apa saja yang naik?", "Harga beras,gula,minyak naik", "beras,gula,minyak", True),
        ("Siapa pengacara terdakwa?", "Sidang dibuka Hakim Wadji Pramono.", "Wadji", False),
        ("Siapa hakim sidang itu?", "Sidang dibuka Hakim Wadji Pramono.", "Wadji", True),
        ("Which judge opened it?", "Sidang dibuka Wadji Pramono.", "Wadji Pramono", True),
        ("Apakah Andi hadir?", "Andi hadir.", "Andi", True),
    ],
)
def test_what_stands_around_words_counts(question: str, text: str, words: str, fits: bool) -> None:
    start = text.index(words)
    span = Span(start, start + len(words))
    assert can_answer(question, question_kind(question), text, span) is fits


def test_an_enumeration_is_the_best_answer_to_a_question_for_several() -> None:
    text = "Alat dipasang di Riau, Jambi, dan Kalimantan Barat."
    several, one = "Di provinsi mana saja alat dipasang?", "Di mana alat dipasang?"
    span = Span(text.index("Riau"), text.index("."))
    assert fitness(several, question_kind(several), text, span) > 1
    assert fitness(one, question_kind(one), text, span) == 1
    assert fitness(several, question_kind(several), text, Span(0, 4)) == 0


@pytest.mark.parametrize(
    ("question", "sentence", "sum_", "fits"),
    [
        ("Berapa harga tiket final?", "Juara memperoleh hadiah Rp180 juta.", "Rp180 juta", False),
        (
            "How much did a ticket cost?",
            "She won prize money of Rp180 million.",
            "Rp180 million",
            False,
        ),
        ("Berapa tarif parkirnya?", "Pelanggar dikenai denda Rp500 ribu.", "Rp500 ribu", False),
        ("Berapa harga tiket final?", "Tiket final dijual Rp75 ribu.", "Rp75 ribu", True),
        (
            "Berapa harga tiketnya?",
            "Dengan harga tiket Rp75 ribu, hadiahnya besar.",
            "Rp75 ribu",
            True,
        ),
        ("Berapa hadiah juara?", "Juara memperoleh hadiah Rp180 juta.", "Rp180 juta", True),
        ("Berapa denda tanpa tiket?", "Pelanggar dikenai denda Rp500 ribu.", "Rp500 ribu", True),
    ],
)
def test_a_price_is_no_prize_and_no_fine(
    question: str, sentence: str, sum_: str, fits: bool
) -> None:
    span = Span(sentence.index(sum_), sentence.index(sum_) + len(sum_))
    assert can_answer(question, question_kind(question), sentence, span) is fits
