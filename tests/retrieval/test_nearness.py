"""How near a passage is to the question, by both searches."""

from __future__ import annotations

import pytest

from retrieval.reading import _nearness
from ringkas.settings import RetrievalSettings
from ringkas.types import Article, Hit, Passage

ARTICLE = Article("a", "", "Rapat dibuka Sugito. Rapat ditutup Wiradana.", "id")
WEIGHT = RetrievalSettings().bm25_weight


def hit(dense: float | None, lexical: float | None, score: float = 0.0) -> Hit:
    return Hit(Passage("a", 0, 20), ARTICLE, score, dense, lexical)


def test_the_best_is_at_nought_and_the_others_below() -> None:
    found = _nearness([hit(0.90, 10.0), hit(0.88, None), hit(0.85, 40.0)])
    assert found == pytest.approx([-0.001, 0.88 - 0.918, 0.0])


def test_what_only_the_lexical_search_found_is_as_far_as_the_farthest() -> None:
    assert _nearness([hit(0.9, None), hit(0.8, None), hit(None, 1.0)]) == pytest.approx(
        [0.0, -0.1, -0.1 + WEIGHT]
    )
    assert _nearness([hit(None, 5.0), hit(None, 3.0)]) == pytest.approx([0.0, -2 * WEIGHT])


def test_it_does_not_matter_how_the_hits_were_ranked() -> None:
    ranked, again = (_nearness([hit(0.9, 1.0, s), hit(0.8, 2.0, -s)]) for s in (0.016, 12.5))
    assert ranked == again
