"""Lexical search in one language and across two, on a real store."""

from __future__ import annotations

import pytest

from retrieval import Index
from retrieval.lexical import lexical_search
from retrieval.stores import Filters
from ringkas.settings import Settings
from ringkas.types import Article

ARTICLES = [
    Article("rapat", "", "Sekretaris kota membuka rapat tentang pekerja migran.", "id"),
    Article("meeting", "", "The city secretary opened a meeting on migrant workers.", "en"),
    Article("banjir", "", "Banjir merendam tujuh desa, kata kepala Open Society.", "id"),
]


@pytest.fixture(scope="module")
def index() -> Index:
    index = Index.in_memory(Settings())
    index.add(ARTICLES)
    return index


def found(index: Index, question: str, filters: Filters | None = None) -> list[str]:
    hits = lexical_search(question, index._store, 10, filters or Filters())
    assert [score for _, score in hits] == sorted((s for _, s in hits), reverse=True)
    return [item.passage.article_id for item, _ in hits]


@pytest.mark.parametrize("question", ["Siapa yang membuka rapat?", "Who opened the meeting?"])
def test_a_question_finds_articles_of_both_languages(index: Index, question: str) -> None:
    assert set(found(index, question)[:2]) == {"rapat", "meeting"}


def test_translated_words_count_in_the_other_language_alone(index: Index) -> None:
    assert "banjir" not in found(index, "Siapa yang membuka rapat?")  # "Open" is no "membuka"


@pytest.mark.parametrize(
    ("languages", "expected"), [(("id",), ["rapat"]), (("en",), ["meeting"]), (("jv",), [])]
)
def test_filters_of_language_hold(
    index: Index, languages: tuple[str, ...], expected: list[str]
) -> None:
    filters = Filters(languages=languages)
    assert found(index, "Siapa yang membuka rapat?", filters)[:1] == expected
    assert found(index, "Who opened the meeting?", filters)[:1] == expected


def test_no_passage_is_found_twice(index: Index) -> None:
    hits = found(index, "Who opened the meeting on migrant workers in Denpasar?")
    assert len(hits) == len(set(hits))
