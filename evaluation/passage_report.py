"""How long passages should be, how much they should share, and whether the title helps.

Asked are the hand-written news questions that the reader was trained on (retrieval never saw
them), so the evaluation's own questions stay out of the choice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np

from evaluation.data import rows
from evaluation.metrics import mean
from evaluation.report import FOLDER, Table, show, write
from evaluation.retrieval_sets import drawn
from ringkas.embedding import Embedder
from ringkas.settings import PassageSettings, Settings
from ringkas.types import Article

QUESTIONS = Path(__file__).resolve().parents[1] / "training" / "data"
ARTICLES = 1_000
SHAPES = (
    PassageSettings(90, 1, title=True),
    PassageSettings(90, 1),
    PassageSettings(130, 0),
    PassageSettings(60, 1),
)
_NOTE = (
    "Dense search alone. A passage counts as right if it is of the article that the question was "
    "written on and holds the answer's words. 'read 8' is the share of questions with such a "
    "passage among the eight that the reader reads; 'words' counts the words, titles included, "
    "that are embedded for one article: adding takes as much longer. Articles and questions were "
    "never used to evaluate answers."
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in two languages, its article's row id, and the answer's words."""

    article_id: str
    indonesian: str
    english: str
    answer: str


def report(folder: Path, settings: Settings, out: Path = FOLDER, articles: int = ARTICLES) -> Path:
    """Measure every shape of passage over the same articles and write the table."""
    from ringkas.embedding import get_embedder

    asked, held = questions_and_articles(folder, articles)
    embedder = get_embedder(settings)
    queries = [
        embedder.embed_queries([getattr(one, name) for one in asked])
        for name in ("indonesian", "english")
    ]
    table = [_row(shape, asked, held, queries, embedder) for shape in SHAPES]
    columns = (
        "words, shared sentences, title", "RR@10 id", "read 8 id", "RR@10 en", "read 8 en",
        "passages", "words",
    )  # fmt: skip
    note = f"{len(asked)} questions in each language, {len(held)} news articles. {_NOTE}"
    tables = [Table("Passages", columns, tuple(table), note)]
    show(tables)
    return write(out, "passages", "Passages: length, overlap, title", tables)


def questions_and_articles(folder: Path, size: int) -> tuple[list[Asked], dict[str, Article]]:
    """Return ``size`` articles by row id, and the training questions with an answer on them."""
    from ringkas.sources import article_from_text

    found = {row["id"]: row for row in rows(folder / "news" / "clickid")}
    asked = [
        Asked(row["article_id"], row["question_id"], row["question_en"], row["answer"])
        for path in sorted(QUESTIONS.glob("news_questions.*.jsonl"))
        for row in rows(path.with_suffix(""))
        if not row["is_impossible"] and row.get("question_en") and row["article_id"] in found
    ]
    about = {one.article_id for one in asked}
    others = islice((key for key in drawn(found) if key not in about), max(0, size - len(about)))
    chosen = [*sorted(about)[:size], *others]
    held = {key: article_from_text(found[key]["text"], found[key]["title"]) for key in chosen}
    return [one for one in asked if _holds(held.get(one.article_id), one.answer)], held


def _holds(article: Article | None, answer: str) -> bool:
    return article is not None and answer in article.text


def _row(
    shape: PassageSettings,
    asked: Sequence[Asked],
    held: dict[str, Article],
    queries: Sequence[np.ndarray],
    embedder: Embedder,
) -> tuple[str | float | int, ...]:
    from retrieval.passages import cut, passage_input

    owners, texts, inputs = [], [], []
    for key, article in held.items():
        for passage in cut(article, shape):
            owners.append(key)
            texts.append(article.text[passage.start : passage.end])
            inputs.append(passage_input(article, passage, shape))
    vectors = embedder.embed_passages(inputs)
    figures: list[float] = []
    for asked_vectors in queries:
        ranks = _ranks(asked_vectors @ vectors.T, asked, owners, texts)
        figures += [
            mean([1 / rank if rank <= 10 else 0.0 for rank in ranks]),
            mean([float(rank <= 8) for rank in ranks]),
        ]
    words = sum(len(text.split()) for text in inputs) / len(held)
    title = "title" if shape.title else "no title"
    name = f"{shape.max_words}, {shape.overlap}, {title}"
    return (name, *figures, len(texts), words)


def _ranks(
    scores: np.ndarray, asked: Sequence[Asked], owners: Sequence[str], texts: Sequence[str]
) -> list[float]:
    """Return the rank of the first right passage for each question; infinite without one."""
    ranks = []
    for one, row in zip(asked, scores, strict=True):
        order = np.argsort(-row)[:10]
        right = (
            place
            for place, at in enumerate(order, 1)
            if owners[at] == one.article_id and one.answer in texts[at]
        )
        ranks.append(float(next(right, np.inf)))
    return ranks
