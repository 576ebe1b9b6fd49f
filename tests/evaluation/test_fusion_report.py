"""How the two searches are joined: the figures of each way, on made-up results."""

from __future__ import annotations

from evaluation.fusion_report import Searched, _figures, joins
from ringkas.settings import Settings
from ringkas.types import Passage

A, B, A2 = Passage("a", 0, 5), Passage("b", 0, 5), Passage("a", 5, 9)
DENSE = {A: 0.90, B: 0.88}
LEXICAL = {B: 20.0, A2: 1.0}


def figures(name: str, right: Passage) -> str:
    keys = {passage: passage for passage in (A, B, A2)}
    return _figures([Searched(DENSE, LEXICAL, keys, frozenset({right}))], joins(Settings())[name])


def test_each_way_has_its_own_order() -> None:
    assert figures("dense alone", B) == "0.500 / 1.000"
    assert figures("lexical alone", B) == "1.000 / 1.000"
    assert figures("ranks, 0.1", A2) == "0.333 / 1.000"
    assert figures("scores, 0.0005", B) == "0.500 / 1.000"
    assert figures("scores, 0.0017", B) == "1.000 / 1.000"


def test_documents_count_once() -> None:
    keys = {A: "a", A2: "a", B: "b"}
    searched = Searched({A: 0.9, A2: 0.89, B: 0.88}, {}, keys, frozenset({"b"}))
    assert _figures([searched], joins(Settings())["dense alone"]) == "0.500 / 1.000"


def test_what_was_not_found_counts_nothing() -> None:
    assert figures("dense alone", A2) == "0.000 / 0.000"
