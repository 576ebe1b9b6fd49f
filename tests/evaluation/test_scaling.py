"""The scale report on a small corpus: built through the store, searched through the index."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from evaluation.scaling import stages
from evaluation.scaling.building import Built, build, opened
from evaluation.scaling.corpus import (
    BLOCK,
    PASSAGES_EACH,
    Corpus,
    Remembered,
    fitted_spread,
    moved,
    nearness,
)
from evaluation.scaling.measuring import FILTERS, Measured, measure
from evaluation.scaling.report import plots, tables
from retrieval.terms import terms

ROWS, DIMENSION = 1_000, 24


def said(_: str) -> None:
    """Keep quiet."""


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    texts = [f"Rapat nomor {n} dibuka ketua dewan di balai kota {n % 37}." for n in range(ROWS)]
    table = pa.table(
        {
            "title": [f"Judul {n}" for n in range(ROWS)],
            "text": texts,
            "terms": [" ".join(terms(text, "id")) for text in texts],
        }
    )
    vectors = np.random.default_rng(3).standard_normal((200, DIMENSION)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=-1, keepdims=True)
    questions = tuple(f"Siapa membuka rapat nomor {n}?" for n in range(4))
    return Corpus(table, vectors, questions, vectors[:4], 0.3, (0.5, 0.5))


@pytest.fixture(scope="module")
def figures(
    corpus: Corpus, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Built, Measured]:
    folder = tmp_path_factory.mktemp("scale")
    built = build(corpus, 1_500, folder, said)
    return folder, built, measure(corpus, 1_500, folder, questions=4, writes=2, say=said)


def test_a_block_is_always_the_same_and_its_passages_are_spans(corpus: Corpus) -> None:
    page, again = corpus.block(0, 1_500), corpus.block(0, 1_500)
    assert page.articles == again.articles
    assert np.array_equal(page.vectors, again.vectors)
    assert len(page.articles) == BLOCK
    assert len(page.passages) == len(page.vectors) == BLOCK * PASSAGES_EACH
    assert np.array_equal(page.vectors[:200], corpus.vectors)
    first = page.articles[0].article
    [one, two] = [item.passage for item in page.passages[:2]]
    assert first.text[one.start : one.end] == corpus.texts["text"][0].as_py()
    assert first.text[two.start : two.end] == corpus.texts["text"][1].as_py()


def test_words_beyond_the_real_ones_are_recombined(corpus: Corpus) -> None:
    title, text, words = corpus._text(ROWS + 7)
    assert title == "Judul 7 2"
    assert text.startswith("Rapat nomor 7 dibuka")
    assert text not in corpus.texts["text"].to_pylist()
    known = " ".join(corpus.texts["terms"].to_pylist()).split()
    assert set(words.split()) <= set(known)


def test_made_vectors_are_as_near_to_each_other_as_real_ones() -> None:
    chance = np.random.default_rng(11)
    centres = chance.standard_normal((40, DIMENSION))
    real = centres[chance.integers(40, size=400)] + 0.4 * chance.standard_normal((400, DIMENSION))
    real = (real / np.linalg.norm(real, axis=-1, keepdims=True)).astype(np.float32)
    spread, aim, found = fitted_spread(real)
    assert aim == pytest.approx(nearness(real))
    assert found == pytest.approx(aim, abs=0.02)
    made = moved(real, 400, spread, chance)
    assert np.linalg.norm(made, axis=-1) == pytest.approx(1.0, abs=1e-5)
    # four vectors in two pairs: each has one other at cosine 1 and two at 0, (1 + 0 + 0) / 3
    assert nearness(np.eye(2, dtype=np.float32)[[0, 0, 1, 1]]) == pytest.approx(1 / 3)


def test_what_is_built_is_searched_and_written_to(
    corpus: Corpus, figures: tuple[Path, Built, Measured]
) -> None:
    folder, built, found = figures
    assert (built.passages, built.articles) == (1_500, 300)
    assert built.disk > 1_500 * DIMENSION * 4 / 1e6
    assert set(found.recall) == set(FILTERS)
    assert min(found.recall.values()) == 1.0  # so small an index compares every vector
    assert (found.missed, found.failed) == (0, 0)
    assert len(found.adding) == len(found.replacing) == 2
    assert found.beside
    index = opened(folder / "index", corpus)
    assert index.stats().articles == 300
    best = index.search(corpus.questions[0], mode="dense")[0]
    assert corpus.texts["text"][0].as_py() == best.text


def test_an_interrupted_building_goes_on(corpus: Corpus, tmp_path: Path) -> None:
    half = build(corpus, BLOCK * PASSAGES_EACH, tmp_path, said)
    notes = json.loads((tmp_path / "building.json").read_text())
    (tmp_path / "building.json").write_text(json.dumps({**notes, "passages": 1_500}))
    whole = build(corpus, 1_500, tmp_path, said)
    assert (half.articles, whole.articles) == (256, 300)
    assert whole.writing > half.writing


def test_the_report_says_what_is_real(
    figures: tuple[Path, Built, Measured], corpus: Corpus
) -> None:
    pair = figures[1:]
    cost, searches, recall, writing = tables([pair, pair], corpus)
    assert "**All others are synthetic**" in cost.note
    assert cost.rows[0][:2] == ("1,500", 300)
    assert [row[0] for row in searches.rows][:3] == ["dense", "lexical", "hybrid"]
    assert recall.rows[0] == ("none", 1.0, 1.0)
    assert writing.rows[-1][1:] == (0, 0)
    assert set(plots([pair, pair])) == {"scale-searches", "scale-costs"}


def test_a_stage_that_is_done_is_not_run_again(
    figures: tuple[Path, Built, Measured],
    corpus: Corpus,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plan = stages.Plan(tmp_path, tmp_path, (1_500,), 200, 4, 2)
    monkeypatch.setattr(stages.Plan, "corpus", lambda *_: corpus)
    with pytest.raises(stages.StageError, match="build of 1,500 passages failed"):
        list(stages.run(plan, said))
    plan.folder(1_500).mkdir(exist_ok=True)
    for name, found in zip(("build", "measure"), figures[1:], strict=True):
        (plan.folder(1_500) / f"{name}.json").write_text(json.dumps(asdict(found)))
    [(built, measured)] = stages.run(plan, said)
    assert built == figures[1]
    assert measured == figures[2]


def test_passages_have_made_vectors_and_questions_known_ones(corpus: Corpus) -> None:
    embedder = Remembered(corpus)
    assert np.array_equal(embedder.embed_queries(corpus.questions), corpus.asked)
    one, other, again = embedder.embed_passages(["satu", "dua", "satu"])
    assert np.array_equal(one, again)
    assert not np.array_equal(one, other)
    assert embedder.embed_passages([]).shape == (0, DIMENSION)
