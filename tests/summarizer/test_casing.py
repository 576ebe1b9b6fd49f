"""Summaries in small letters get their capitals back, and nothing else changes."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from summarizer.casing import restore
from summarizer.spacing import tidied

ARTICLE = """\
DENPASAR (Sagara) – Pekerja Migran Indonesia Non-Prosedural (PMI-NP) menjadi bahasan rapat \
koordinasi di Denpasar, Kamis (8/6/2023). Sekda Kota Denpasar IB Alit Wiradana membuka rapat itu.

"Kami akan memperketat pengawasan," kata Wiradana. Dana pengawasan mencapai Rp1,5 triliun, \
menurut Dana Moneter Sagara. Pukul 10.30 WITA rapat ditutup. Budi Santoso dari BPBD ikut hadir, \
dan Retno juga. Warga Denpasar menyambut baik.

Wali Kota menyebut kota itu siap. Situs Kompas.com dan aplikasi e-Layan memuat jadwalnya. \
Novel "Laskar Ombak" dibagikan.
"""


@pytest.mark.parametrize(
    ("small", "expected"),
    [
        ("ib alit wiradana membuka rapat.", "IB Alit Wiradana membuka rapat."),
        ("rapat membahas pmi-np di denpasar.", "Rapat membahas PMI-NP di Denpasar."),
        ("rapat membahas pmi - np .", "Rapat membahas PMI-NP."),
        ("dana mencapai rp1,5 triliun.", "Dana mencapai Rp1,5 triliun."),
        ("dana mencapai rp 1 , 5 triliun .", "Dana mencapai Rp1,5 triliun."),
        ("dana mencapai rp2,7 miliar.", "Dana mencapai Rp2,7 miliar."),
        ("dananya dari dana moneter sagara.", "Dananya dari Dana Moneter Sagara."),
        ("besar dana itu belum jelas.", "Besar dana itu belum jelas."),
        ("kata wali kota, kota itu siap.", "Kata Wali Kota, kota itu siap."),
        ("bpbd hadir pukul 10 . 30 wita.", "BPBD hadir pukul 10.30 WITA."),
        ("rapat digelar kamis ( 8 / 6 / 2023 ) .", "Rapat digelar Kamis (8/6/2023)."),
        ("situs kompas . com memuatnya.", "Situs Kompas.com memuatnya."),
        ("jadwal ada di aplikasi e-layan.", "Jadwal ada di aplikasi e-Layan."),
        ("rapat ditutup. warga pulang.", "Rapat ditutup. Warga pulang."),
        ("hujan turun! warga pulang? belum.", "Hujan turun! Warga pulang? Belum."),
    ],
)
def test_names_figures_and_starts(small: str, expected: str) -> None:
    assert restore(small, ARTICLE) == expected


def test_a_capital_at_the_start_of_a_sentence_is_not_a_name() -> None:
    assert restore("rapat dihadiri warga denpasar.", ARTICLE) == "Rapat dihadiri warga Denpasar."


def test_a_name_that_stands_only_at_the_start_of_a_sentence_is_a_name() -> None:
    assert restore("kata budi santoso, ia siap.", ARTICLE) == "Kata Budi Santoso, ia siap."
    assert restore("rapat dibuka suteja.", "Suteja membuka rapat.") == "Rapat dibuka Suteja."


def test_a_dateline_in_capitals_does_not_shout() -> None:
    source = "TANJUNGRAWA, SAGARA - Gempa mengguncang pulau itu."
    assert restore("gempa di tanjungrawa.", source) == "Gempa di Tanjungrawa."


def test_headings_tell_no_capitals() -> None:
    source = "Harga Beras Naik Lagi di Pasar\n\nPedagang mengeluh soal harga beras di pasar itu."
    assert restore("menurut pedagang, harga beras naik.", source) == (
        "Menurut pedagang, harga beras naik."
    )
    loud = "WARGA SAWAHLEGA PROTES KERAS HARI INI\n\nMereka berkumpul di balai desa."
    assert restore("protes warga sawahlega.", loud) == "Protes warga Sawahlega."


def test_direct_speech_begins_with_a_capital() -> None:
    said = 'ia berkata, "kami akan memperketat pengawasan."'
    assert restore(said, ARTICLE) == 'Ia berkata, "Kami akan memperketat pengawasan."'
    unheard = "ia berkata, “tahun depan kami pindah.”"
    assert restore(unheard, ARTICLE) == "Ia berkata, “Tahun depan kami pindah.”"
    spaced = 'ia berkata , " kami siap hari ini . "'
    assert restore(spaced, ARTICLE) == 'Ia berkata, "Kami siap hari ini."'


def test_without_the_quotation_the_pronoun_is_small() -> None:
    assert restore("menurut mereka kami siap.", ARTICLE) == "Menurut mereka kami siap."


def test_titles_in_quotes_are_written_as_in_the_source() -> None:
    assert restore('novel "laskar ombak" dibagi.', ARTICLE) == 'Novel "Laskar Ombak" dibagi.'
    assert restore('yang disebut "ombak besar" itu.', ARTICLE) == 'Yang disebut "ombak besar" itu.'


def test_abbreviations_end_no_sentence() -> None:
    source = "Pasien ditangani dr. Sutama dari Jl. Merpati No. 5."
    assert restore("ia ditangani dr. sutama di jl. merpati no. 5.", source) == (
        "Ia ditangani dr. Sutama di Jl. Merpati No. 5."
    )


def test_what_the_source_does_not_have() -> None:
    said = restore("pada senin presiden berkunjung ke indonesia minggu lalu.", "Rapat ditunda.")
    assert said == "Pada Senin presiden berkunjung ke Indonesia minggu lalu."


def test_an_office_before_a_name_has_a_capital() -> None:
    source = "Rapat dipimpin Retno Kusumandari, kepala dinas. Seorang gubernur hadir."
    assert restore("rapat dipimpin gubernur retno kusumandari.", source) == (
        "Rapat dipimpin Gubernur Retno Kusumandari."
    )


def test_capitals_that_are_there_stay() -> None:
    assert restore("Menteri BUMN dan iPhone dibahas.", "bumn, IPHONE") == (
        "Menteri BUMN dan iPhone dibahas."
    )


def test_the_source_s_own_way_of_spacing_is_kept() -> None:
    source = "Harganya Rp 200 ribu, bukan Rp200 juta; luasnya 5 - 6 hektare."
    assert restore("harganya rp 200 ribu , luasnya 5 - 6 hektare .", source) == (
        "Harganya Rp 200 ribu, luasnya 5 - 6 hektare."
    )


@pytest.mark.parametrize(("text", "source"), [("", ""), ("  ", "Pasar."), ("...", ""), ("5", "5")])
def test_nothing_to_do(text: str, source: str) -> None:
    assert restore(text, source) == " ".join(text.split())


letters = st.text(st.sampled_from("abcdé ßIİıΣσ\u0301ﬁ0123.,:;!?-–/()\"“”'’\n%@_ "), max_size=80)


@settings(max_examples=400)
@given(text=letters, source=letters)
@example(text="i̇stanbul", source="İstanbul")
@example(text="straße ﬁx", source="STRASSE Straße. ﬁx")
def test_only_capitals_and_spaces_ever_change(text: str, source: str) -> None:
    small = text.lower()
    restored = restore(small, source)
    assert "".join(restored.split()).casefold() == "".join(small.split()).casefold()


@settings(max_examples=200)
@given(text=letters, source=letters)
def test_tidying_changes_spaces_only_and_is_done_at_once(text: str, source: str) -> None:
    once = tidied(text, source)
    assert "".join(once.split()) == "".join(text.split())
    assert tidied(once, source) == once


@settings(max_examples=100)
@given(st.sampled_from(ARTICLE.split("\n\n")))
def test_a_passage_of_the_source_is_restored_whole(passage: str) -> None:
    restored = restore(passage.lower(), ARTICLE)
    wrong = [
        (found, wanted)
        for found, wanted in zip(restored.split(), passage.split(), strict=True)
        if found != wanted
    ]
    assert wrong in ([], [("Denpasar", "DENPASAR")])


def test_a_long_source_without_stops_is_read_quickly() -> None:
    source = "pasar Karangasih dan " * 20_000
    assert restore("di karangasih.", source) == "Di Karangasih."
