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
from summarizer.references import noun_meant, points_back
from summarizer.scoring import Weights, score
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
    assert noun_meant("Tahun ini panen baik.") is None


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


@given(st.lists(st.integers(1, 40), min_size=1, max_size=12), st.integers(1, 90), st.data())
def test_what_is_chosen_fits(lengths: list[int], max_words: int, data: st.DataObject) -> None:
    text = "\n\n".join("Kata " * (length - 1) + "kata." for length in lengths)
    found = units_of(text)
    seed = data.draw(st.integers(0, 1000))
    vectors = np.random.default_rng(seed).normal(size=(len(found), 8)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    chosen = fill(score(found, vectors, None, None, Weights()), max_words)
    assert len(chosen) == len(set(chosen)) >= 1
    assert len(chosen) == 1 or sum(found[index].words for index in chosen) <= max_words
    if min(lengths) <= max_words:
        assert sum(found[index].words for index in chosen) <= max_words
