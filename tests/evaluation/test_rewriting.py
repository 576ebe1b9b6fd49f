from __future__ import annotations

from random import Random

import pytest

from evaluation.rewriting import rewrites


def rewritten(sentence: str, *, english: bool = False) -> list[str]:
    return list(rewrites(sentence, "Hujan turun.", english, Random(1)))


@pytest.mark.parametrize(
    ("sentence", "otherwise"),
    [
        ("Laba naik 12 persen.", "Laba naik 12%."),
        ("Laba naik 12%.", "Laba naik 12 persen."),
        ("Laba mencapai Rp1,5 triliun.", "Laba mencapai Rp1.500 miliar."),
        ("Rapat digelar 8 Juni 2023.", "Rapat digelar 8/6/2023."),
        ("Rapat digelar Kamis (8/6/2023).", "Rapat digelar Kamis, 8 Juni 2023."),
        ("Ada 3 orang.", "Ada tiga orang."),
    ],
)
def test_notations_are_changed_and_nothing_else(sentence: str, otherwise: str) -> None:
    assert otherwise in rewritten(sentence)


def test_english_notations() -> None:
    assert "Profit hit $2,500 million." in rewritten("Profit hit $2.5 billion.", english=True)
    assert "About four people came." in rewritten("About 4 people came.", english=True)


def test_a_tail_is_left_out_and_a_sentence_is_joined_with_the_next() -> None:
    sentence = "Pemerintah daerah membuka kembali jembatan lama itu, kata seorang pejabat setempat."
    assert "Pemerintah daerah membuka kembali jembatan lama itu." in rewritten(sentence)
    assert rewritten("Jalan licin.") == ["Jalan licin, sementara Hujan turun."]
