from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ringkas.types import Span
from summarizer.headline import shorten
from summarizer.trimming import pared, spliced, trim


@pytest.mark.parametrize(
    "dateline",
    [
        "JAKARTA, KOMPAS.com - ",
        "Jakarta, CNN Indonesia -- ",
        "Merdeka.com - ",
        "Rimanews - ",
        "JAKARTA (Sagara) -",
        "Suara.com – ",
        "DENPASAR (Sagara) – ",
        "TIRTALOKA – ",
        "Los Angeles (ANTARA News) - ",
        "Samarinda, Kalimantan Timur (ANTARA News) - ",
        "(CNN)",
        "(CNN) -- ",
        "Baghdad, Iraq (CNN) ",
        "LIPUTAN6.COM, JAKARTA - ",
    ],
)
def test_the_dateline_goes_and_only_at_the_start(dateline: str) -> None:
    text = f"{dateline}Banjir merendam dua desa."
    whole = Span(0, len(text))
    assert trim(text, whole, first=True).of(text) == "Banjir merendam dua desa."
    assert trim(text, whole, first=False) == whole


@pytest.mark.parametrize(
    "sentence",
    [
        "Bank Indonesia (BI) menahan suku bunga acuan.",
        "Pertandingan Persib - Persija berakhir imbang.",
        "Wali Kota Denpasar, IB Alit Wiradana – yang hadir – membuka rapat.",
        "PT KAI (Persero) menambah 12 perjalanan.",
        "Kredit Usaha Rakyat (KUR)-nya naik.",
        "Hari - Hari Anak dirayakan.",
        "NASA - ",
    ],
)
def test_what_is_no_dateline_stays(sentence: str) -> None:
    assert trim(sentence, Span(0, len(sentence)), first=True).of(sentence) == sentence


@pytest.mark.parametrize(
    ("sentence", "short"),
    [
        ("Banjir merendam dua desa, Kamis (8/6/2023).", "Banjir merendam dua desa"),
        (
            "Gempa mengguncang Tanjungrawa, Bengkulu, Minggu (5/11/2023) pukul 10.30 WIB.",
            "Gempa mengguncang Tanjungrawa, Bengkulu",
        ),
        (
            "Nelayan di Pulau Rarau, Sulawesi Tenggara, kembali menangkap gurita setelah perairan "
            "seluas 320 hektare ditutup selama tiga bulan.",
            "Nelayan di Pulau Rarau, Sulawesi Tenggara, kembali menangkap gurita",
        ),
        (
            "Mixed stands of mangroves recover much more of their carbon than those of one, "
            "according to a study of the Muara Kelindan estuary.",
            "Mixed stands of mangroves recover much more of their carbon than those of one",
        ),
        (
            "Floodwater began to recede in the regency on Thursday, two days after an embankment "
            "gave way, but the death toll rose to four.",
            "Floodwater began to recede in the regency",
        ),
    ],
)
def test_a_headline_is_the_main_clause(sentence: str, short: str) -> None:
    assert shorten(sentence, Span(0, len(sentence)), 12).of(sentence) == short


@pytest.mark.parametrize(
    "sentence",
    [
        # Who says so belongs to an accusation, and a condition to what hangs on it.
        "The mayor took bribes worth millions of rupiah from contractors, according to police",
        "The company will close both of its factories next year if the strike goes on",
        "Pemerintah akan menaikkan tarif angkutan umum mulai tahun depan, kecuali bus sekolah",
        # Without its reason a denial says something else.
        "Pemerintah daerah tidak menaikkan tarif angkutan umum tahun ini karena harga solar turun",
        # What looks like a tail is in the middle of the clause.
        "Pria yang ditangkap di rumahnya setelah penggerebekan itu akhirnya meninggal dunia",
        "PT Arunika, perusahaan bus terbesar di sana, setelah rugi bertahun-tahun, kini untung",
    ],
)
def test_what_would_be_untrue_or_broken_is_not_cut(sentence: str) -> None:
    assert shorten(sentence + ".", Span(0, len(sentence) + 1), 5).of(sentence) == sentence


