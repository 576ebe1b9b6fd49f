"""Batches whose summaries a model writes: several at once, and what stands in is told."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from batch_articles import CountingEmbedder, article, read_rows
from chat_servers import Script, refuses, says
from tiny_seq2seq import trained

import summarizer
from ringkas.errors import ModelError, SettingsError, SummaryError
from ringkas.settings import GeneratorSettings, Settings
from summarizer.batching import batch
from summarizer.seq2seq_writer import Seq2SeqWriter
from summarizer.writing import Brief, Reply

WRITTEN = "Sebagian dijual di pasar kecamatan, dan sisanya dibagi rata."
ARTICLES = [article(number) for number in range(10)]


def chat(script: Script) -> Settings:
    server = GeneratorSettings(
        kind="openai", model="tiny-chat", base_url=script.url, timeout=10, retries=0
    )
    return Settings(generator=server)


def seq2seq(model: Path, beams: int = 1) -> Settings:
    return Settings(
        generator=GeneratorSettings(
            kind="seq2seq", model=str(model), precision="float32", beams=beams, max_tokens=40
        )
    )


def test_a_server_is_asked_for_several_at_once(
    tmp_path: Path, embedder: CountingEmbedder, scripted: Script
) -> None:
    busy, most, counting = 0, 0, threading.Lock()

    def act(handler: Any) -> None:
        nonlocal busy, most
        with counting:
            busy += 1
            most = max(most, busy)
        time.sleep(0.1)
        with counting:
            busy -= 1
        says(WRITTEN)(handler)

    scripted.will(act)
    report = batch(ARTICLES, tmp_path / "out.jsonl", settings=chat(scripted))
    assert (report.summarized, report.stand_ins, report.failed) == (10, 0, 0)
    rows = read_rows(tmp_path / "out.jsonl")
    assert {(row["method"], row["model"], row["summary"]) for row in rows} == {
        ("abstractive", "tiny-chat", WRITTEN)
    }
    assert 2 <= most <= 4


def test_what_stands_in_is_counted_not_cached_and_tried_again_on_request(
    tmp_path: Path, embedder: CountingEmbedder, scripted: Script
) -> None:
    settings = chat(scripted)
    scripted.will(refuses(500))
    report = batch(ARTICLES, tmp_path / "out.jsonl", settings=settings)
    assert (report.summarized, report.stand_ins, report.sound) == (10, 10, True)
    assert {row["method"] for row in read_rows(tmp_path / "out.jsonl")} == {"extractive"}
    scripted.will(says(WRITTEN))
    report = batch(ARTICLES, tmp_path / "out.jsonl", settings=settings)
    assert (report.unchanged, report.stand_ins) == (10, 10)
    report = batch(ARTICLES, tmp_path / "out.jsonl", settings=settings, retry_failed=True)
    assert (report.summarized, report.cached, report.stand_ins) == (10, 0, 0)
    assert {row["method"] for row in read_rows(tmp_path / "out.jsonl")} == {"abstractive"}
    report = batch(ARTICLES, tmp_path / "other.jsonl", settings=settings)
    assert report.cached == 10


def test_where_nothing_may_stand_in_the_articles_fail(
    tmp_path: Path, embedder: CountingEmbedder, scripted: Script
) -> None:
    scripted.will(refuses(500))
    report = batch(
        ARTICLES[:3], tmp_path / "out.jsonl", settings=chat(scripted), method="abstractive"
    )
    assert report.failures == {"model": 3}


@pytest.mark.parametrize("beams", [1, 4])
def test_a_seq2seq_model_writes_together_what_it_writes_one_by_one(
    tmp_path: Path, embedder: CountingEmbedder, monkeypatch: pytest.MonkeyPatch, beams: int
) -> None:
    settings = seq2seq(trained(), beams)
    alone = [summarizer.summarize(one, settings=settings) for one in ARTICLES]
    sizes: list[int] = []
    plain = Seq2SeqWriter.write

    def write(self: Seq2SeqWriter, sources: Sequence[str], brief: Brief) -> list[Reply]:
        sizes.append(len(sources))
        return plain(self, sources, brief)

    monkeypatch.setattr(Seq2SeqWriter, "write", write)
    report = batch(ARTICLES, tmp_path / "out.jsonl", settings=settings)
    rows = read_rows(tmp_path / "out.jsonl")
    assert [(row["summary"], row["method"]) for row in rows] == [
        (one.text, one.method) for one in alone
    ]
    assert report.stand_ins == sum(one.method == "extractive" for one in alone)
    assert sizes[0] == len(ARTICLES)


def test_a_model_that_cannot_be_loaded_ends_the_batch(
    tmp_path: Path, embedder: CountingEmbedder
) -> None:
    (tmp_path / "model").mkdir()
    with pytest.raises(ModelError):
        batch(ARTICLES, tmp_path / "out.jsonl", settings=seq2seq(tmp_path / "model"))


def test_lead_needs_no_model(tmp_path: Path, embedder: CountingEmbedder) -> None:
    report = batch(ARTICLES, tmp_path / "out.jsonl", method="lead", max_words=20)
    assert report.summarized == 10
    assert embedder.calls == []
    assert {row["method"] for row in read_rows(tmp_path / "out.jsonl")} == {"lead"}


def test_a_method_that_cannot_be_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no model is configured"):
        batch(ARTICLES, tmp_path / "out.jsonl", method="abstractive")
    with pytest.raises(SummaryError, match="method is 'ajaib'"):
        batch(ARTICLES, tmp_path / "out.jsonl", method="ajaib")  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []
