"""What a figure counts, and which figures are no statement of their own."""

from __future__ import annotations

import pytest

from ringkas.text.sentences import split
from summarizer.digesting.pool import Told
from summarizer.digesting.quantities import Quantity, quantities
from summarizer.units import units


def read(text: str, *, english: bool = False) -> list[Quantity]:
    (unit,) = units(text, split(text))
    return quantities(Told(0, 0, unit, english), text)


def told(text: str, *, english: bool = False) -> list[tuple[str, str, str, str]]:
    return [
        (text[one.start : one.end], one.unit, one.noun, one.about)
        for one in read(text, english=english)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Longsor itu menewaskan 12 orang dan melukai 30 lainnya.",
            [("12 orang", "", "people", "dead"), ("30 lainnya", "", "people", "injured")],
        ),
        (
            "Korban meninggal tercatat tiga orang, sedangkan satu orang masih hilang.",
            [("tiga orang", "", "people", "dead"), ("satu orang", "", "people", "missing")],
        ),
        (
            "Kapal itu mengangkut 189 penumpang dan 17 awak.",
            [("189 penumpang", "", "passengers", ""), ("17 awak", "", "crew", "")],
        ),
        ("Pertandingan ditonton 19.850 orang.", [("19.850 orang", "", "spectators", "")]),
        ("Kerugian negara mencapai Rp1,5 miliar.", [("Rp1,5 miliar", "idr", "", "loss")]),
        ("Gempa bermagnitudo 5,8 mengguncang kota.", [("5,8", "magnitude", "", "magnitude")]),
        ("Api menghanguskan 12 gerobak.", [("12 gerobak", "", "gerobak", "")]),
    ],
)
def test_indonesian_figures(text: str, expected: list[tuple[str, str, str, str]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The crash killed nine people and injured 24.",
            [("nine people", "", "people", "dead"), ("24", "", "", "injured")],
        ),
        ("The death toll rose to four.", [("four", "", "", "dead")]),
        ("A deal worth $2.6 billion was signed.", [("$2.6 billion", "usd", "", "price")]),
        ("The fire has burned 3,200 hectares.", [("3,200 hectares", "hectares", "", "")]),
        ("Police made 31 arrests.", [("31 arrests", "", "", "arrested")]),
    ],
)
def test_english_figures(text: str, expected: list[tuple[str, str, str, str]]) -> None:
    assert told(text, english=True) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Rapat dimulai pukul 10.30 WIB pada Kamis (8/6/2023).",
        "Persada menang 2-1 pada pekan ke-13.",
        "Warno, 46, terbangun.",
        "Murid SD Negeri 7 berbaris.",
        "Pria berusia 71 tahun itu selamat.",
        "Kredit tumbuh pada kisaran 8 hingga 10 persen.",
    ],
)
def test_what_is_no_figure_of_its_own(text: str) -> None:
    assert told(text) == []


def test_earlier_figures_are_told_from_current_ones() -> None:
    now, before = read("Korban luka bertambah menjadi 61 orang, dari semula 35 orang.")
    assert now.current
    assert now.changed
    assert before.former
    assert before.about == "injured"


def test_english_earlier_figures() -> None:
    now, before = read(
        "The toll stood at 2,140 at noon, up from 1,872 a day earlier.", english=True
    )
    assert now.current
    assert before.former


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Tiga di antaranya anak-anak.", "Tiga"),
        ("Ia ditahan bersama tiga tersangka lain.", "tiga"),
        ("Lima dari tujuh desa sudah kering.", "Lima"),
        ("Sebanyak 9.300 orang di antara siswa itu tinggal di pesisir.", "9.300"),
    ],
)
def test_parts_of_another_figure_do_not_stand_for_it(text: str, part: str) -> None:
    current = [text[one.start : one.end] for one in read(text) if one.current]
    assert not any(figure.startswith(part) for figure in current)


def test_sums_for_each_are_rates() -> None:
    assert read("Santunan Rp15 juta diberikan untuk setiap korban.")[0].rate
    assert not read("Santunan Rp15 juta sudah diberikan.")[0].rate


@pytest.mark.parametrize(
    ("text", "partial"),
    [
        ("Pelayaran itu membawa 210 penumpang, termasuk 12 guru.", [False, True]),
        ("Kapal itu memuat 90 penumpang, di antaranya tujuh anak.", [False, True]),
        ("The ship took 210 passengers, including 12 teachers.", [False, True]),
        ("Ada 30 siswa di bus itu; tiga orang di antaranya pelajar baru.", [False, True]),
        ("Panitia menyebut lima orang di antaranya pelajar asal desa itu.", [True]),
    ],
)
def test_a_whole_is_told_from_its_part(text: str, partial: list[bool]) -> None:
    assert [one.partial for one in read(text)] == partial
