"""What verifying an index finds, each fault made by another program's hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import lancedb
import pytest
from plain_articles import LetterEmbedder, article

from retrieval import Index
from retrieval.verifying import Verification, verify
from ringkas.errors import StoreError
from ringkas.settings import PassageSettings, Settings

SETTINGS = Settings(passages=PassageSettings(max_words=20))
WIDTH = LetterEmbedder.fingerprint.dimension
LINE = "Pada hari ke-{n} warga desa {n} membahas perkara {v} bersama lurah, camat, dan bupati. "


@pytest.fixture
def place(tmp_path: Path) -> str:
    index = Index.open(tmp_path / "i", SETTINGS)
    index.embedder = LetterEmbedder()
    index.add([article(f"a{n}", "".join(LINE.format(n=n, v=v) for v in "xyz")) for n in range(4)])
    return index.path


def tables(place: str) -> tuple[Any, Any]:
    database = lancedb.connect(place)
    return database.open_table("articles"), database.open_table("passages")


def found(verification: Verification) -> dict[str, tuple[int, tuple[str, ...]]]:
    return {each.kind: (each.count, each.examples) for each in verification.findings}


def test_a_sound_index(place: str) -> None:
    seen: list[tuple[int, int]] = []
    result = verify(place, SETTINGS, lambda *step: seen.append(step))
    assert result == Verification(place, 4, 12, ())
    assert result.sound
    assert seen == [(4, 4)]


def test_passages_without_their_article_do_no_harm(place: str) -> None:
    tables(place)[0].delete("id = 'a0'")
    result = verify(place, SETTINGS)
    assert found(result) == {"orphans": (1, ("a0",))}
    assert (result.articles, result.passages, result.sound) == (3, 9, True)


def test_a_missing_passage(place: str) -> None:
    tables(place)[1].delete("article_id = 'a1' AND start = 0")
    result = verify(place, SETTINGS)
    assert found(result) == {"missing": (1, ("a1",))}
    assert not result.sound


def test_a_changed_text(place: str) -> None:
    tables(place)[0].update(where="id = 'a2'", values={"text": "Rapat dibuka."})
    assert found(verify(place, SETTINGS)) == {
        "changed": (1, ("a2",)),
        "missing": (1, ("a2",)),
        "unexpected": (1, ("a2",)),
    }


def test_a_passage_twice(place: str) -> None:
    passages = tables(place)[1]
    row = passages.search().where("article_id = 'a3' AND start = 0").limit(1).to_arrow()
    passages.add(row)
    assert found(verify(place, SETTINGS)) == {"doubled": (1, ("a3",))}


@pytest.mark.parametrize(
    ("value", "kind"),
    [(2.0, "not-normalised"), (0.0, "not-normalised"), (float("inf"), "not-finite")],
)
def test_vectors_that_are_none(place: str, value: float, kind: str) -> None:
    passages = tables(place)[1]
    where = "article_id = 'a1' AND start = 0"
    row = passages.search().where(where).limit(1).to_list()[0]
    passages.delete(where)
    passages.add([{**row, "vector": [value] * WIDTH}])
    assert found(verify(place, SETTINGS)) == {kind: (1, ("a1",))}


def test_other_settings_than_those_it_was_made_with(place: str) -> None:
    others = replace(SETTINGS, passages=PassageSettings(max_words=30))
    result = verify(place, others)
    assert found(result) == {"settings": (1, ("passages.max_words is 20, not 30",))}
    assert not result.sound


def test_what_another_process_writes_meanwhile_is_no_fault(place: str) -> None:
    writer = Index.open(place, SETTINGS)
    writer.embedder = LetterEmbedder()

    def write(done: int, total: int) -> None:
        writer.add(
            [article("a0", LINE.format(n=0, v="baru")), article("a9", LINE.format(n=9, v="x"))]
        )
        writer.remove("a3")

    result = verify(place, SETTINGS, write)
    assert (result.articles, result.findings) == (4, ())


def test_an_index_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no index"):
        verify(str(tmp_path / "gone"), SETTINGS)
    assert not (tmp_path / "gone").exists()
