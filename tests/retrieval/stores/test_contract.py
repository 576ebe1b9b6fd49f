"""What every store must do; another engine joins by a line in ``PLACES``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
import pytest
from s3_server import BUCKET

from retrieval.stores import Facets, Filters, Store, StoredArticle, StoredPassage
from retrieval.stores.lance import MEMORY, LanceStore
from retrieval.stores.places import open_store
from ringkas.settings import StoreSettings
from ringkas.types import Article, Passage

DIMENSION = 4
MADE_BY = {"made": "by"}
PLACES: dict[str, Callable[[Path], str]] = {
    "lance-folder": lambda path: str(path / "index"),
    "lance-memory": lambda _: MEMORY,
    "lance-s3": lambda _: f"s3://{BUCKET}/{uuid4().hex}",
    "milvus-lite": lambda path: str(path / "index.db"),
}
WITA = timezone(timedelta(hours=8))
HOSTILE = [
    "o'neil", "a' OR '1'='1", "'; DROP TABLE articles; --", 'x"y', "a\\'b", "%_", "naïve 会議 🙂",
    "a\nb", "(", "?", "$1", "{}",
]  # fmt: skip


# The same engine on slower storage: what depends on the words of a row alone is not asked again.
REMOTE = "lance-s3"


def opened(request: pytest.FixtureRequest, folder: Path) -> Store:
    settings = request.getfixturevalue("s3") if request.param == REMOTE else StoreSettings()
    return open_store(PLACES[request.param](folder), settings, MADE_BY, DIMENSION)


@pytest.fixture(params=PLACES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    return opened(request, tmp_path)


@pytest.fixture(params=[name for name in PLACES if name != REMOTE])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    return opened(request, tmp_path)


def put(store: Store, id: str, words: str = "rapat", axis: int = 0, **rest: Any) -> Article:
    """Put an article with one passage, its vector along one axis."""
    return put_passages(store, id, {words: axis}, **rest)


def put_passages(
    store: Store, id: str, passages: dict[str, int], revision: str = "r1", **rest: Any
) -> Article:
    given = {"title": f"Judul {id}", "text": "x" * 100, "language": "id", **rest}
    one = Article(id=id, **given)
    stored = [
        StoredPassage(Passage(id, at, at + 1), revision, one.language, terms)
        for at, terms in enumerate(passages)
    ]
    vectors = np.eye(DIMENSION, dtype=np.float32)[list(passages.values())]
    store.put([StoredArticle(one, revision, f"group of {id}")], stored, vectors)
    return one


def put_many(store: Store, ids: Iterable[str], revision: str = "r1") -> None:
    """Put articles of two passages each, along the first two axes, in one write."""
    items = [StoredArticle(Article(id, "", "x" * 9), revision, id) for id in ids]
    passages = [
        StoredPassage(Passage(item.article.id, at, at + 1), revision, "id", f"rapat ke{at}")
        for item in items
        for at in range(2)
    ]
    store.put(items, passages, np.tile(np.eye(DIMENSION, dtype=np.float32)[:2], (len(items), 1)))


def ids(found: list[Any]) -> list[str]:
    return [item.passage.article_id for item, _ in found]


def along(axis: int) -> Any:
    return np.eye(DIMENSION, dtype=np.float32)[axis]


def test_an_article_comes_back_as_it_was(store: Store) -> None:
    one = put(
        store, "a", url="https://x.example/1", source="x.example", author="Ani",
        published=datetime(2023, 6, 8, 10, 30, tzinfo=WITA), notes={"editor": "Budi “B”"},
        text="Satu.\n\nDua 会議 🙂 'tiga'.",
    )  # fmt: skip
    assert store.get(["a"]) == {"a": StoredArticle(one, "r1", "group of a")}
    assert store.get(["a"])["a"].article.published == one.published
    assert store.get(["a"])["a"].article.published.utcoffset() == timedelta(hours=8)  # type: ignore[union-attr]


def test_what_is_not_here_is_not_found(store: Store) -> None:
    assert store.get(["a"]) == {}
    assert store.get([]) == {}
    assert store.articles(Filters()) == []
    assert store.vectors_of(StoredArticle(Article("a", "", ""), "r1", "")) == {}
    assert store.nearest(along(0), 5, Filters()) == []
    assert store.lexical(["rapat"], 5, Filters()) == []
    assert store.counts() == (0, 0)
    assert store.remove(["a"]) == 0
    assert store.remove([]) == 0


def test_put_replaces_the_article_and_all_its_passages(store: Store) -> None:
    put_passages(store, "a", {"rapat": 0, "banjir": 1, "gempa": 2})
    put_passages(store, "a", {"rapat": 0, "pasar": 3}, revision="r2", text="baru")
    assert store.get(["a"])["a"].article.text == "baru"
    assert store.counts() == (1, 2)
    assert store.lexical(["banjir"], 5, Filters()) == []
    assert {item.revision for item, _ in store.nearest(along(0), 5, Filters())} == {"r2"}


def test_putting_the_same_again_doubles_nothing(store: Store) -> None:
    for _ in range(3):
        put_passages(store, "a", {"rapat": 0, "banjir": 1})
    assert store.counts() == (1, 2)


def test_an_article_may_have_no_passage(store: Store) -> None:
    put_passages(store, "a", {})
    assert store.counts() == (1, 0)


def test_remove_takes_the_article_with_its_passages(store: Store) -> None:
    for id in "abc":
        put(store, id)
    assert store.remove(["a", "c", "unknown", "a"]) == 2
    assert store.counts() == (1, 1)
    assert ids(store.nearest(along(0), 5, Filters())) == ["b"]


def test_articles_are_newest_first_and_undated_last(engine: Store) -> None:
    put(engine, "old", published=datetime(2020, 1, 1, tzinfo=UTC))
    put(engine, "undated")
    put(engine, "new", published=datetime(2023, 6, 8, 0, 30, tzinfo=WITA))
    put(engine, "newer", published=datetime(2023, 6, 7, 17, 0, tzinfo=UTC))
    put(engine, "naive", published=datetime(2022, 1, 1))
    order = [item.article.id for item in engine.articles(Filters())]
    assert order == ["newer", "new", "naive", "old", "undated"]
    page = engine.articles(Filters(), limit=2, offset=1)
    assert [item.article.id for item in page] == ["new", "naive"]
    assert engine.articles(Filters(), limit=2, offset=9) == []


def test_words_are_looked_for_in_titles_and_texts(engine: Store) -> None:
    put(engine, "title", title="Banjir di Tirtaloka", published=datetime(2023, 1, 1, tzinfo=UTC))
    put(engine, "text", text="Sungai BANJIR; naïve.", published=datetime(2023, 1, 2, tzinfo=UTC))
    put(engine, "both", title="Banjir", text="Warga naïve.", language="en")
    put(engine, "none")

    def found(*words: str, **rest: Any) -> list[str]:
        kept = engine.articles(Filters(**rest), words=words)
        return [item.article.id for item in kept]

    assert found("banjir") == ["text", "title", "both"]
    assert found("Anji") == ["text", "title", "both"]
    assert found("banjir", "NAÏVE") == ["text", "both"]
    assert found("banjir", languages=("en",)) == ["both"]
    assert found("banjir", "gempa") == []
    second = engine.articles(Filters(), limit=1, offset=1, words=["banjir"])
    assert [item.article.id for item in second] == ["title"]


@pytest.mark.parametrize("word", HOSTILE)
def test_words_are_taken_as_they_are(store: Store, word: str) -> None:
    put(store, "innocent")
    put(store, "a", text=f"Satu {word} dua")
    assert [item.article.id for item in store.articles(Filters(), words=[word])] == ["a"]


def test_articles_are_counted_by_language_and_source(engine: Store) -> None:
    assert engine.facets() == Facets({}, {})
    put(engine, "a", source="x.example")
    put(engine, "b", source="x.example", language="en")
    put(engine, "c")
    put(engine, "d")
    engine.remove(["d"])
    assert engine.facets() == Facets({"id": 2, "en": 1}, {"x.example": 2, "": 1})


def test_many_articles_are_all_listed(store: Store) -> None:
    many = [Article(f"{n}", "", "x") for n in range(120)]
    store.put(
        [StoredArticle(one, "r", one.id) for one in many],
        [StoredPassage(Passage(one.id, 0, 1), "r", "id", "rapat") for one in many],
        np.ones((120, DIMENSION), np.float32),
    )
    assert len(store.articles(Filters())) == 120
    assert len(store.get(one.id for one in many)) == 120
    assert len(store.nearest(along(0), 60, Filters())) == 60
    assert len(store.lexical(["rapat"], 60, Filters())) == 60


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(since=date(2023, 6, 8)), {"b"}),
        (Filters(until=date(2023, 6, 7)), {"a"}),
        (Filters(since=date(2023, 6, 7), until=date(2023, 6, 8)), {"a", "b"}),
        (Filters(since=date.min, until=date.max), {"a", "b"}),
        (Filters(since=date(2024, 1, 1), until=date(2023, 1, 1)), set()),
        (Filters(sources=("harian 'kota'",)), {"a"}),
        (Filters(sources=("harian 'kota'", "b.example")), {"a", "b"}),
        (Filters(languages=("en",)), {"c"}),
        (Filters(article_ids=("a", "c", "nobody")), {"a", "c"}),
        (Filters(languages=("id",), article_ids=("a", "c")), {"a"}),
        (Filters(sources=("x' OR '1'='1",)), set()),
        (Filters(), {"a", "b", "c"}),
    ],
)
def test_filters_hold_in_every_search(engine: Store, filters: Filters, expected: set[str]) -> None:
    put(
        engine, "a", source="harian 'kota'", published=datetime(2023, 6, 8, 7, tzinfo=WITA)
    )  # 7 June in UTC
    put(engine, "b", source="b.example", published=datetime(2023, 6, 8, 8, tzinfo=WITA))
    put(engine, "c", language="en")
    assert {item.article.id for item in engine.articles(filters)} == expected
    assert set(ids(engine.nearest(along(0), 9, filters))) == expected
    assert set(ids(engine.lexical(["rapat"], 9, filters))) == expected


def test_filtering_comes_before_ranking(store: Store) -> None:
    put_many(store, [f"near{number}" for number in range(30)])
    put(store, "far", axis=1, source="far.example")
    assert ids(store.nearest(along(0), 3, Filters(sources=("far.example",)))) == ["far"]


def test_nearest_is_by_cosine_best_first(engine: Store) -> None:
    put(engine, "a", axis=0)
    put(engine, "b", axis=1)
    found = engine.nearest(np.asarray([0.6, 0.8, 0, 0], np.float32), 5, Filters())
    assert ids(found) == ["b", "a"]
    assert [score for _, score in found] == pytest.approx([0.8, 0.6])
    assert len(engine.nearest(along(0), 1, Filters())) == 1


@pytest.mark.parametrize("asked", [0, 1, 3])
def test_nearest_to_each_of_several_vectors_is_that_of_each(engine: Store, asked: int) -> None:
    for axis in range(3):
        put(engine, f"a{axis}", axis=axis)
    vectors = np.asarray([along(axis) + 0.1 for axis in range(asked)], np.float32).reshape(-1, 4)
    alone = [ids(engine.nearest(vector, 2, Filters())) for vector in vectors]
    assert [ids(found) for found in engine.nearest_each(vectors, 2)] == alone
    assert len(alone) == asked


def test_lexical_prefers_rare_terms_and_more_of_them(engine: Store) -> None:
    put(engine, "a", words="rapat buka sekda")
    put(engine, "b", words="rapat")
    put(engine, "c", words="rapat tunda")
    assert ids(engine.lexical(["rapat", "sekda", "buka"], 5, Filters()))[0] == "a"
    assert engine.lexical(["sek"], 5, Filters()) == []
    assert engine.lexical([], 5, Filters()) == []


@pytest.mark.parametrize(
    "term", ["pmi-np", "rp1.5", "1.872", "会議", "o'neil", "+", '"', "a:b", "the"]
)
def test_lexical_takes_terms_as_they_are(engine: Store, term: str) -> None:
    put(engine, "a", words=f"satu {term} dua")
    put(engine, "b", words="lain")
    assert ids(engine.lexical([term], 5, Filters())) == ["a"]


def test_lexical_finds_what_was_added_after_folding_in(store: Store) -> None:
    put(store, "a", words="rapat")
    store.optimize()
    put(store, "b", words="banjir")
    assert ids(store.lexical(["banjir"], 5, Filters())) == ["b"]
    assert ids(store.lexical(["rapat"], 5, Filters())) == ["a"]


def test_vectors_come_back_by_place(store: Store) -> None:
    put_passages(store, "a", {"rapat": 2, "banjir": 3})
    stored = store.get(["a"])["a"]
    vectors = store.vectors_of(stored)
    assert set(vectors) == {(0, 1), (1, 2)}
    assert vectors[0, 1].dtype == np.float32
    assert vectors[0, 1].tolist() == [0, 0, 1, 0]
    assert store.vectors_of(replace(stored, revision="another")) == {}


@pytest.mark.parametrize("id", HOSTILE)
def test_hostile_ids_name_only_themselves(engine: Store, id: str) -> None:
    put(engine, "innocent")
    put(engine, id, source=id)
    put(engine, id, source=id, revision="r2")
    assert set(engine.get([id])) == {id}
    assert len(engine.vectors_of(engine.get([id])[id])) == 1
    assert ids(engine.nearest(along(0), 5, Filters(article_ids=(id,)))) == [id]
    assert [one.article.id for one in engine.articles(Filters(sources=(id,)))] == [id]
    assert engine.remove([id]) == 1
    assert engine.counts() == (1, 1)


def test_the_metadata_is_that_of_the_making(store: Store) -> None:
    assert dict(store.metadata) == MADE_BY


def test_pages_hold_every_article_once_with_its_passages_and_vectors(store: Store) -> None:
    put_many(store, [f"a{number}" for number in (3, 1, 4, 0, 2)])
    put_passages(store, "b", {})
    one = put_passages(store, "a2", {"banjir": 3}, revision="r2", source="x.example")
    pages = list(store.pages(2))
    assert [[item.article.id for item in page.articles] for page in pages] == [
        ["a0", "a1"], ["a2", "a3"], ["a4", "b"],
    ]  # fmt: skip
    middle = pages[1]
    assert middle.articles[0] == StoredArticle(one, "r2", "group of a2")
    assert middle.passages[0] == StoredPassage(Passage("a2", 0, 1), "r2", "id", "banjir")
    places = [(each.passage.article_id, each.passage.start) for each in middle.passages]
    assert places == [("a2", 0), ("a3", 0), ("a3", 1)]
    assert middle.vectors.dtype == np.float32
    assert middle.vectors.tolist() == [[0, 0, 0, 1], [1, 0, 0, 0], [0, 1, 0, 0]]
    assert pages[2].vectors.shape == (2, DIMENSION)
    behind = [item.article.id for page in store.pages(9, after="a3") for item in page.articles]
    assert behind == ["a4", "b"]
    assert list(store.pages(9, after="b")) == []


def test_an_article_in_a_page_is_whole_whatever_is_written_meanwhile(store: Store) -> None:
    put_many(store, "abc")
    pages = store.pages(1)
    first = next(pages)
    put_many(store, "bd", revision="r2")
    store.remove(["c"])
    for page in [first, *pages]:
        for item in page.articles:
            own = [each for each in page.passages if each.passage.article_id == item.article.id]
            assert [each.revision for each in own] == [item.revision] * 2


def test_owners_are_counted(store: Store) -> None:
    assert dict(store.owners()) == {}
    put_many(store, "ab")
    put_passages(store, "a", {"rapat": 0}, revision="r2")
    assert dict(store.owners()) == {("a", "r2"): 1, ("b", "r1"): 2}


def test_compacting_changes_nothing_that_is_found(store: Store) -> None:
    for revision in ("r1", "r2"):
        put_many(store, "abc", revision)
    store.remove(["c"])
    store.compact()
    put(store, "d", words="banjir", axis=2)
    assert store.counts() == (3, 5)
    assert sorted(ids(store.lexical(["ke1"], 9, Filters()))) == ["a", "b"]
    assert ids(store.lexical(["banjir"], 9, Filters())) == ["d"]
    assert sorted(ids(store.nearest(along(0), 2, Filters()))) == ["a", "b"]


def test_two_stores_in_memory_know_nothing_of_each_other() -> None:
    one, other = (LanceStore.open(MEMORY, {}, DIMENSION) for _ in range(2))
    put(one, "a")
    assert other.counts() == (0, 0)
