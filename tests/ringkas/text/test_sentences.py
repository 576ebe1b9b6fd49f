import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringkas.text.sentences import paragraphs, sentence_at, split


def sentences(text: str) -> list[str]:
    return [span.of(text) for span in split(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Rapat dibuka oleh Dr. Ir. H. Ahmad Fauzi, M.Si. di Denpasar.",
        "Kerugian ditaksir Rp. 300 Juta akibat kebakaran itu.",
        "Harga naik dari Rp1.500.000 menjadi Rp2.000.000 per kuintal.",
        "Gempa terjadi pukul 10.30 WIB di laut.",
        "Rumah di Jl. Sudirman No. 5 itu kosong.",
        "Kapten Inf. J. B. Sumarlin memimpin upacara.",
        "PT Maju Jaya Tbk. (MJAY) mencatat laba.",
        "Mr. Brown met Sen. Smith at 10 a.m. on Monday.",
        "Prof. Dr. K.H. Said hadir bersama Hj. Siti Aminah, S.Pd., M.Pd. kemarin.",
        "The U.S. economy grew 3.5 percent.",
        "The search was led by the U.S. Coast Guard near Washington, D.C. Monday.",
        '"Kapan mulai?" tanya Budi kepada panitia.',
    ],
)
def test_a_stop_inside_a_sentence_does_not_split_it(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Rapat digelar Kamis (8/6/2023). Sekda membuka acara.",
            ["Rapat digelar Kamis (8/6/2023).", "Sekda membuka acara."],
        ),
        (
            "Acara mulai pukul 10.30 WIB. Peserta 50 orang.",
            ["Acara mulai pukul 10.30 WIB.", "Peserta 50 orang."],
        ),
        (
            '"Kami siap." Ia lalu pergi.',
            ['"Kami siap."', "Ia lalu pergi."],
        ),
        (
            "“Ini penting!” “Setuju,” kata Ani.",
            ["“Ini penting!”", "“Setuju,” kata Ani."],
        ),
        (
            "Harga naik 5 persen. 12 toko tutup.",
            ["Harga naik 5 persen.", "12 toko tutup."],
        ),
        (
            "Sidang ditutup Budi Santoso, S.H. Ia menolak berkomentar.",
            ["Sidang ditutup Budi Santoso, S.H.", "Ia menolak berkomentar."],
        ),
        ("Judul tanpa titik\n\nIsi berita di sini.", ["Judul tanpa titik", "Isi berita di sini."]),
        ("Benua terbesar.[2] Luasnya besar.", ["Benua terbesar.[2]", "Luasnya besar."]),
        ("It was made in the U.S. The sea is far.", ["It was made in the U.S.", "The sea is far."]),
        ("He left in 2019. She stayed.", ["He left in 2019.", "She stayed."]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@given(st.text(alphabet='aB1.!? \n"“”(),Rp', max_size=200))
def test_spans_are_ordered_disjoint_and_lose_nothing(text: str) -> None:
    spans = split(text)
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
    kept = "".join(span.of(text) for span in spans)
    assert re.sub(r"\s", "", kept) == re.sub(r"\s", "", text)
    assert all(span.of(text) == span.of(text).strip() for span in spans)


@given(st.lists(st.sampled_from(["Ani datang.", "Budi pergi!", "Siapa?"]), min_size=1))
def test_paragraph_breaks_are_always_boundaries(parts: list[str]) -> None:
    text = "\n\n".join(parts)
    assert sentences(text) == parts
    assert [span.of(text) for span in paragraphs(text)] == parts


def test_sentence_at_returns_the_whole_sentence() -> None:
    text = "Ani datang. Budi pergi ke pasar. Cici tidur."
    start = text.index("pasar")
    assert sentence_at(text, start, start + 5).of(text) == "Budi pergi ke pasar."
