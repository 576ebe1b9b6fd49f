from __future__ import annotations

import shutil
from pathlib import Path

import lancedb
import numpy as np
import pytest

from retrieval.stores import Filters, StoredArticle, StoredPassage
from retrieval.stores.lance import LanceStore
from ringkas.errors import StoreError
from ringkas.types import Article, Passage


def test_metadata_is_that_of_the_making(tmp_path: Path) -> None:
    LanceStore.open(str(tmp_path), {"model": "é", "dimension": 4}, 4)
    again = LanceStore.open(str(tmp_path), {"model": "other"}, 4)
    assert again.metadata == {"model": "é", "dimension": 4}


def test_nothing_is_made_when_nothing_may_be(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no index at"):
        LanceStore.open(str(tmp_path), None, 4)
    assert list(tmp_path.iterdir()) == []


def test_other_programs_tables_are_refused(tmp_path: Path) -> None:
    database = lancedb.connect(tmp_path)
    for name in ("articles", "passages"):
        database.create_table(name, [{"id": 1}])
    with pytest.raises(StoreError, match="another program's tables"):
        LanceStore.open(str(tmp_path), {}, 4)


def test_a_killed_making_is_made_up_for(tmp_path: Path) -> None:
    LanceStore.open(str(tmp_path), {"model": "m"}, 4)
    lancedb.connect(tmp_path).drop_table("articles")
    assert LanceStore.open(str(tmp_path), {"model": "m"}, 4).counts() == (0, 0)


def test_damaged_files_are_named(tmp_path: Path) -> None:
    LanceStore.open(str(tmp_path), {"model": "m"}, 4)
    for file in (tmp_path / "passages.lance" / "_versions").iterdir():
        file.write_bytes(b"broken")
    with pytest.raises(StoreError, match=str(tmp_path)):
        LanceStore.open(str(tmp_path), {"model": "m"}, 4)


@pytest.mark.parametrize("place", ["/proc/ringkas", "/dev/null/index"])
def test_a_folder_that_cannot_be_made_is_named(place: str) -> None:
    with pytest.raises(StoreError, match=place):
        LanceStore.open(place, {"model": "m"}, 4)


def put(store: LanceStore, number: int) -> None:
    one = Article(f"a{number}", "Judul", f"Rapat {number} dibuka.", "id")
    passage = StoredPassage(Passage(one.id, 0, 5), "r", "id", f"rapat buka ke{number}")
    store.put([StoredArticle(one, "r", one.id)], [passage], np.ones((1, 4), np.float32))


def files(store: LanceStore) -> list[int]:
    tables = (store._articles, store._passages)
    return [table.stats()["fragment_stats"]["num_fragments"] for table in tables]


def test_the_files_of_many_small_writes_are_merged(tmp_path: Path) -> None:
    store = LanceStore.open(str(tmp_path), {"model": "m"}, 4)
    reader = LanceStore.open(str(tmp_path), None, 4)
    for number in range(20):
        put(store, number)
    assert files(store) == [20, 20]
    store.optimize()
    assert max(files(store)) <= 2
    for one in (store, reader, LanceStore.open(str(tmp_path), None, 4)):
        assert one.counts() == (20, 20)
        assert len(one.articles(Filters())) == 20
        [(found, _)] = one.lexical(["ke17"], 5, Filters())
        assert found.passage.article_id == "a17"
    put(store, 20)
    put(store, 3)
    assert reader.remove(["a17", "a20"]) == 2
    assert store.counts() == (19, 19)
    assert store.lexical(["ke17"], 5, Filters()) == []


def test_a_folder_that_has_gone_is_named_without_the_engines_source_lines(tmp_path: Path) -> None:
    store = LanceStore.open(str(tmp_path / "i"), {"model": "m"}, 4)
    put(store, 0)
    shutil.rmtree(tmp_path / "i")
    with pytest.raises(StoreError, match="cannot be used") as gone:
        store.articles(Filters())
    assert str(tmp_path / "i") in str(gone.value)
    assert ".rs:" not in str(gone.value)


def test_tidying_up_that_fails_is_logged_and_loses_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store = LanceStore.open(str(tmp_path / "i"), {"model": "m"}, 4)
    put(store, 0)
    shutil.rmtree(tmp_path / "i" / "articles.lance")
    with caplog.at_level("INFO"):
        store.optimize()
    assert f"{tmp_path / 'i'} could not be tidied up" in caplog.text
    [(found, _)] = store.lexical(["ke0"], 5, Filters())
    assert found.passage.article_id == "a0"
