"""ROUGE by our own count against the package rouge-score, and the choice that it leads to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rouge_score.rouge_scorer import RougeScorer

from evaluation.oracle import best_choice
from evaluation.rouge import Reference, tokenizer

WORDS = st.lists(st.sampled_from("banjir surut warga pulang running runs Rp1,5 2023".split()))
TEXTS = WORDS.map(" ".join)


@pytest.mark.parametrize("english", [False, True])
@given(reference=TEXTS, parts=st.lists(TEXTS, min_size=1, max_size=4))
def test_it_is_what_rouge_score_gives(english: bool, reference: str, parts: list[str]) -> None:
    scorer = RougeScorer(["rouge1", "rouge2", "rougeL"], use_stemmer=english)
    expected = scorer.score(reference, " ".join(parts))
    cut = tokenizer(english=english)
    found = Reference(cut(reference)).score([cut(part) for part in parts])
    assert found == pytest.approx([score.fmeasure for score in expected.values()])


def test_the_parts_are_read_as_one_text() -> None:
    # Three of four words, two of three pairs, three in order: "surut kini" joins the parts.
    scores = Reference("banjir surut kini juga".split()).score([["banjir", "surut"], ["kini"]])
    assert scores == pytest.approx((2 * 3 / 7, 2 * 2 / 5, 2 * 3 / 7))


SENTENCES = ["Warga pulang.", "Banjir merendam dua desa.", "Cuaca cerah.", "Tanggul jebol."]


def test_the_oracle_takes_what_the_reference_says() -> None:
    reference = "Tanggul jebol, banjir merendam dua desa."
    assert sorted(best_choice(SENTENCES, reference, 60, english=False)) == [1, 3]
    assert best_choice(SENTENCES, reference, 4, english=False) == [1]


def test_the_oracle_takes_one_sentence_where_none_fits_or_helps() -> None:
    assert best_choice(SENTENCES, "Banjir merendam dua desa.", 2, english=False) == [1]
    assert best_choice(SENTENCES, "Harga naik.", 60, english=False) == [0]
