"""Searches over an index of any size: how long they take, what they find, and writing meanwhile."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from itertools import cycle
from pathlib import Path
from threading import Event, Thread
from typing import Any, Literal

from evaluation.scaling.building import opened
from evaluation.scaling.corpus import (
    BLOCK,
    DAYS,
    FIRST_DAY,
    PASSAGES_EACH,
    Corpus,
    Say,
)
from retrieval import Filters, Index
from retrieval.stores.lance_rows import where_clause
from ringkas.types import Article

Mode = Literal["dense", "lexical", "hybrid"]
DEPTH = 10
_WARM = 5
_DAY = (FIRST_DAY + timedelta(DAYS // 2)).date()
FILTERS: Mapping[str, Filters] = {
    "none": Filters(),
    "one outlet of 40 (29 %)": Filters(sources=("outlet-00.example",)),
    "a month (0.8 %)": Filters(since=_DAY, until=_DAY + timedelta(29)),
    "three days (0.08 %)": Filters(since=_DAY, until=_DAY + timedelta(2)),
}


@dataclass(frozen=True)
class Measured:
    """Milliseconds of each search by its name, recall by filter, and seconds of each write.

    ``beside`` are the milliseconds of hybrid searches while articles were added and replaced;
    ``missed`` counts added articles that the next search did not find. ``peak`` is in MB.
    """

    passages: int
    searches: Mapping[str, Sequence[float]]
    recall: Mapping[str, float]
    calls: Mapping[str, Sequence[float]]
    adding: Sequence[float] = ()
    replacing: Sequence[float] = ()
    beside: Sequence[float] = ()
    missed: int = 0
    failed: int = 0
    peak: float = 0.0


def measure(
    corpus: Corpus, passages: int, folder: Path, questions: int, writes: int, say: Say
) -> Measured:
    """Search, compare with exact search, then write while searches go on."""
    index = opened(folder / "index", corpus)
    asked = corpus.questions[:questions]
    started = time.perf_counter()
    index.search(asked[0])
    opening = 1000 * (time.perf_counter() - started)
    searches = {
        **{mode: _timed(index, asked, mode, Filters()) for mode in ("dense", "lexical", "hybrid")},
        **{
            f"hybrid, {name}": _timed(index, asked, "hybrid", filters)
            for name, filters in FILTERS.items()
            if name != "none"
        },
    }
    say(f"{passages:,}: searched")
    recall = {name: _recall(index, corpus, questions, each) for name, each in FILTERS.items()}
    say(f"{passages:,}: recall {recall}")
    calls = _calls(index)
    found = Measured(passages, searches, recall, {**calls, "first search": [opening]})
    return _written(index, corpus, asked, writes, found)


def _timed(index: Index, asked: Sequence[str], mode: Mode, filters: Filters) -> list[float]:
    """Return the milliseconds of each search, after a few to warm up."""
    for question in asked[:_WARM]:
        index.search(question, mode=mode, filters=filters)
    return [
        _milliseconds(partial(index.search, question, mode=mode, filters=filters))
        for question in asked
    ]


def _milliseconds(action: Callable[[], Any]) -> float:
    started = time.perf_counter()
    action()
    return 1000 * (time.perf_counter() - started)


def _calls(index: Index) -> dict[str, list[float]]:
    """Return the milliseconds of what the page's list of articles asks for."""
    return {
        "newest 31 articles": [_milliseconds(lambda: index.articles(limit=31)) for _ in range(5)],
        "counts by outlet and language": [_milliseconds(index.stats) for _ in range(5)],
    }


def _recall(index: Index, corpus: Corpus, questions: int, filters: Filters) -> float:
    """Return which share of the ten nearest the index finds; exact search is LanceDB's own."""
    asked = corpus.asked[:questions]
    wanted = index.settings.retrieval.candidates
    exact = _exact(index.path, asked, filters)
    shares = []
    for vector, best in zip(asked, exact, strict=True):
        found = index._store.nearest(vector, wanted, filters)[:DEPTH]
        held = {(item.passage.article_id, item.passage.start) for item, _ in found}
        shares += [len(held & best) / len(best)] if best else []
    return sum(shares) / len(shares) if shares else 1.0


def _exact(place: str, vectors: Any, filters: Filters) -> list[set[tuple[str, int]]]:
    """Compare every vector, in one pass over the table, without any index on them."""
    import lancedb

    table = lancedb.connect(place).open_table("passages")
    query: Any = table.search(list(vectors))
    query = query.distance_type("cosine").limit(DEPTH).bypass_vector_index()
    if where := where_clause(filters, "article_id"):
        query = query.where(where, prefilter=True)
    found: list[set[tuple[str, int]]] = [set() for _ in vectors]
    for row in query.select(["article_id", "start", "_distance"]).to_list():
        found[row.get("query_index", 0)].add((row["article_id"], row["start"]))
    return found


def _written(
    index: Index, corpus: Corpus, asked: Sequence[str], writes: int, found: Measured
) -> Measured:
    """Add and replace articles one by one while another thread searches without a pause."""
    done, beside, failed = Event(), list[float](), list[Exception]()

    def search() -> None:
        for question in cycle(asked):
            if done.is_set():
                return
            try:
                beside.append(_milliseconds(partial(index.search, question)))
            except Exception as error:
                failed.append(error)

    reader = Thread(target=search)
    reader.start()
    adding, replacing, missed = list[float](), list[float](), 0
    try:
        for number in range(writes):
            article = _fresh(corpus, found.passages, number)
            adding.append(_milliseconds(partial(index.add, [article])) / 1000)
            missed += not _finds(index, f"kodeunik{number}a", article.id)
            changed = replace(article, text=f"{article.text}\n\nRalat kodeunik{number}b terbit.")
            replacing.append(_milliseconds(partial(index.add, [changed])) / 1000)
            missed += not _finds(index, f"kodeunik{number}b", article.id)
    finally:
        done.set()
        reader.join()
    index.remove([_fresh(corpus, found.passages, number).id for number in range(writes)])
    return replace(
        found,
        adding=adding,
        replacing=replacing,
        beside=beside,
        missed=missed,
        failed=len(failed),
        peak=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    )


def _fresh(corpus: Corpus, passages: int, number: int) -> Article:
    """Return an article that is not in the index, of real words and a word of its own."""
    block = passages + number
    [item] = corpus.block(block, (block * BLOCK + 1) * PASSAGES_EACH).articles
    article = item.article
    text = f"{article.text}\n\nNomor kodeunik{number}a tercatat."
    return replace(article, id=f"fresh-{number}", text=text)


def _finds(index: Index, word: str, article_id: str) -> bool:
    return any(hit.article.id == article_id for hit in index.search(word, mode="lexical"))
