"""What is taken together, what leans on what, and what is chosen."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringkas.text.sentences import split
from ringkas.types import Article
from summarizer import summarize
from summarizer.extractive import fill
from summarizer.features import Profile
from summarizer.references import (
    follows_on,
    noun_meant,
    noun_within,
    points_back,
    reports,
    speaks_unnamed,
)
from summarizer.scoring import Scored, Weights, rate
from summarizer.units import Unit, units


def units_of(text: str) -> list[Unit]:
    return units(text, split(text))


def test_a_quotation_of_several_sentences_is_one_unit() -> None:
    text = (
        "Laba naik. “Kami tidak mengejar pertumbuhan. Kredit macet justru turun,” ujarnya. "
        "Dividen dibagikan."
    )
    assert [(unit.text, unit.sentences) for unit in units_of(text)] == [
        ("Laba naik.", 1),
        ("“Kami tidak mengejar pertumbuhan. Kredit macet justru turun,” ujarnya.", 2),
        ("Dividen dibagikan.", 1),
    ]


def test_straight_quotation_marks_are_told_by_their_neighbours() -> None:
    text = '"Saya kira truk lewat. Lalu kami lari," ujar Saiful. Pasar "kaget" ramai lagi.'
    assert [unit.sentences for unit in units_of(text)] == [2, 1]


def test_a_quotation_never_closed_is_torn_and_swallows_nothing() -> None:
    found = units_of("“Ini baru awal. Kami akan pulang.\n\nBanjir surut. Warga pulang.")
    assert [unit.torn for unit in found] == [True, False, False, False]


def test_the_rest_of_a_quotation_leans_on_its_speaker() -> None:
    found = units_of('"I used to bring it by boat," she said. "Now I make it here."')
    assert [unit.points_back for unit in found] == [False, True]


@pytest.mark.parametrize(
    "sentence",
    [
        "Ia datang sebagai unggulan kedelapan.",
        "Menurutnya, harga akan turun.",
        "Hal itu disampaikan Retno.",
        "Meski demikian, penumpang mengeluh.",
        "Pemain itu lalu merebut tujuh angka.",
        "He conceded that the town had struggled.",
        "They estimate the cost at Rp28 million.",
        "“That is all,” said the mayor.",
        "The two problems often overlap.",
        "The panel also ordered him to repay.",
    ],
)
def test_sentences_that_point_back(sentence: str) -> None:
    assert points_back(sentence)


@pytest.mark.parametrize(
    "sentence",
    ["Iaitu nama kapal.", "Lalu Wiranatha memimpin dinas itu.", "Hendra membuka rapat.", "Theyyam"],
)
def test_sentences_that_do_not(sentence: str) -> None:
    assert not points_back(sentence)


def test_nouns_taken_up_again() -> None:
    assert noun_meant("Rapat tersebut dibuka oleh sekda.") == "rapat"
    assert noun_meant("Menurut laporan itu, laba naik.") == "laporan"
    assert noun_meant("Dua singkatan itu sering dipakai.") == "singkatan"
    assert noun_meant("Striker Sevilla itu menyambut umpan.") == "striker"
    assert noun_meant("Di Indonesia ini banyak pulau.") is None
    assert noun_meant("Tahun ini panen baik.") is None


def test_nouns_taken_up_further_on() -> None:
    assert (
        noun_within("Lima program unggulan dalam pelayanan digital itu diluncurkan.") == "digital"
    )
    assert noun_within("Sebanyak 40 warga desa tersebut mengungsi.") == "desa"
    assert noun_within("Bupati membuka pasar dan menyebut pasar itu lengkap.") is None
    assert noun_within("Panen padi di lima desa itu, kata dia, naik.") == "desa"
    assert noun_within("Panen naik tajam pada tahun itu.") is None


@pytest.mark.parametrize(
    "sentence",
    [
        "The news came as officials reported five arrests.",
        "One of those arrested claims to have an alibi.",
        "The president and his cabinet resigned days later.",
        "Bupati mengundurkan diri dua hari kemudian.",
        "Khususnya untuk produk hewan dan ikan.",
    ],
)
def test_sentences_that_take_an_event_as_told(sentence: str) -> None:
    assert follows_on(sentence)
    assert not follows_on("The news agency opened an office in Medan.")


@pytest.mark.parametrize(
    "sentence", ['"Pajak jadi mudah," ujarnya.', "“Kami siap,” kata dia.", '"We left," she said.']
)
def test_a_quotation_without_its_speaker(sentence: str) -> None:
    assert speaks_unnamed(sentence)
    assert not reports(sentence)
    assert not speaks_unnamed('"Pajak jadi mudah," ujar Retno.')
    assert reports('"Pajak jadi mudah," ujar Retno.')


def test_a_quotation_is_shown_with_the_sentence_that_names_its_speaker() -> None:
    text = (
        "Retno mengatakan pajak akan dimudahkan.\n\nLima program disiapkan di Jakarta.\n\n"
        "“Sistem digital membuat pajak mudah dibayar,” ujarnya."
    )
    quoted = rated(text, [0.5, 0.5, 0.5])
    assert quoted.gain(2, [1]) < quoted.gain(2, [0])


@pytest.mark.parametrize(
    "text", ["The Friendly Atheists Next Door.", "READ: Talks go on.", "Watch: Waves hit the pier."]
)
def test_headings_between_the_sentences_are_scraps(text: str) -> None:
    assert units_of(text)[0].scrap
    assert not units_of("Prabowo Subianto bertemu Joko Widodo di Jakarta.")[0].scrap


def test_a_torn_quotation_and_an_orphan_pronoun_are_never_shown(
    articles: dict[str, Article],
) -> None:
    for article in articles.values():
        summary = summarize(article)
        shown = {span.start for part in summary.sentences for span in part.spans}
        found = units_of(article.text)
        for before, unit in pairwise(found):
            if unit.span.start in shown:
                assert not unit.torn
                assert not unit.points_back or before.span.start in shown


def test_the_budget_is_not_filled_with_asides(articles: dict[str, Article]) -> None:
    assert "TPI adalah singkatan" not in summarize(articles["Sekda"]).text
    assert "abbreviations" not in summarize(articles["Denpasar hosts"]).text
    assert "calf" not in summarize(articles["embezzlement"]).text


def rated(text: str, worth: list[float], vectors: np.ndarray | None = None) -> Scored:
    """Return the units of a text with the given worth; none like another without vectors."""
    found = units_of(text)
    known = np.eye(len(found), dtype=np.float32) if vectors is None else vectors
    return rate(Profile(found, known, None, english=False), np.array(worth), Weights())


@given(st.lists(st.integers(1, 40), min_size=1, max_size=12), st.integers(1, 90), st.data())
def test_what_is_chosen_fits(lengths: list[int], max_words: int, data: st.DataObject) -> None:
    text = "\n\n".join("Kata " * (length - 1) + "kata." for length in lengths)
    random = np.random.default_rng(data.draw(st.integers(0, 1000)))
    vectors = random.normal(size=(len(lengths), 8)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    scored = rated(text, list(random.random(len(lengths))), vectors)
    chosen = fill(scored, lengths, max_words)
    assert len(chosen) == len(set(chosen)) >= 1
    assert len(chosen) == 1 or sum(lengths[index] for index in chosen) <= max_words
    if min(lengths) <= max_words:
        assert sum(lengths[index] for index in chosen) <= max_words


FOUR = (
    "Banjir merendam dua desa tadi. Ratusan warga mengungsi ke balai. Cuaca hari ini cukup cerah. "
    "Pasar di kota tetap buka."
)


def test_the_worthiest_are_chosen_and_asides_are_not() -> None:
    assert sorted(fill(rated(FOUR, [0.9, 0.8, 0.1, 0.1]), [4, 4, 2, 3], 13)) == [0, 1]


def test_what_is_said_already_is_not_said_again() -> None:
    alike = np.eye(4, dtype=np.float32)
    alike[1] = alike[0]
    worth = [0.9, 0.85, 0.1, 0.6]
    assert sorted(fill(rated(FOUR, worth), [4, 4, 2, 3], 8)) == [0, 1]
    assert sorted(fill(rated(FOUR, worth, alike), [4, 4, 2, 3], 8)) == [0, 3]


def test_a_sentence_that_leans_on_another_is_held_back_without_it() -> None:
    text = "Bupati meninjau tanggul. Ia meminta semua warga waspada. Banjir mulai surut sejak pagi."
    scored = rated(text, [0.2, 0.7, 0.6])
    assert scored.gain(1, ()) < scored.gain(2, ())
    assert scored.gain(1, (0,)) > scored.gain(2, (0,))


def test_circumstances_of_a_quotation_are_left_out() -> None:
    said = "“Tanggul kami perbaiki mulai besok pagi,” kata Retno kepada wartawan, Senin (8/6/2023)."
    text = f"{said} " + "Banjir merendam dua desa di Kecamatan Randuasri sejak Minggu malam. " * 3
    [part, *_] = [
        part
        for part in summarize(text, query="perbaikan tanggul").sentences
        if "Retno" in part.text
    ]
    assert part.text == "“Tanggul kami perbaiki mulai besok pagi,” kata Retno."
    assert [span.of(text) for span in part.spans] == [part.text[:-1], "."]


@pytest.mark.parametrize(
    "text",
    [
        "“Ini baru awal.",
        "Berikut daftarnya:",
        "Enough of the sleet, enough of the ice, enough snow to ...",
        "01:23 EST, 30 November 2013.",
        "Pictured: the mayor at her desk.",
        "b. pihak yang rahasianya diungkap.",
        "Pihak yang memberi persetujuan tertulis, dan/atau;",
        "Baca juga: Banjir merendam dua desa.",
    ],
)
def test_scraps_are_held_back(text: str) -> None:
    scored = rated(f"{text}\n\nBanjir mulai surut kemarin sore.", [0.9, 0.1])
    assert scored.gain(0, ()) < scored.gain(1, ())


def test_prose_is_no_scrap() -> None:
    for text in ("Foto-foto banjir beredar luas.", "Pictures of the flood spread.", "Ia tertawa."):
        assert not units_of(text)[0].scrap


def test_what_a_sentence_takes_up_is_looked_for_nearby() -> None:
    opened, between = "Sebuah mobil mogok di jalan. ", "Pasar tetap buka. "
    taken_up = "Mobil itu akhirnya ditarik warga desa."
    near = rated(f"{opened}{between}{taken_up}", [0.5] * 3)
    far = rated(f"{opened}{between * 9}{taken_up}", [0.5] * 11)
    assert near.gain(2, (0,)) > far.gain(10, (0,))
