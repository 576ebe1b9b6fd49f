"""The cache: what it has it gives back, and nothing it can suffer stops a batch."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from batch_articles import CountingEmbedder, article

from summarizer.batching import batch
from summarizer.batching.cache import SummaryCache
from summarizer.batching.rows import Made

MADE = Made("Ringkasan “ini”.", "id", 1.0, 0.5, "extractive", "")


def test_what_was_put_is_there_for_the_next(tmp_path: Path) -> None:
    first = SummaryCache(tmp_path / "new" / "c.sqlite3")
    assert first.get("a") is None
    first.put({"a": MADE})
    second = SummaryCache(tmp_path / "new" / "c.sqlite3")
    assert second.get("a") == MADE
    assert second.get("b") is None
    first.close()
    second.close()
    assert (first.note, second.note) == ("", "")


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"bukan basis data" * 100,
        lambda data: data[: len(data) // 2],
        lambda data: data[:100] + b"\xff" * (len(data) - 100),
    ],
)
def test_a_damaged_file_is_begun_anew(tmp_path: Path, damage: object) -> None:
    path = tmp_path / "c.sqlite3"
    cache = SummaryCache(path)
    cache.put({f"k{number}": MADE for number in range(200)})
    cache.close()
    path.write_bytes(damage(path.read_bytes()))  # type: ignore[operator]
    cache = SummaryCache(path)
    assert cache.get("k7") is None
    cache.put({"k7": MADE})
    assert cache.get("k7") == MADE
    cache.close()
    assert "begun anew" in cache.note


@pytest.mark.parametrize("value", ["", "{", "[]", '{"summary": 1}', '{"summary": null}'])
def test_a_damaged_entry_is_a_miss(tmp_path: Path, value: str) -> None:
    path = tmp_path / "c.sqlite3"
    cache = SummaryCache(path)
    cache.put({"a": MADE, "b": MADE})
    with sqlite3.connect(path) as base:
        base.execute("UPDATE summaries SET made = ? WHERE key = 'a'", (value,))
    assert cache.get("a") is None
    assert cache.get("b") == MADE
    cache.close()


def test_a_cache_that_cannot_be_used_is_done_without(
    tmp_path: Path, embedder: CountingEmbedder, cache: Path
) -> None:
    cache.write_text("bukan folder")
    report = batch([article(1)], tmp_path / "out.jsonl")
    assert report.summarized == 1
    assert "could not be used" in report.notes[0]


def test_a_damaged_cache_does_not_stop_a_batch(
    tmp_path: Path, embedder: CountingEmbedder, cache: Path
) -> None:
    batch([article(1), article(2)], tmp_path / "one.jsonl")
    [file] = cache.glob("*.sqlite3")
    file.write_bytes(file.read_bytes()[:2000])
    report = batch([article(1), article(2)], tmp_path / "two.jsonl")
    assert (report.summarized, report.cached) == (2, 0)
    assert "begun anew" in report.notes[0]
    assert batch([article(1), article(2)], tmp_path / "three.jsonl").cached == 2


def test_what_nobody_asks_for_is_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite3"
    cache = SummaryCache(path)
    cache.put({"old": MADE, "asked": MADE, "new": MADE})
    with sqlite3.connect(path) as base:
        base.execute("UPDATE summaries SET day = day - 100 WHERE key != 'new'")
    assert cache.get("asked") == MADE
    cache.close()
    cache = SummaryCache(path)
    assert [cache.get(key) is not None for key in ("old", "asked", "new")] == [False, True, True]
    cache.close()


def test_without_a_path_nothing_is_kept() -> None:
    cache = SummaryCache(None)
    cache.put({"a": MADE})
    assert cache.get("a") is None
    cache.close()
