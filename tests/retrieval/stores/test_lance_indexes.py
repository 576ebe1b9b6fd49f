"""Indexes that come with size, with the sizes at which they come made small."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from retrieval.stores import Filters, StoredArticle, StoredPassage, lance_indexes
from retrieval.stores.lance import LanceStore
from ringkas.embedding.base import Vectors
from ringkas.types import Article, Passage

DIMENSION = 16
START = datetime(2020, 1, 1)
ALL = Filters()
CHANCE = np.random.default_rng(5)


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lance_indexes, "SCANNED_UP_TO", 100)
    monkeypatch.setattr(lance_indexes, "EXACT_UP_TO", 600)
    monkeypatch.setattr(lance_indexes, "_UNINDEXED_LIMIT", 50)


@pytest.fixture
def store(tmp_path: Path) -> LanceStore:
    return LanceStore.open(str(tmp_path / "index"), {"made": "by"}, DIMENSION)


def put(store: LanceStore, numbers: range, revision: str = "r1") -> Vectors:
    """Put articles of one passage each; an article's day and outlet follow from its number."""
    vectors = CHANCE.standard_normal((len(numbers), DIMENSION)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=-1, keepdims=True)
    items = [
        StoredArticle(
            Article(
                f"a{n:05d}", "", f"Rapat {n}.", "id" if n % 2 else "en",
                source=f"outlet{n % 10}", published=START + timedelta(n),
            ),
            revision,
            f"a{n:05d}",
        )
        for n in numbers
    ]  # fmt: skip
    passages = [
        StoredPassage(
            Passage(item.article.id, 0, 5), revision, item.article.language, f"rapat ke{n}"
        )
        for n, item in zip(numbers, items, strict=True)
    ]
    store.put(items, passages, vectors)
    return vectors


def indexes(store: LanceStore) -> dict[str, str]:
    tables = store._articles, store._passages
    return {
        f"{table.name}.{index.columns[0]}": index.index_type
        for table in tables
        for index in table.list_indices()
    }


def nearest(store: LanceStore, vector: Vectors, filters: Filters = ALL) -> list[str]:
    return [item.passage.article_id for item, _ in store.nearest(vector, 10, filters)]


def best(vectors: Vectors, vector: Vectors, allowed: list[int]) -> list[str]:
    order = np.argsort(-(vectors[allowed] @ vector))[:10]
    return [f"a{allowed[place]:05d}" for place in order]


def test_a_small_index_has_only_the_lexical_one(store: LanceStore) -> None:
    put(store, range(90))
    store.optimize()
    assert indexes(store) == {"passages.terms": "FTS"}


def test_ids_and_filters_are_looked_up_before_vectors_are(store: LanceStore) -> None:
    put(store, range(500))
    store.optimize()
    assert indexes(store) == {
        "articles.id": "BTree", "passages.article_id": "BTree", "passages.moment": "BTree",
        "passages.source": "Bitmap", "passages.language": "Bitmap", "passages.terms": "FTS",
    }  # fmt: skip


def test_a_large_index_finds_with_its_graph_what_exact_search_finds(store: LanceStore) -> None:
    vectors = put(store, range(1_500))
    store.optimize()
    assert indexes(store)["passages.vector"] == "IvfHnswSq"
    questions = CHANCE.standard_normal((20, DIMENSION)).astype(np.float32)
    filters = {
        Filters(): range(1_500),
        Filters(sources=("outlet3",)): range(3, 1_500, 10),
        Filters(since=date(2020, 1, 31), until=date(2020, 2, 3)): range(30, 34),
        Filters(languages=("id",), article_ids=("a00007", "a00008")): [7],
    }
    for allowed, numbers in filters.items():
        found = [set(nearest(store, each, allowed)) for each in questions]
        exact = [set(best(vectors, each, list(numbers))) for each in questions]
        shared = sum(len(a & b) for a, b in zip(found, exact, strict=True))
        assert shared >= 0.95 * sum(map(len, exact))
    each = [[i.passage.article_id for i, _ in found] for found in store.nearest_each(questions, 10)]
    assert each == [nearest(store, one) for one in questions]


def test_what_is_added_to_a_large_index_is_found_at_once_and_folded_in_later(
    store: LanceStore, tmp_path: Path
) -> None:
    put(store, range(1_000))
    store.optimize()
    reader = LanceStore.open(str(tmp_path / "index"), None, DIMENSION)
    fresh = put(store, range(1_000, 1_040))
    assert nearest(reader, fresh[7])[0] == "a01007"
    again = put(store, range(500, 540), "r2")
    assert nearest(reader, again[3])[0] == "a00503"
    assert [item.revision for item, _ in reader.lexical(["ke503"], 5, Filters())] == ["r2"]
    store.optimize()
    assert all(i.num_unindexed_rows == 0 for i in store._passages.list_indices())
    for one in (store, reader):
        assert nearest(one, fresh[7])[0] == "a01007"
        assert nearest(one, again[3])[0] == "a00503"
        assert one.counts() == (1_040, 1_040)
    assert reader.remove(["a01007"]) == 1
    assert "a01007" not in nearest(store, fresh[7])


def test_rows_keep_their_ids_when_files_are_merged(store: LanceStore) -> None:
    for at in range(0, 60, 20):
        put(store, range(at, at + 20))
    put(store, range(20), "r2")

    def ids() -> dict[str, int]:
        rows = store._passages.search().select(["article_id"]).with_row_id(True).limit(None)
        return {row["article_id"]: row["_rowid"] for row in rows.to_list()}

    before = ids()
    store.compact()
    assert store._passages.stats()["fragment_stats"]["num_fragments"] == 1
    assert ids() == before


def test_several_graphs_become_one_again(
    store: LanceStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lance_indexes, "_MOST_GRAPHS", 2)
    vectors = [put(store, range(1_000))]
    store.optimize()
    seen = []
    for start in range(1_000, 1_600, 150):
        vectors.append(put(store, range(start, start + 150)))
        store.optimize()
        seen.append(lance_indexes._graphs(store._passages))
    assert max(seen) == 2
    assert seen.count(1) >= 1
    put(store, range(1_600, 1_650))
    store.compact()
    assert lance_indexes._graphs(store._passages) == 1
    for part in vectors:
        assert nearest(store, part[0])[0] == f"a{sum(map(len, vectors[: _at(vectors, part)])):05d}"


def _at(parts: list[Vectors], part: Vectors) -> int:
    return next(n for n, each in enumerate(parts) if each is part)
