"""What is found for a question: the modes, their fusion, filters, limits, errors."""

from __future__ import annotations

from datetime import date

import pytest

from retrieval import Filters, Index
from ringkas.errors import StoreError
from ringkas.settings import RetrievalSettings, Settings
from ringkas.types import Article


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("Siapa yang membuka rapat koordinasi PMI-NP?", "Sekda Alit Wiradana Buka Rapat"),
        ("How strong was the earthquake in Tanjungrawa?", "Gempa Magnitudo"),
        ("Mengapa bendahara koperasi dipenjara?", "Former treasurer"),
    ],
)
def test_questions_find_articles_of_either_language(
    sample_index: Index, question: str, title: str
) -> None:
    hits = sample_index.search(question)
    assert any(hit.article.title.startswith(title) for hit in hits[:3])
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_searches_can_be_joined_by_ranks(articles: list[Article]) -> None:
    ranks = RetrievalSettings(fusion="rrf", rrf_k=10, dense_weight=1.0, lexical_weight=0.5)
    index = Index.in_memory(Settings(retrieval=ranks))
    index.add(articles)
    hits = index.search("Siapa yang membuka rapat koordinasi PMI-NP?")
    assert hits[0].article.title.startswith("Sekda Alit Wiradana Buka Rapat")
    assert all(hit.score <= 1.5 / 11 for hit in hits)
    in_both = [hit for hit in hits if None not in (hit.dense, hit.lexical)]
    assert any(hit.score > 1 / 11 for hit in in_both)


def test_an_error_of_the_lexical_search_is_not_lost(
    sample_index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise StoreError("the lexical index is damaged")

    monkeypatch.setattr(sample_index._store, "lexical", broken)
    with pytest.raises(StoreError, match="lexical index is damaged"):
        sample_index.search("Siapa yang membuka rapat?")


def test_hits_are_spans_of_their_articles(sample_index: Index) -> None:
    for hit in sample_index.search("banjir", limit=20):
        assert hit.text == hit.article.text[hit.passage.start : hit.passage.end]
        assert hit.passage.article_id == hit.article.id


def test_limits_and_empty_questions(sample_index: Index) -> None:
    assert len(sample_index.search("rapat", limit=3)) == 3
    assert sample_index.search("  ") == []
    assert Index.in_memory().search("rapat") == []


@pytest.mark.parametrize("mode", ["hybrid", "dense", "lexical"])
def test_filters_hold_in_every_mode(sample_index: Index, mode: str) -> None:
    filters = Filters(since=date(2023, 2, 15), until=date(2023, 2, 15), languages=("id",))
    hits = sample_index.search("banjir Tirtaloka", filters=filters, mode=mode)  # type: ignore[arg-type]
    assert {hit.article.published.date() for hit in hits} == {date(2023, 2, 15)}  # type: ignore[union-attr]
