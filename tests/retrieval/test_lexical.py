"""Lexical search in one language and across two, on a real store."""

from __future__ import annotations

import pytest

from retrieval import Index
from retrieval.lexical import lexical_search
from retrieval.stores import Filters
from ringkas.settings import Settings
from ringkas.types import Article, Language

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
    ids = [item.passage.article_id for item, _ in hits]
    assert len(ids) == len(set(ids))
    return ids


@pytest.mark.parametrize(
    "question", ["Siapa yang membuka rapat?", "Who opened the meeting?", "opened meeting", "rapat"]
)
def test_a_question_finds_articles_of_both_languages(index: Index, question: str) -> None:
    assert set(found(index, question)[:2]) == {"rapat", "meeting"}


def test_translated_words_count_in_the_other_language_alone(index: Index) -> None:
    assert "banjir" not in found(index, "Siapa yang membuka rapat?")  # "Open" is no "membuka"


@pytest.mark.parametrize(("language", "expected"), [("id", {"rapat"}), ("en", {"meeting"})])
@pytest.mark.parametrize("question", ["Siapa pembuka rapat itu?", "Who was at the meeting?"])
def test_filters_of_language_hold(
    index: Index, question: str, language: Language, expected: set[str]
) -> None:
    assert set(found(index, question, Filters(languages=(language,)))) == expected
    assert found(index, question, Filters(languages=("jv",))) == []


def test_other_languages_are_searched_by_the_questions_own_words() -> None:
    index = Index.in_memory(Settings())
    index.add([Article("jawa", "", "Wali kutha mbukak rapat ing balai kutha.", "jv")])
    assert found(index, "Siapa yang membuka rapat?") == ["jawa"]


def test_many_passages_of_the_other_language_crowd_nothing_out() -> None:
    index = Index.in_memory(Settings())
    crowd = [Article(f"en{n}", "", f"Denpasar Denpasar, note {n}.", "en") for n in range(12)]
    index.add([*crowd, Article("id", "", "Rapat warga desa di Denpasar usai.", "id")])
    hits = lexical_search("Rapat apa yang di Denpasar?", index._store, 10, Filters())
    assert "id" in {item.passage.article_id for item, _ in hits}
