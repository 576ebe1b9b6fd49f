from __future__ import annotations

from pathlib import Path

import lancedb
import pytest

from retrieval.stores.lance import LanceStore
from ringkas.errors import StoreError


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
