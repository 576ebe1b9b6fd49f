"""The cleaner: what it takes out, what it must never take out, and that it is stable."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringkas.text.clean import clean, clean_line, normalise_characters

BEFORE = "Wali kota membuka pasar baru pada Senin (3/6/2024)."
AFTER = "Pasar itu memiliki 120 kios dan satu gudang pendingin."

FURNITURE = [
    "ADVERTISEMENT",
    "SCROLL TO CONTINUE WITH CONTENT",
    "ADVERTISEMENT SCROLL TO CONTINUE WITH CONTENT".split(" SCROLL")[0],
    "[Gambas:Video 20detik]",
    "[Gambas:Instagram]",
    "Males Baca?",
    "{bbseparator}",
    "Halaman selanjutnya",
    "Halaman Selanjutnya →",
    "Selengkapnya",
    "Halaman 1 dari 3",
    "1 2 3 Selanjutnya",
    "Bagikan:",
    "Bagikan: Facebook Twitter WhatsApp",
    "Share",
    "Salin Tautan",
    "Tag: pasar, wali kota, pedagang",
    "Topik: Ekonomi Daerah",
    "Baca juga: Harga Cabai di Pasar Induk Turun",
    "Baca Juga: Kapan Pasar Baru Dibuka?",
    "Baca juga : wali kota minta harga sewa kios diturunkan",
    "Simak juga: Pedagang Menolak Dipindahkan",
    "Lihat juga: Foto-foto Pasar yang Terbakar",
    "Simak juga Video 'Suasana Pasar Baru':",
    "Tonton juga video berikut:",
    "Simak juga 'Video: Rapat di Pasar Baru':",
    "Simak Juga 'Rapat Akbar di Pasar'",
    'Tonton juga "Rapat Akbar":',
    "Saksikan Live DetikSore:",
    "Download Apps Detikcom Sekarang https://apps.detik.com/detik/",
    "Baca Juga Harga Emas Antam Hari Ini Turun Rp5.000",
    "Baca selengkapnya di halaman berikutnya",
    "Simak selengkapnya di halaman selanjutnya.",
    "Dapatkan update berita pilihan dan breaking news setiap hari dari Kabar Kita. Mari bergabung "
    'di Grup Telegram "Kabar Kita Update", caranya klik link https://t.me/kabarkita.'.replace(
        '"', ""
    ),
    "Ikuti berita terkini dari Kabar Kita di Google News, klik di sini",
    "Gabung saluran WhatsApp kami untuk berita terbaru.",
    "Copyright © KABAR 2024",
    "Dilarang keras mengambil konten, melakukan crawling untuk AI tanpa izin tertulis.",
    "Read also: Market Traders Refuse to Move",
    "Also read: Five things about the new market",
    "Advertisement",
    "Related: Who owns the old market?",
    "Subscribe to our newsletter",
    "Sign up for our daily newsletter and get the news in your inbox",
    "Share this article",
    "Foto: Dinas Pasar",
]

SENTENCES = [
    "Baca buku adalah kebiasaan yang ditanamkan sejak kecil, kata guru itu.",
    "Editor film itu meninggal dunia pada usia 71 tahun.",
    "Editor: orang yang menyunting naskah, menurut kamus.",
    "Penulis buku itu tinggal di Ubud.",
    "Bagikan makanan kepada warga, petugas menempuh jalan berlumpur.",
    "Share prices fell 3% on Tuesday.",
    "Telegram mengumumkan aturan baru.",
    "Komentar menteri itu menuai kritik.",
    "Ikuti jejak ayahnya, Rani menjadi dokter hewan, kata tetangganya di grup WhatsApp warga.",
    "Related companies must report their dealings.",
    "Advertisement spending rose by a fifth.",
    "Selanjutnya, panitia membacakan keputusan.",
    "Simak saja hasilnya nanti, ujar pelatih itu.",
    "Lihat juga sisi baiknya, kata psikolog itu.",
    "Simak juga “Laskar Pelangi” dan “Ayat-Ayat Cinta”, dua film lain dari tahun itu.",
    "Saksikan live musik di alun-alun, warga membawa tikar.",
    "Iklan rokok dilarang di kota itu.",
    "Halaman rumah itu penuh lumpur.",
    "Kecepatan angin mencapai 40 (km/jam).",
    "JAKARTA, KABAR.com - Harga beras turun.",
    "Kabar.com, JAKARTA - Harga beras turun.",
    "Menurut WHO (2024), vaksin itu aman.",
    "“Baca juga aturannya,” kata hakim itu.",
    "Foto: bukti yang memberatkan terdakwa adalah sebuah foto.",
    "Harga naik dari Rp1.500.000 menjadi Rp1,6 juta.",
    "Who said the market would open in May?",
    "Pengumuman",
    "1. Beras: Rp14.000 per kilogram",
]


@pytest.mark.parametrize("line", FURNITURE)
def test_page_furniture_between_paragraphs_is_removed(line: str) -> None:
    assert clean(f"{BEFORE}\n{line}\n{AFTER}").text == f"{BEFORE}\n\n{AFTER}"


@pytest.mark.parametrize("sentence", SENTENCES)
def test_real_sentences_stay(sentence: str) -> None:
    assert clean(f"{BEFORE}\n\n{sentence}\n\n{AFTER}").text == f"{BEFORE}\n\n{sentence}\n\n{AFTER}"


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        (f"{BEFORE} Baca juga: Harga Cabai di Pasar Induk Turun", BEFORE),
        (
            f"{BEFORE} Baca Juga : Harga Cabai di Pasar Induk Turun Sementara itu, {AFTER}",
            f"{BEFORE} Sementara itu, {AFTER}",
        ),
        (f"{BEFORE} (Baca juga: Harga Cabai Turun) {AFTER}", f"{BEFORE} {AFTER}"),
        (f"Baca juga:, {AFTER}", AFTER),
        (f"Baca juga: Menurut dia, {AFTER}", f"Menurut dia, {AFTER}"),
        (f"{BEFORE} [Gambas:Video 20detik]", BEFORE),
        (f"loading... {BEFORE}", BEFORE),
    ],
)
def test_furniture_inside_a_paragraph_is_cut_out(paragraph: str, expected: str) -> None:
    assert clean(paragraph).text == expected


def test_an_unclear_end_of_a_headline_leaves_the_paragraph_whole() -> None:
    glued = f"{BEFORE} Baca Juga : Harga Emas Turun Presiden Joko Wira mengatakan hal itu biasa."
    assert clean(glued).text == glued


@pytest.mark.parametrize(
    ("trailer", "notes"),
    [
        ("Reporter: Sari Dewi", {"reporter": "Sari Dewi"}),
        ("Penulis: Budi S. | Editor: A. Rahman", {"writer": "Budi S.", "editor": "A. Rahman"}),
        (
            "Pewarta : Made Oka\nEditor: Ni Luh Ayu",
            {"reporter": "Made Oka", "editor": "Ni Luh Ayu"},
        ),
        ("(abc/def)", {"initials": "abc/def"}),
    ],
)
def test_people_named_in_trailers_become_notes(trailer: str, notes: dict[str, str]) -> None:
    cleaned = clean(f"{BEFORE}\n{AFTER}\n{trailer}")
    assert cleaned.text == f"{BEFORE}\n\n{AFTER}"
    assert cleaned.notes == notes


def test_initials_are_taken_off_the_last_sentence_only() -> None:
    cleaned = clean(f"{BEFORE}\n{AFTER} (abc/def)")
    assert (cleaned.text, cleaned.notes) == (f"{BEFORE}\n\n{AFTER}", {"initials": "abc/def"})


def test_a_list_of_other_articles_ends_where_prose_begins() -> None:
    page = f"{BEFORE}\nBerita Terkait\nHarga Cabai Turun Tajam\nPedagang Menolak Pindah\n{AFTER}"
    assert clean(page).text == f"{BEFORE}\n\n{AFTER}"


def test_readers_comments_are_cut_off() -> None:
    page = f"{BEFORE}\n{AFTER}\nKomentar (12)\nMantap pak wali, semoga jadi berkah untuk semua."
    assert clean(page).text == f"{BEFORE}\n\n{AFTER}"


def test_characters_are_made_uniform() -> None:
    raw = "Kopi\u200b kafe\u0301\u00a0enak.\r\nTeh\x00 \u201ctarik\u201d\tjuga.\u2028Air."
    assert clean(raw).text == "Kopi kafé enak.\n\nTeh “tarik” juga.\n\nAir."


def test_hard_wrapped_lines_become_one_paragraph() -> None:
    wrapped = (
        "Wali kota membuka pasar baru pada Senin pagi di hadapan\n"
        "para pedagang yang sudah menunggu sejak subuh bersama\n"
        "keluarga mereka dan perwakilan dari dinas perdagangan\n"
        "setempat.\n\nPasar itu ramai."
    )
    assert clean(wrapped).text == " ".join(wrapped[:-17].split()) + "\n\nPasar itu ramai."


def test_a_title_becomes_one_line() -> None:
    assert clean_line("  Harga\n beras\u200b turun ") == "Harga beras turun"


fragments = st.sampled_from(
    [*FURNITURE, *SENTENCES, BEFORE, "Reporter: Ani", "(ab/cd)", "Komentar"]
)
pages = st.lists(fragments | st.text(max_size=80), max_size=12).map("\n".join)


@given(pages | st.text(max_size=400))
def test_cleaning_never_raises_and_is_idempotent(text: str) -> None:
    once = clean(text).text
    assert clean(once).text == once


@given(pages | st.text(max_size=400))
def test_clean_text_is_in_normal_form(text: str) -> None:
    cleaned = clean(text).text
    assert normalise_characters(cleaned) == cleaned
    assert "\n\n\n" not in cleaned
    assert all(part == part.strip() for part in cleaned.split("\n\n"))
    assert not re.search(r"(?<!\n)\n(?!\n)", cleaned)


words = st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=10)
sentences = st.lists(words, min_size=4, max_size=15).map(lambda w: " ".join(w).capitalize() + ".")


@given(st.lists(sentences, min_size=1, max_size=8))
def test_ordinary_paragraphs_are_unchanged(paragraphs: list[str]) -> None:
    text = "\n\n".join(paragraphs)
    assert clean(text).text == text