def test_a_time_that_a_preposition_needs_stays() -> None:
    sentence = "Sedikitnya 340 orang telah mengungsi hingga pukul 08.00 WIB"
    assert shorten(sentence, Span(0, len(sentence)), 5).of(sentence) == sentence


@pytest.mark.parametrize(
    ("sentence", "left"),
    [
        (
            '"Harga turun," kata Budi kepada wartawan, Senin (8/6/2023).',
            '"Harga turun," kata Budi.',
        ),
        (
            "“Kami siap,” ujar Kepala BPBD, Retno Kusumandari, di Balai, Jakarta, Kamis (7/9).",
            "“Kami siap,” ujar Kepala BPBD, Retno Kusumandari.",
        ),
        ('"Ini bukti," ujarnya dalam keterangan tertulis, Rabu.', '"Ini bukti," ujarnya.'),
        ('"Kami kalah," kata dia, seperti dilansir Antara.', '"Kami kalah," kata dia.'),
        (
            "Budi (kiri) berlari 10 miles (16 kilometer) dan 100 meter (330 feet) lagi.",
            "Budi berlari 10 miles (16 kilometer) dan 100 meter lagi.",
        ),
    ],
)
def test_what_only_frames_a_sentence_goes(sentence: str, left: str) -> None:
    assert spliced(sentence, pared(sentence, Span(0, len(sentence)))) == left


@pytest.mark.parametrize(
    "sentence",
    [
        '"Harga turun," kata Budi.',
        # To whom it was said may be the news, and so may what else happened.
        '"Harga turun," kata Budi kepada Presiden.',
        '"Harga turun," kata Budi, tetapi pedagang membantahnya.',
        '"Harga turun," terang penelitian yang dilansir sebuah jurnal.',
        # No quotation: what follows may be what is told.
        "Budi mengatakan hal itu dalam keterangan tertulis, Senin (8/6/2023).",
        # Another quotation follows.
        '"Harga turun," kata Budi kepada wartawan. "Ini bukti."',
        "Inflasi (tahunan) mencapai 3 persen (sekitar 2,9).",
    ],
)
def test_what_is_told_stays(sentence: str) -> None:
    assert pared(sentence, Span(0, len(sentence))) == (Span(0, len(sentence)),)


PIECES = st.sampled_from(
    "JAKARTA|KOMPAS.com|(CNN)| - | – |, |Banjir|merendam|desa|, setelah |, Kamis (8/6/2023)|"
    ' pukul 10.30 WIB|“|”|"|.| |\n|, according to a study|tidak|yang|1,5|," kata Budi'
    "| kepada wartawan| (kiri)| (330 feet)".split("|")
)
TEXTS = st.lists(PIECES, min_size=1, max_size=30).map("".join)


@given(TEXTS | st.text(min_size=1, max_size=200), st.booleans())
def test_a_trimmed_sentence_is_its_own_end(text: str, first: bool) -> None:
    span = trim(text, Span(0, len(text)), first=first)
    assert 0 <= span.start < span.end == len(text)


@example("\n.", 1)
@given(TEXTS | st.text(min_size=1, max_size=200), st.integers(1, 20))
def test_a_shortened_sentence_is_its_own_start(text: str, limit: int) -> None:
    span = shorten(text, Span(0, len(text)), limit)
    assert span.start == 0
    assert span.end <= len(text)
    assert bool(span.of(text).strip()) == bool(text.strip())


@given(TEXTS | st.text(min_size=1, max_size=200))
def test_a_pared_sentence_keeps_its_ends_and_its_order(text: str) -> None:
    spans = pared(text, Span(0, len(text)))
    assert spans[0].start == 0
    assert spans[-1].end == len(text)
    assert all(one.end < other.start for one, other in pairwise(spans))
