"""What a killed write leaves is cleared by the next one, and never by somebody who only reads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from lancedb.table import LanceTable
from plain_articles import LetterEmbedder, article

from retrieval import Index
from retrieval.stores.lance_leftovers import _NOTE, noted, unfinished
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


def of_version(version: int, count: int = 5) -> list[Article]:
    line = "Pada hari itu warga desa {n} membahas perkara {v} bersama lurah, camat, dan bupati. "
    return [article(f"a{n}", line.format(n=n, v=version) * 3) for n in range(count)]


def dying(monkeypatch: pytest.MonkeyPatch, which: int) -> None:
    """Let the process die at this removal of rows, counted from one."""
    delete, calls = LanceTable.delete, list[str]()

    def dies(self: Any, where: str) -> Any:
        calls.append(where)
        if len(calls) == which:
            raise Killed
        return delete(self, where)

    monkeypatch.setattr(LanceTable, "delete", dies)


@pytest.fixture
def cut_short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An index whose articles were replaced by a process that did not live to clear the old."""
    index = opened(tmp_path / "i")
    index.add(of_version(0))
    dying(monkeypatch, 2)  # the first clears what an earlier kill may have left
    with pytest.raises(Killed):
        index.add(of_version(1))
    monkeypatch.undo()
    assert unfinished(str(tmp_path / "i"))
    return tmp_path / "i"


def clean(folder: Path, articles: list[Article]) -> int:
    """The number of passages that an index of these articles has."""
    index = opened(folder)
    index.add(articles)
    return index.stats().passages


def test_the_next_addition_clears_them_even_if_nothing_changed(
    cut_short: Path, tmp_path: Path
) -> None:
    index = opened(cut_short)
    assert index.stats().passages > clean(tmp_path / "other", of_version(1))
    assert index.add(of_version(1)).unchanged == 5
    assert index.stats().passages == clean(tmp_path / "another", of_version(1))
    assert not unfinished(str(cut_short))


def test_reading_changes_nothing(cut_short: Path) -> None:
    before = opened(cut_short).stats().passages
    opened(cut_short).search("warga")
    assert opened(cut_short).stats().passages == before
    assert unfinished(str(cut_short))


def test_while_somebody_writes_nothing_is_cleared(cut_short: Path) -> None:
    index = opened(cut_short)
    before = index.stats().passages
    with only_writer(str(cut_short)) as alone:  # another process, as far as anybody can see
        assert alone
        index._store.optimize()
    assert index.stats().passages == before
    index._store.optimize()
    assert index.stats().passages < before


def test_a_removal_that_was_cut_short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = opened(tmp_path / "i")
    index.add(of_version(0))
    dying(monkeypatch, 2)
    with pytest.raises(Killed):
        index.remove("a0")
    monkeypatch.undo()
    index.add(of_version(0)[1:])
    assert index.stats().passages == clean(tmp_path / "other", of_version(0)[1:])


def test_only_the_articles_of_the_note_are_touched(cut_short: Path, tmp_path: Path) -> None:
    note = cut_short / _NOTE
    told = json.loads(note.read_text())
    note.write_text(json.dumps({**told, "articles": told["articles"][:2]}))
    index = opened(cut_short)
    before = index.stats().passages
    index._store.optimize()
    extra = before - clean(tmp_path / "other", of_version(1))
    assert index.stats().passages == before - extra * 2 // 5


def test_the_note_of_another_machine_is_left_alone(cut_short: Path) -> None:
    other = (cut_short / _NOTE).rename(cut_short / ".unfinished-elsewhere")
    index = opened(cut_short)
    before = index.stats().passages
    index.add([article("b", "Bupati membuka pasar desa di tepi sungai pada hari Senin.")])
    assert index.stats().passages == before + 1
    assert json.loads(other.read_text())["articles"]


@pytest.mark.parametrize("damage", ["{", '{"pages": ["a0"]}', "[1]"])
def test_a_note_that_tells_nothing_is_no_harm(cut_short: Path, damage: str) -> None:
    (cut_short / _NOTE).write_text(damage)
    index = opened(cut_short)
    before = index.stats().passages
    index._store.optimize()
    assert index.stats().passages == before
    index.add([article("b", "Bupati membuka pasar desa di tepi sungai pada hari Senin.")])
    assert not (cut_short / _NOTE).exists()


def test_the_note_of_a_write_that_failed_stays(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="full"), noted(str(tmp_path), ["a"]):
        raise OSError("the disk is full")
    assert unfinished(str(tmp_path)) == ["a"]
    with noted(str(tmp_path), ["b"]):
        assert unfinished(str(tmp_path)) == ["a", "b"]
    assert unfinished(str(tmp_path)) == ["a"]


def test_a_place_without_a_folder_has_no_note() -> None:
    with only_writer("s3://bucket/index") as alone:
        assert not alone
