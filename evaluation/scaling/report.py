"""What the stages found, as tables and plots of cost against size."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from evaluation.metrics import percentile
from evaluation.report import Cell, Table, lines
from evaluation.scaling.building import Built
from evaluation.scaling.corpus import PASSAGES_EACH, Corpus
from evaluation.scaling.measuring import Measured

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Pair = tuple[Built, Measured]


def tables(found: Sequence[Pair], corpus: Corpus) -> list[Table]:
    """Return the tables of cost, searches, recall and writing."""
    return [
        _cost(found, corpus),
        _searches(found),
        _recall(found),
        _writing(found),
    ]


def plots(found: Sequence[Pair]) -> Mapping[str, Figure]:
    """Draw what searching and building cost against the number of passages."""
    at = [built.passages for built, _ in found]
    searches = {
        name: [percentile(each.searches[name], 0.5) for _, each in found]
        for name in found[0][1].searches
    }
    costs = {
        "building, s": [built.writing + built.indexing for built, _ in found],
        "disk, MB": [built.disk for built, _ in found],
        "memory while building, MB": [built.peak for built, _ in found],
        "memory while searching, MB": [each.peak for _, each in found],
    }
    return {
        "scale-searches": lines(at, searches, "passages", "median milliseconds a search"),
        "scale-costs": lines(at, costs, "passages", "seconds; MB"),
    }


def _cost(found: Sequence[Pair], corpus: Corpus) -> Table:
    columns = (
        "passages", "articles", "writing s", "indexes s", "processor s", "disk MB",
        "peak MB, building", "peak MB, searching",
    )  # fmt: skip
    rows = tuple(
        (
            f"{built.passages:,}",
            built.articles,
            round(built.writing, 1),
            round(built.indexing, 1),
            round(built.processor, 1),
            round(built.disk),
            round(built.peak),
            round(each.peak),
        )
        for built, each in found
    )
    real, made = corpus.nearness
    note = (
        f"Indonesian Wikipedia, {PASSAGES_EACH} passages an article, written {256} articles at a "
        f"time as `ringkas index copy` writes. The first {corpus.size:,} passages have their own "
        "words; each further one is half of one and half of another. The vectors of the first "
        f"{len(corpus.vectors):,} are the built-in embedder's. **All others are synthetic**: a "
        f"real one moved by {corpus.spread:.2f} of the difference between two others, so that the "
        f"ten nearest are as near (mean cosine {made:.3f}) as among as many real ones "
        f"({real:.3f}). Embedding is not in the times. The peaks hold the texts of the corpus, "
        f"some {corpus.texts.nbytes / 1e6:.0f} MB. {_load()}"
    )
    return Table("Building", columns, rows, note)


def _searches(found: Sequence[Pair]) -> Table:
    columns = ("milliseconds, p50 / p95", *(f"{built.passages:,}" for built, _ in found))
    names = list(found[0][1].searches) + list(found[0][1].calls)
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (name, *(_spread({**each.searches, **each.calls}[name]) for _, each in found))
        for name in names
    )
    note = (
        f"`Index.search` for {len(found[0][1].searches['hybrid'])} questions of TyDi QA, without "
        "the time to embed the question. The first search opens the files."
    )
    return Table("Searching", columns, rows, note)


def _recall(found: Sequence[Pair]) -> Table:
    columns = ("filter", *(f"{built.passages:,}" for built, _ in found))
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (name, *(each.recall[name] for _, each in found)) for name in found[0][1].recall
    )
    note = (
        "Which share of the ten nearest passages the store finds, against comparing every vector "
        "with LanceDB's own exact search, for the questions' real vectors."
    )
    return Table("Recall@10 against exact search", columns, rows, note)


def _writing(found: Sequence[Pair]) -> Table:
    columns = ("", *(f"{built.passages:,}" for built, _ in found))
    rows: list[tuple[Cell, ...]] = [
        ("add one article, ms, p50 / p95", *(_writes(each.adding) for _, each in found)),
        ("replace one article, ms, p50 / p95", *(_writes(each.replacing) for _, each in found)),
        ("hybrid search meanwhile, ms, p50 / p95", *(_spread(each.beside) for _, each in found)),
        ("searches meanwhile", *(len(each.beside) for _, each in found)),
        ("of which failed", *(each.failed for _, each in found)),
        ("writes not found by the next search", *(each.missed for _, each in found)),
    ]
    note = (
        f"`Index.add` with one article, {len(found[0][1].adding)} new and as many changed ones, "
        "without embedding, while another thread searches without a pause."
    )
    return Table("Adding and replacing while others search", columns, tuple(rows), note)


def _writes(seconds: Sequence[float]) -> str:
    return _spread([1000 * each for each in seconds])


def _spread(milliseconds: Sequence[float]) -> str:
    return f"{percentile(milliseconds, 0.5):,.0f} / {percentile(milliseconds, 0.95):,.0f}"


def _load() -> str:
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return f"System load at the end (1, 5, 15 minutes): {load}."
