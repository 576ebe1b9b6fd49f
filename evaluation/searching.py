"""How well passages are found: the index's three modes beside plain BM25, on one set."""

from __future__ import annotations

import hashlib
import re
import shutil
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal

from evaluation.data import Query, RetrievalSet
from evaluation.metrics import RANKING, paired_interval, percentile, ranking, reciprocal_rank
from evaluation.report import Table
from ringkas.errors import FingerprintError
from ringkas.settings import Settings, cache_folder
from ringkas.types import Article, Hit

if TYPE_CHECKING:
    from retrieval import Index

DEPTH = 10
_HITS = 3 * DEPTH  # several hits may come from one document

Search = Callable[[Query], list[str]]
Terms = Callable[[str], Iterable[str]]
Mode = Literal["lexical", "dense", "hybrid"]
MODES: tuple[Mode, ...] = ("lexical", "dense", "hybrid")


@dataclass(frozen=True, slots=True)
class Words:
    """How to take the terms of a document, and those of a question."""

    of: Terms
    asked: Terms


@dataclass(frozen=True, slots=True)
class Measured:
    """The ranking figures of one system; the reciprocal rank and the seconds of each query."""

    figures: Mapping[str, float]
    ranks: Sequence[float]
    seconds: Sequence[float]


def indexed(name: str, articles: Sequence[Article], settings: Settings) -> Index:
    """Return an index of the articles, kept in the cache folder and made only once.

    The folder's name depends on the articles, the embedder and the passages; an index that other
    code made, by its fingerprint, is made anew. An interrupted call carries on where it stopped.
    """
    from retrieval import Index

    made_of = [settings.embedder, settings.passages, *(one.id for one in articles)]
    digest = hashlib.sha256(repr(made_of).encode()).hexdigest()[:12]
    folder = cache_folder() / "evaluation" / f"{name}-{len(articles)}-{digest}"
    complete = folder / "complete"
    try:
        index = Index.open(folder, settings)
    except FingerprintError:
        shutil.rmtree(folder)
        index = Index.open(folder, settings)
    if complete.exists():
        index.add(())  # tidies up one that earlier code filled, so that its searches take no longer
    else:
        _fill(index, articles, name)
        complete.touch()
    return index


def _fill(index: Index, articles: Sequence[Article], name: str) -> None:
    from rich.progress import Progress

    with Progress(transient=True) as progress:
        task = progress.add_task(f"Indexing {name}", total=len(articles))
        index.add(articles, lambda done, _: progress.update(task, completed=done))


def by_index(index: Index, mode: Mode, gold: Mapping[str, Mapping[str, int]]) -> Search:
    """Return a search over the index that ranks documents by their best passage.

    A hit that stands for near-duplicates counts as the relevant one among them.
    """

    def search(query: Query) -> list[str]:
        hits = index.search(query.text, limit=_HITS, mode=mode)
        return list(dict.fromkeys(document(hit, gold.get(query.id, {})) for hit in hits))[:DEPTH]

    return search


def document(hit: Hit, relevant: Mapping[str, int]) -> str:
    """Return the id of a hit's document: the relevant one where it stands for near-duplicates."""
    ids = (hit.article.id, *hit.copies)
    return next((key for key in ids if relevant.get(key, 0) > 0), hit.article.id)


def bm25(documents: Sequence[Article], words: Words, folder: Path) -> Search:
    """Return a BM25 search over whole documents.

    LanceDB's full-text index, all its own handling of words switched off, as in the store.
    """
    import lancedb
    from lancedb.index import FTS

    rows = [{"id": one.id, "terms": " ".join(words.of(one.text))} for one in documents]
    table = lancedb.connect(folder).create_table("documents", rows)
    plain = FTS(base_tokenizer="whitespace", stem=False, remove_stop_words=False, lower_case=False)
    table.create_index("terms", config=plain)

    def search(query: Query) -> list[str]:
        asked = " ".join(words.asked(query.text))
        if not asked:
            return []
        found = table.search(asked, query_type="fts", fts_columns="terms").limit(DEPTH)
        return [row["id"] for row in found.select(["id", "_score"]).to_list()]

    return search


def word_kinds() -> dict[str, Words]:
    """Return what BM25 may match on: plain words, without stop words, and stemmed too."""
    from retrieval.terms import query_terms, terms

    def plain(text: str) -> list[str]:
        return re.findall(r"\w+", text.lower())

    def no_stop_words(text: str) -> list[str]:
        return terms(text, "unknown")

    def stemmed(text: str) -> list[str]:
        return terms(text, "id")

    return {
        "BM25": Words(plain, plain),
        "BM25, no stop words": Words(no_stop_words, no_stop_words),
        "BM25, no stop words, stemmed": Words(stemmed, query_terms),
    }


def measure(search: Search, questions: RetrievalSet) -> Measured:
    """Search for every query and measure the rankings."""
    run, seconds = {}, []
    for query in questions.queries:
        started = time.perf_counter()
        run[query.id] = search(query)
        seconds.append(time.perf_counter() - started)
    ranks = [reciprocal_rank(run[one.id], questions.qrels[one.id]) for one in questions.queries]
    return Measured(ranking(questions.qrels, run), ranks, seconds)


def compare(questions: RetrievalSet, settings: Settings) -> dict[str, Measured]:
    """Measure BM25 on each kind of words, the index's three modes, and fusion by ranks."""
    index = indexed(questions.name, questions.documents, settings)
    with ExitStack() as opened:
        searches: dict[str, Search] = {
            name: bm25(questions.documents, words, Path(opened.enter_context(TemporaryDirectory())))
            for name, words in word_kinds().items()
        }
        for mode in MODES:
            searches[f"index, {mode}"] = by_index(index, mode, questions.qrels)
        searches["index, hybrid by ranks"] = by_index(
            _by_ranks(index, settings), "hybrid", questions.qrels
        )
        return {name: measure(search, questions) for name, search in searches.items()}


def _by_ranks(index: Index, settings: Settings) -> Index:
    ranks = replace(settings, retrieval=replace(settings.retrieval, fusion="rrf"))
    return type(index).open(index.path, ranks)


def table(title: str, measured: Mapping[str, Measured], note: str) -> Table:
    """Return one row a system."""
    return Table(
        title,
        ("system", *RANKING, "p50 ms", "p95 ms"),
        tuple(
            (
                name,
                *(one.figures[figure] for figure in RANKING),
                1000 * percentile(one.seconds, 0.5),
                1000 * percentile(one.seconds, 0.95),
            )
            for name, one in measured.items()
        ),
        note,
    )


def compared(measured: Mapping[str, Measured], ours: str, theirs: str) -> str:
    """Say by how much one system's RR@10 differs from another's, and how sure that is."""
    mean, low, high = paired_interval(measured[ours].ranks, measured[theirs].ranks)
    verdict = "a tie" if low <= 0 <= high else "better" if mean > 0 else "worse"
    return (
        f"{ours} less {theirs}: RR@10 {mean:+.3f}, 95 % interval {low:+.3f} to {high:+.3f} "
        f"(paired bootstrap): {verdict}"
    )
