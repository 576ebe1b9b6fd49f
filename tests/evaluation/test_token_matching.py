"""BERTScore with the embedder's token vectors."""

from __future__ import annotations

import numpy as np
import pytest

from evaluation.token_matching import bert_scores, matched
from ringkas.embedding import get_embedder
from ringkas.settings import Settings

REFERENCES = [
    "Banjir merendam dua desa setelah tanggul jebol.",
    "Bank Nirmala Samudra membukukan laba Rp1,5 triliun.",
    "Nelayan kembali menangkap gurita di Pulau Rarau.",
]


def test_each_token_is_matched_with_its_nearest() -> None:
    reference = np.array([[1, 0], [0, 1]], np.float32)
    summary = np.array([[1, 0], [0.6, 0.8], [0.6, 0.8]], np.float32)
    precision, recall = (1 + 0.8 + 0.8) / 3, (1 + 0.8) / 2
    assert matched(reference, summary) == pytest.approx(
        2 * precision * recall / (precision + recall)
    )


def test_the_same_text_scores_one_and_another_about_nothing() -> None:
    matching = bert_scores(get_embedder(Settings()), REFERENCES)
    assert matching is not None
    assert matching.score(REFERENCES) == pytest.approx(1, abs=0.01)
    assert matching.score([*REFERENCES[1:], REFERENCES[0]]) == pytest.approx(0, abs=0.01)
    retold = ["Dua desa terendam banjir karena tanggul jebol.", *REFERENCES[1:]]
    assert 0.7 < matching.score(retold) < 0.99


def test_without_token_vectors_there_is_no_score() -> None:
    assert bert_scores(get_embedder(Settings()), REFERENCES[:1]) is None
