"""What is flagged and what is not, on an article of ours, within a language and across two."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ringkas.embedding import Embedder
from ringkas.types import Article, Language, SummarySentence
from summarizer.support import check


def shown(sentence: SummarySentence) -> list[tuple[str, str]]:
    """Return the kinds of the flags with the words they are on."""
    return [(flag.kind, sentence.text[flag.start : flag.end]) for flag in sentence.flags]


@pytest.mark.parametrize(
    "sentence",
    [
        "Anggaran Jembatan Talangsari Rp1.500 miliar tidak akan dipotong.",
        "Menkeu Ratna Wibisono menyatakan anggaran jembatan tidak akan dipotong pada 8 Juni 2023.",
        "Kemarin Ratna mengatakan 12% warga sudah dibayar.",
        "Sekitar 1.500 warga akan menerima ganti rugi.",
        "Ketua KPK Hasan Priambodo meminta proyek itu diawasi.",
        "Lelang dimulai pukul 09:30 dan diikuti 3 perusahaan.",
        "“Kami tidak akan mundur,” kata Ratna, sementara 240 pedagang menolak dipindahkan.",
        "Bupati Dimas Satrio belum menyetujui relokasi pasar.",
        "Warga menunggu.",
    ],
)
def test_what_the_article_says_otherwise_is_not_flagged(checked, sentence: str) -> None:
    found = checked(sentence)
    assert shown(found) == []


@pytest.mark.parametrize(
    ("sentence", "expected", "instead"),
    [
        (
            "Anggaran Jembatan Talangsari sebesar Rp1,5 miliar tidak akan dipotong.",
            ("number", "Rp1,5 miliar"),
            "Rp1,5 triliun",
        ),
        ("Sekitar 2.500 warga akan menerima ganti rugi.", ("number", "2.500"), "1.523"),
        (
            "Menurut dia, 240 warga akan menerima ganti rugi.",
            ("number", "240"),
            "1.523",
        ),
        (
            "Pernyataan itu disampaikan di Kota Banyuwening, Selasa (6/6/2023).",
            ("date", "Selasa (6/6/2023)"),
            "Kamis (8/6/2023)",
        ),
        (
            "Proyek ditargetkan selesai pada Oktober 2025.",
            ("date", "Oktober 2025"),
            "Desember 2025",
        ),
        (
            "Menteri Keuangan Surya Atmaja menyatakan anggaran itu tidak akan dipotong.",
            ("name", "Surya Atmaja"),
            "Ratna Wibisono",
        ),
        (
            "Bupati Banyuwening Hasan Satrio belum menyetujui relokasi pasar.",
            ("name", "Hasan"),
            None,
        ),
        (
            "“Kami akan menunda semua pekerjaan,” kata Ratna.",
            ("quote", "Kami akan menunda semua pekerjaan,"),
            "Kami tidak akan mundur dari rencana ini,",
        ),
        (
            "Bupati Dimas Satrio menyetujui relokasi pasar.",
            ("negation", "menyetujui"),
            "belum menyetujui",
        ),
        ("Ratna tidak meminta proyek itu diawasi sejak awal.", ("negation", "tidak"), None),
    ],
)
def test_what_the_article_does_not_say_is_flagged(
    checked, indonesian: Article, sentence: str, expected: tuple[str, str], instead: str | None
) -> None:
    found = checked(sentence)
    assert expected in shown(found)
    flag = found.flags[shown(found).index(expected)]
    assert instead is None or (flag.nearest and flag.nearest.of(indonesian.text)) == instead
    assert not found.supported


@pytest.mark.parametrize(
    "sentence",
    [
        "The budget of Rp1.5 trillion for the Talangsari bridge will not be cut.",
        "Finance Minister Ratna Wibisono made the statement on Thursday, June 8, 2023.",
        "The head of the Corruption Eradication Commission wants the project supervised.",
        "About 1,500 residents will receive compensation and 12 percent have been paid.",
        "Three companies took part in the tender, which began at 9:30 a.m.",
    ],
)
def test_an_english_sentence_on_an_indonesian_article(checked, sentence: str) -> None:
    found = checked(sentence)
    assert shown(found) == []
    assert found.spans


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "The budget of Rp2.5 trillion for the bridge will not be cut.",
            ("number", "Rp2.5 trillion"),
        ),
        ("Ratna made the statement on Tuesday, June 6, 2023.", ("date", "Tuesday, June 6, 2023")),
        ("Finance Minister Surya Atmaja said the budget stays.", ("name", "Surya Atmaja")),
    ],
)
def test_errors_are_found_across_languages(checked, sentence: str, expected) -> None:
    assert expected in shown(checked(sentence))


AGAMA = (
    "Kementerian Agama menggelar sidang isbat di Jakarta pada Selasa sore. "
    "Pelari Lestari Widodo datang bersama pelatihnya. "
    "Atlet asal Bali tersebut mengaku belum menerima gajinya sejak awal tahun ini. "
    "Gubernur Jawa Barat Rahmat Suganda dan Luthfi dari KPU hadir sebagai tamu."
)


@pytest.mark.parametrize(
    "sentence",
    [
        "Kemenag menggelar sidang isbat di Jakarta pada Selasa sore.",
        "Pelari Lestari Widodo mengaku belum menerima gajinya sejak awal tahun ini.",
        "Gubernur Jabar Rahmat Suganda hadir sebagai tamu.",
    ],
)
def test_short_forms_offices_and_descriptions_are_not_taken_for_others(
    sentence: str, embedder: Embedder
) -> None:
    (found,) = check([sentence], Article("c", "", AGAMA, "id"), embedder)
    assert shown(found) == []


PAIRS = [
    (
        "Direktur Utama PT Sari Laut, Sukrisno, berkata tempat pertemuan itu belum ditentukan.",
        "Sukrisno, president director of PT Sari Laut, said the meeting's venue was undisclosed.",
    ),
    (
        "Dewan Hak Asasi PBB menerima laporan yang menyebutnya tidak sah.",
        "The United Nations Human Rights Council received a report calling it illegitimate.",
    ),
    (
        "Para peneliti dari kubu Demokrat dan Republik menghadiri rapat tentang Syiah di Baghdad.",
        "Researchers from Democrats and Republicans attended the meeting on the Shi'a in Baghdad.",
    ),
    (
        "Sampai saat ini belum ada koordinasi lebih lanjut mengenai bantuan bagi warga.",
        "So far we have not conducted further coordination on aid for the residents.",
    ),
    (
        "Warga akan diizinkan tinggal dua tahun, bukan sebelas bulan seperti sekarang.",
        "Residents will be allowed to stay for two years instead of the current eleven months.",
    ),
    (
        "Menteri mengatakan musik itu dijual tanpa perlindungan hak cipta, paling tidak di Jawa.",
        "The minister said the music was sold without copyright protection, at least in Java.",
    ),
]


@pytest.mark.parametrize(("indonesian", "english"), PAIRS)
@pytest.mark.parametrize("written", ["id", "en"])
def test_a_rendering_in_other_words_is_not_flagged(
    indonesian: str, english: str, written: str, embedder: Embedder
) -> None:
    source, sentence = (english, indonesian) if written == "id" else (indonesian, english)
    (found,) = check(
        [sentence], Article("b", "", source, "en" if written == "id" else "id"), embedder
    )
    assert shown(found) == []


def test_a_negation_put_in_is_found_across_languages(checked) -> None:
    found = checked("Hasan Priambodo did not want the project supervised from the start.")
    assert ("negation", "not") in shown(found)


@pytest.mark.parametrize(
    ("source", "sentence", "expected"),
    [
        (
            "Ketua Arief Rahman membuka rapat.",
            "Chairman Arief Santoso opened the meeting.",
            ("name", "Santoso"),
        ),
        (
            "Ketua Arief Rahman membuka rapat.",
            "Chairman Arief Hakim opened the meeting.",
            ("name", "Hakim"),
        ),
        (
            "Presiden Joko Widodo membuka rapat.",
            "President Joko Susilo opened the meeting.",
            ("name", "Susilo"),
        ),
        (
            "Pada triwulan kedua 12 pekerja diberhentikan dengan biaya Rp3 miliar.",
            "In the second quarter 12 workers were laid off at a cost of Rp2 billion.",
            ("number", "Rp2 billion"),
        ),
        (
            "The company said it cost Rp3 billion. I was there.",
            "Perusahaan itu mengatakan biayanya Rp1 miliar.",
            ("number", "Rp1 miliar"),
        ),
        (
            "The company did not comply with the law, the mayor said.",
            "The company unit did comply with the law, the mayor said.",
            ("negation", "comply"),
        ),
        (
            "Wali kota mengatakan akan ada kenaikan harga. Rencana itu tidak akan ada pengaruhnya.",
            "Wali kota mengatakan tidak akan ada kenaikan harga.",
            ("negation", "tidak"),
        ),
    ],
)
def test_errors_are_not_excused(
    source: str, sentence: str, expected: tuple[str, str], embedder: Embedder
) -> None:
    language: Language = "en" if "The" in source else "id"
    (found,) = check([sentence], Article("d", "", source, language), embedder)
    assert expected in shown(found)


def test_an_indonesian_sentence_on_an_english_article(checked_in_english) -> None:
    right = checked_in_english("Ratna Wibisono mengatakan anggaran Rp1,5 triliun tidak dipotong.")
    wrong = checked_in_english("Ratna Wibisono mengatakan anggaran Rp3,5 triliun tidak dipotong.")
    assert shown(right) == []
    assert shown(wrong) == [("number", "Rp3,5 triliun")]


def test_a_sentence_rests_on_all_the_sentences_it_joins(checked, indonesian: Article) -> None:
    found = checked("Hasan meminta proyek itu diawasi, sementara 240 pedagang menolak dipindahkan.")
    rests = [span.of(indonesian.text) for span in found.spans]
    assert any("diawasi sejak awal" in text for text in rests)
    assert any("240 pedagang" in text for text in rests)
    assert [span.start for span in found.spans] == sorted(span.start for span in found.spans)


def test_a_sentence_about_something_else_rests_on_nothing(checked) -> None:
    found = checked("Resep soto ayam memerlukan serai, kunyit, dan daun jeruk.")
    assert found.spans == ()
    assert not found.supported


def test_relative_days_need_the_day_of_publication(indonesian: Article, embedder: Embedder) -> None:
    sentence = "Hari ini Ratna menyatakan anggaran jembatan tidak akan dipotong."
    (dated,) = check([sentence], indonesian, embedder)
    (undated,) = check([sentence], replace(indonesian, published=None), embedder)
    assert ("date", "Hari ini") in shown(dated)  # it was yesterday
    assert shown(undated) == []


def test_nothing_to_check_and_nothing_to_check_against(
    indonesian: Article, embedder: Embedder
) -> None:
    assert check([], indonesian, embedder) == ()
    (bare,) = check(
        ["Anggaran Rp2 triliun dipotong."], replace(indonesian, text="", title=""), embedder
    )
    assert bare.spans == ()
    assert ("number", "Rp2 triliun") in shown(bare)
    (empty,) = check([""], indonesian, embedder)
    assert (empty.spans, empty.flags) == ((), ())


def test_a_number_that_the_sentence_says_once_more_may_still_be_swapped(
    indonesian: Article, embedder: Embedder
) -> None:
    text = (
        "Aktor Bram Santosa (50) menyarankan pemeriksaan mata sebelum usia 50. "
        "Ia sendiri baru memeriksakan diri pada usia 48 di rumah sakit Talangsari."
    )
    article = replace(indonesian, text=text)
    sentence = "Aktor Bram Santosa (48) menyarankan pemeriksaan mata sebelum usia 50, kata dokter."
    (found,) = check([sentence], article, embedder)
    assert ("number", "48") in shown(found)
