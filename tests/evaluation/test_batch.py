"""What a batch costs is measured on processes of their own, the start told apart."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pytest

from evaluation import batch_writing
from evaluation.batch import (
    Cost,
    MeasuringError,
    Run,
    cache_table,
    cost_table,
    figure,
    loop_table,
    run,
    write_tables,
)
from evaluation.batch_plain import PlainEmbedder
from evaluation.batch_writing import Took
from evaluation.generation_speed import BASE, EXACT, FAST, Size
from ringkas.embedding import get_embedder
from ringkas.generation.seq2seq.base import Decoding, Reply
from ringkas.settings import EmbedderSettings, Settings

WASTEFUL = "data = bytearray(90 << 20); sum(range(10_000_000)); print('{}')"


def cost(articles: int, first: float, second: float) -> Cost:
    runs = (Run(2 * seconds, seconds, 900.4, '{"failed": 3}') for seconds in (first, second))
    return Cost(articles, *runs, output=0.5, journal=0.75)


def test_processor_time_and_memory_are_those_of_the_process(tmp_path: Path) -> None:
    idle = run([sys.executable, "-c", "import time; time.sleep(0.5); print('{}')"], tmp_path)
    busy = run([sys.executable, "-c", WASTEFUL], tmp_path)
    assert idle.wall > 0.5 > idle.processor
    assert busy.processor > 2 * idle.processor
    assert busy.peak > 90


def test_a_process_that_fails_is_no_measurement(tmp_path: Path) -> None:
    with pytest.raises(MeasuringError, match="ZeroDivisionError"):
        run([sys.executable, "-c", "1 / 0"], tmp_path)
    with pytest.raises(MeasuringError):
        run([sys.executable, "-c", "print('hello')"], tmp_path)


def test_an_article_costs_what_it_adds_to_the_start() -> None:
    start = cost(1, first=10, second=1)
    table = cost_table([cost(101, first=30, second=1.5)], start, "auto")
    # (30 - 10) / (101 - 1) = 0.2 s
    assert table.rows == (("101", 30, 200, 60, 900, 0.5, 0.75, 3),)
    # (1.5 - 1) / (101 - 1) = 0.005 s
    assert cache_table([cost(101, first=30, second=1.5)], start).rows[0][2] == 5
    loop = (Run(20, 10, 900, "{}"), Run(80, 70, 900, "{}"))
    rows = loop_table(101, loop, [start.first, cost(101, first=30, second=1).first]).rows
    # the loop: (70 - 10) / 100 = 0.6 s; 0.6 / 0.2 = 3
    assert [row[1] for row in rows] == [600, 200, ""]
    assert rows[2][2] == 3
    assert figure([cost(101, first=30, second=1.5)]).axes[0].get_xlabel() == "articles"


def test_smaller_tables_begin_the_larger_ones(tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    rows = [{"id": f"clickid-{n}", "title": f"Judul {n}", "text": f"Isi {n}."} for n in range(9)]
    news = "".join(json.dumps(row) + "\n" for row in rows)
    (tmp_path / "news" / "clickid.jsonl").write_text(news, encoding="utf-8")
    small, large = (
        path.read_text(encoding="utf-8")
        for path in write_tables(tmp_path, (3, 8), tmp_path).values()
    )
    assert large.startswith(small)
    assert (len(small.splitlines()), len(set(large.splitlines()))) == (3, 8)
    with pytest.raises(MeasuringError, match="fewer than 10"):
        write_tables(tmp_path, (10,), tmp_path)


def test_a_model_that_writes_has_the_same_work_in_a_loop_and_in_batches(tmp_path: Path) -> None:
    size = Size(layers=1, width=64, vocabulary=400)
    calls: dict[str, list[int]] = {}

    class Counting:
        batch = 2

        def __init__(self, name: str) -> None:
            self.name = name

        def generate(self, sources: list[list[int]], *rest: object) -> list[Reply]:
            calls.setdefault(self.name, []).append(len(sources))
            return [Reply((1,), ended=True)] * len(sources)

    texts = batch_writing.sources([30, 900, 20], size.vocabulary)
    assert [len(text) for text in texts] == [30, 512, 20]
    given = {name: Counting(name) for name in (BASE, EXACT, FAST)}
    took = batch_writing.compare(given, texts, (398, 0), Decoding(max_tokens=8))
    assert calls == {BASE: [1, 1, 1, 1, 2, 1], EXACT: [1, 2, 1], FAST: [1, 2, 1]}
    assert list(took) == ["", BASE, EXACT, FAST]


def test_the_ratio_is_of_the_loop_in_the_same_run() -> None:
    took = {"": Took(60.0, 30.0), FAST: Took(12.0, 7.5)}
    made = batch_writing.table(took, [300, 100, 200], Size(), Decoding(beams=4, max_tokens=64))
    # 60 s / 3 articles; 12 s / 3 articles; 60 / 12 = 5; 30 / 7.5 = 4
    assert [row[1:] for row in made.rows] == [
        (20_000, 10_000, "1.0 x", "1.0 x"),
        (4_000, 2_500, "5.0 x", "4.0 x"),
    ]
    assert "200 tokens on average" in made.note


def test_the_plain_loop_has_the_same_encoder() -> None:
    texts = ["Warga memanen cabai.", "Kebun itu seluas dua hektare, kata ketua kelompok tani."]
    exact = get_embedder(Settings(embedder=EmbedderSettings(precision="float32")))
    plain = PlainEmbedder()
    assert np.allclose(plain.embed_passages(texts), exact.embed_passages(texts), atol=1e-4)
    assert np.allclose(plain.embed_queries(texts), exact.embed_queries(texts), atol=1e-4)
