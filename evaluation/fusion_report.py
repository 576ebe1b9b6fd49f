"""How the dense and the lexical search are made one, on questions kept for tuning.

Of each set both searches are asked once; then their results are joined in every way. News questions
count the passage that holds the answer's words, the others the document they were written on.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluation import retrieval_sets
from evaluation.data import RetrievalSet
from evaluation.metrics import mean
from evaluation.passage_report import Asked, questions_and_articles
from evaluation.report import Table, show, write
from evaluation.searching import document, indexed
from retrieval import Index
from retrieval.fusion import reciprocal_rank_fusion, score_fusion
from ringkas.settings import Settings
from ringkas.types import Hit, Passage

WEIGHTS = (0.0005, 0.001, 0.0013, 0.0017, 0.002, 0.0025)
RANK_WEIGHTS = (0.1, 0.3, 1.0)
_READ = 8
_NOTE = (
    "RR@10 and, after the stroke, the share of questions with a right passage (or document) among "
    "the first eight, as many as the reader reads. 'scores': the cosine and so much for a point of "
    "BM25. 'ranks': reciprocal rank fusion, the dense search weighing 1 and the lexical so much. "
    "None of these questions is used to evaluate."
)

Scores = Mapping[Passage, float]
Join = Callable[[Scores, Scores], list[Passage]]


@dataclass(frozen=True, slots=True)
class Searched:
    """What both searches found for a question.

    ``keys`` says what each passage counts as: itself, or the document it is of; ``right`` are the
    keys that are right.
    """

    dense: Scores
    lexical: Scores
    keys: Mapping[Passage, Hashable]
    right: frozenset[Hashable]


def report(folder: Path, settings: Settings, corpus_size: int | None, out: Path) -> None:
    """Ask every tuning set, join in every way, and write ``fusion.md`` into ``out``."""
    asked = dict(_sets(folder, settings, corpus_size))
    rows = [
        (name, *(_figures(searched, join) for searched in asked.values()))
        for name, join in joins(settings).items()
    ]
    sizes = ", ".join(f"{len(searched):,} {name}" for name, searched in asked.items())
    tables = [Table("Joined", ("joined by", *asked), tuple(rows), f"{sizes}. {_NOTE}")]
    show(tables)
    print(f"Wrote {write(out, 'fusion', 'Fusion of dense and lexical search', tables)}")


def joins(settings: Settings) -> dict[str, Join]:
    """Return every way to join two rankings, by name."""

    def by_score(weight: float) -> Join:
        return lambda dense, lexical: [item for item, _ in score_fusion(dense, lexical, weight)]

    def by_rank(weight: float) -> Join:
        def join(dense: Scores, lexical: Scores) -> list[Passage]:
            weights = [lambda _: 1.0, lambda _: weight]
            rankings = [list(dense), list(lexical)]
            fused = reciprocal_rank_fusion(rankings, weights, settings.retrieval.rrf_k)
            return [item for item, _ in fused]

        return join

    return {
        "dense alone": lambda dense, _: list(dense),
        "lexical alone": lambda _, lexical: list(lexical),
        **{f"ranks, {weight:g}": by_rank(weight) for weight in RANK_WEIGHTS},
        **{f"scores, {weight:g}": by_score(weight) for weight in WEIGHTS},
    }


def _sets(
    folder: Path, settings: Settings, corpus_size: int | None
) -> list[tuple[str, list[Searched]]]:
    asked, held = questions_and_articles(folder, 700)
    news = indexed("news", list(held.values()), settings)
    ids = {key: article.id for key, article in held.items()}
    same = retrieval_sets.tydi(folder, "tune", corpus_size)
    return [
        ("Indonesian, Wikipedia", _of_set(same, settings)),
        ("English on Indonesian", _of_set(retrieval_sets.tuning_in_english(folder), settings)),
        ("Indonesian on English", _of_set(retrieval_sets.tuning_on_english(folder), settings)),
        ("Indonesian, news", [_of_news(news, one.indonesian, one, ids) for one in asked]),
        ("English on Indonesian, news", [_of_news(news, one.english, one, ids) for one in asked]),
    ]


def _of_set(questions: RetrievalSet, settings: Settings) -> list[Searched]:
    index = indexed(questions.name, questions.documents, settings)
    found = []
    for query in questions.queries:
        gold = questions.qrels[query.id]
        dense, lexical = _both(index, query.text)
        keys = {hit.passage: document(hit, gold) for hit in (*dense, *lexical)}
        found.append(Searched(_scores(dense), _scores(lexical), keys, frozenset(gold)))
    return found


def _of_news(index: Index, question: str, one: Asked, ids: Mapping[str, str]) -> Searched:
    dense, lexical = _both(index, question)
    hits = (*dense, *lexical)
    right = frozenset(
        hit.passage
        for hit in hits
        if hit.article.id == ids[one.article_id] and one.answer in hit.text
    )
    keys = {hit.passage: hit.passage for hit in hits}
    return Searched(_scores(dense), _scores(lexical), keys, right)


def _both(index: Index, question: str) -> tuple[Sequence[Hit], Sequence[Hit]]:
    depth = index.settings.retrieval.candidates
    return (
        index.search(question, limit=depth, mode="dense"),
        index.search(question, limit=2 * depth, mode="lexical"),  # of both languages
    )


def _scores(hits: Sequence[Hit]) -> Scores:
    return {hit.passage: hit.score for hit in hits}


def _figures(asked: Sequence[Searched], join: Join) -> str:
    places = [_place(one, join(one.dense, one.lexical)) for one in asked]
    reciprocal = mean(1 / place if place <= 10 else 0.0 for place in places)
    return f"{reciprocal:.3f} / {mean(float(place <= _READ) for place in places):.3f}"


def _place(one: Searched, ranking: Sequence[Passage]) -> float:
    """Return the rank of the first right passage or document; infinite without one."""
    keys = dict.fromkeys(one.keys[passage] for passage in ranking)
    places = (float(place) for place, key in enumerate(keys, 1) if key in one.right)
    return next(places, float("inf"))
