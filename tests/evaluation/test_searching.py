from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

from evaluation.data import Query, RetrievalSet
from evaluation.searching import DEPTH, Measured, bm25, by_index, compared, measure, word_kinds
from ringkas.types import Article, Hit, Passage

ARTICLES = [
    Article("a", "", "Wali kota membuka rapat koordinasi.", "id"),
    Article("b", "", "Banjir merendam tujuh desa.", "id"),
    Article("c", "", "Rapat dibuka di Denpasar.", "id"),
]


class FixedIndex:
    def __init__(self, hits: Sequence[Hit]) -> None:
        self.hits = hits

    def search(self, question: str, *, limit: int, mode: str) -> list[Hit]:
        return list(self.hits[:limit])


def hit(article: Article, start: int = 0, copies: tuple[str, ...] = ()) -> Hit:
    return Hit(Passage(article.id, start, start + 5), article, 1.0, copies=copies)


def ranked(hits: Sequence[Hit], gold: str) -> list[str]:
    search = by_index(cast(Any, FixedIndex(hits)), "hybrid", {"q": {gold: 1}})
    return search(Query("q", "rapat", "id"))


def test_documents_are_ranked_by_their_best_passage() -> None:
    hits = [hit(ARTICLES[1]), hit(ARTICLES[0]), hit(ARTICLES[1], 5), hit(ARTICLES[2])]
    assert ranked(hits, "c") == ["b", "a", "c"]


def test_a_hit_counts_for_the_relevant_copy_it_stands_for() -> None:
    assert ranked([hit(ARTICLES[0], copies=("z",))], "z") == ["z"]
    assert ranked([hit(ARTICLES[0], copies=("z",))], "b") == ["a"]


def test_no_more_than_ten_documents_count() -> None:
    hits = [hit(Article(f"d{number}", "", "Rapat usai.", "id")) for number in range(20)]
    assert len(ranked(hits, "d0")) == DEPTH


def test_stemming_finds_another_form_of_the_word(tmp_path: Path) -> None:
    query = Query("q", "membuka", "id")
    found = {
        name: bm25(ARTICLES, words, tmp_path / str(number))(query)
        for number, (name, words) in enumerate(word_kinds().items())
    }
    assert found["BM25"] == ["a"]
    assert set(found["BM25, no stop words, stemmed"]) == {"a", "c"}  # membuka, dibuka: buka


def test_a_search_is_measured_over_all_queries() -> None:
    queries = (Query("q1", "x", "id"), Query("q2", "y", "id"))
    questions = RetrievalSet("s", (), queries, {"q1": {"a": 1}, "q2": {"b": 1}})
    measured = measure(lambda _: ["a", "b"], questions)
    assert measured.figures["RR@10"] == (1 / 1 + 1 / 2) / 2
    assert measured.figures["R@1"] == 1 / 2
    assert measured.ranks == [1, 1 / 2]
    assert len(measured.seconds) == 2


def test_a_comparison_says_whether_it_is_a_tie() -> None:
    def system(*ranks: float) -> Measured:
        return Measured({}, ranks * 20, ())

    systems = {"old": system(0.5, 1), "same": system(1, 0.5), "new": system(1, 1)}
    assert compared(systems, "same", "old").endswith("a tie")
    assert compared(systems, "new", "old").startswith("new less old: RR@10 +0.250, 95 % interval +")
    assert compared(systems, "new", "old").endswith("better")
    assert compared(systems, "old", "new").endswith("worse")
