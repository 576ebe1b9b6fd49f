"""What a killed write leaves is cleared by whoever opens the index next, and by nobody else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lancedb.table import LanceTable
from plain_articles import LetterEmbedder, article

from retrieval import Index
from retrieval.stores.lance_leftovers import is_unfinished, noted
from retrieval.stores.locking import only_writer
from ringkas.settings import PassageSettings, Settings
from ringkas.types import Article

SETTINGS = Settings(passages=PassageSettings(max_words=20))


class Killed(BaseException):
    """Stands for a signal that nobody can catch: no handler of ours takes it."""


def opened(folder: Path) -> Index:
    index = Index.open(folder, SETTINGS)
    index.embedder = LetterEmbedder()
    return index


def of_version(version: int) -> list[Article]:
    line = "Pada hari itu warga desa {n} membahas perkara {v} bersama lurah, camat, dan bupati. "
    return [article(f"a{n}", line.format(n=n, v=version) * 3) for n in range(5)]


@pytest.fixture
def cut_short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An index whose articles were replaced by a process that did not live to clear the old."""
    index = opened(tmp_path / "i")
    index.add(of_version(0))
    delete = LanceTable.delete
    calls: list[str] = []

    def dies(self: Any, where: str) -> Any:
        calls.append(where)
        if len(calls) == 2:  # the first clears what an earlier kill may have left
            raise Killed
        return delete(self, where)

    monkeypatch.setattr(LanceTable, "delete", dies)
    with pytest.raises(Killed):
        index.add(of_version(1))
    monkeypatch.undo()
    return tmp_path / "i"


def passages(folder: Path) -> int:
    return opened(folder).stats().passages


def test_whoever_opens_next_clears_them(cut_short: Path, tmp_path: Path) -> None:
    fresh = opened(tmp_path / "other")
    fresh.add(of_version(1))
    assert is_unfinished(str(cut_short))
    assert passages(cut_short) == fresh.stats().passages
    assert not is_unfinished(str(cut_short))
    assert opened(cut_short).add(of_version(1)).unchanged == 5


def test_a_note_of_a_write_that_goes_on_is_left_alone(cut_short: Path) -> None:
    with only_writer(str(cut_short)):  # another process, as far as anybody can see
        before = passages(cut_short)
        assert is_unfinished(str(cut_short))
    assert passages(cut_short) < before


def test_a_store_that_is_open_clears_them_before_it_writes(cut_short: Path) -> None:
    with only_writer(str(cut_short)):
        index = opened(cut_short)
    before = index.stats().passages
    index.add([article("b", "Bupati membuka pasar desa di tepi sungai pada hari Senin.")])
    assert index.stats().passages == before - 5 * before // 10 + 1
    assert not is_unfinished(str(cut_short))


def test_the_note_of_a_write_that_failed_stays(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="full"), noted(str(tmp_path)):
        raise OSError("the disk is full")
    assert is_unfinished(str(tmp_path))
    with noted(str(tmp_path)):
        pass
    assert is_unfinished(str(tmp_path))


def test_object_storage_has_no_note() -> None:
    with noted("s3://bucket/index"):
        assert not is_unfinished("s3://bucket/index")
