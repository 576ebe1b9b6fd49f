"""How the two searches are joined: the figures of each way, on made-up results."""

from __future__ import annotations

from evaluation.fusion_report import Searched, _figures, joins
from ringkas.settings import Settings
from ringkas.types import Passage

A, B, A2 = Passage("a", 0, 5), Passage("b", 0, 5), Passage("a", 5, 9)
DENSE = {A: 0.90, B: 0.88}
LEXICAL = {B: 20.0, A2: 1.0}


def figures(name: str, *, right: frozenset[object], by_article: bool) -> str:
    searched = Searched(DENSE, LEXICAL, right, by_article)
    return _figures([searched], joins(Settings())[name])


def test_each_way_has_its_own_order() -> None:
    right: frozenset[object] = frozenset({B})
    assert figures("dense alone", right=right, by_article=False) == "0.500 / 1.000"
    assert figures("lexical alone", right=right, by_article=False) == "1.000 / 1.000"
    assert figures("scores, 0.0005", right=right, by_article=False) == "0.500 / 1.000"
    assert figures("scores, 0.0017", right=right, by_article=False) == "1.000 / 1.000"


def test_documents_count_once() -> None:
    searched = Searched({A: 0.9, A2: 0.89, B: 0.88}, {}, frozenset({"b"}), by_article=True)
    assert _figures([searched], joins(Settings())["dense alone"]) == "0.500 / 1.000"


def test_what_was_not_found_counts_nothing() -> None:
    assert figures("dense alone", right=frozenset(), by_article=False) == "0.000 / 0.000"
