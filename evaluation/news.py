"""News articles and our questions on them: what a reader of news would accept.

Two settings: within the article that the question was written on, and over an index of 1,000
articles, from question to answer.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from evaluation.accept import Expected, Reply, accepted
from evaluation.data import NEWS_FILES, NewsQuestion, Row, Split, news_questions, rows
from evaluation.metrics import mean, percentile
from evaluation.report import Cell, Table
from evaluation.retrieval_sets import drawn
from ringkas.settings import Settings
from ringkas.types import Answer, Article

if TYPE_CHECKING:
    from retrieval import Index

INDEX_ARTICLES = 1000
SPLITS: tuple[Split, ...] = ("tune", "dev", "test")
"""The splits that one index holds the articles of; the larger ``fit`` has one of its own."""

Ask = Callable[[NewsQuestion], Answer]


@dataclass(frozen=True, slots=True)
class Judged:
    """A question, its answer, whether a reader would accept it, and the seconds it took.

    ``cited`` tells whether the article the question was written on is among the citations.
    """

    question: NewsQuestion
    answer: Answer
    accepted: bool
    cited: bool
    seconds: float


def articles(
    folder: Path, size: int = INDEX_ARTICLES, splits: Sequence[Split] = SPLITS
) -> dict[str, Article]:
    """Return ``size`` news articles by the id of their row, all that are asked about among them.

    ``splits`` tells which questions are asked.
    """
    from ringkas.sources import article_from_text

    found = {row["id"]: row for name in NEWS_FILES for row in rows(folder / "news" / name)}
    asked = {question.article_id for split in splits for question in news_questions(split)}
    others = [key for key in drawn(found) if key not in asked]
    chosen = [*sorted(asked), *others[: max(0, size - len(asked))]]
    return {key: _article(found[key], article_from_text) for key in chosen}


def _article(row: Row, build: Callable[..., Article]) -> Article:
    return build(
        row["text"],
        row["title"],
        row["url"],
        source=row["source"],
        published=row["date"],
        name=row["id"],
    )


def judge(questions: Iterable[NewsQuestion], ask: Ask, ids: dict[str, Article]) -> list[Judged]:
    """Ask every question and judge the answers."""
    return [_judge(question, ask, ids[question.article_id].id) for question in questions]


def within(
    questions: Iterable[NewsQuestion], ids: dict[str, Article], settings: Settings
) -> list[Judged]:
    """Ask every question of the article it was written on."""
    from retrieval import answer

    return judge(
        questions, lambda one: answer(one.question, ids[one.article_id], settings=settings), ids
    )


def over(questions: Iterable[NewsQuestion], ids: dict[str, Article], index: Index) -> list[Judged]:
    """Ask every question of all articles of an index."""
    from retrieval import answer

    return judge(questions, lambda one: answer(one.question, index), ids)


def _judge(question: NewsQuestion, ask: Ask, article_id: str) -> Judged:
    started = time.perf_counter()
    answer = ask(question)
    seconds = time.perf_counter() - started
    quotes = tuple(citation.quote for citation in answer.citations)
    return Judged(
        question=question,
        answer=answer,
        accepted=accepted(Reply(answer.text, answer.found, quotes), expected(question)),
        cited=any(citation.article.id == article_id for citation in answer.citations),
        seconds=seconds,
    )


def expected(question: NewsQuestion) -> Expected:
    """Return what a reader accepts as the answer."""
    return Expected(question.answers, question.items, question.yes, question.answerable)


def table(title: str, judged: Sequence[Judged], note: str) -> Table:
    """Return the shares accepted: overall, by answerability, by language and by kind."""
    answerable = [one for one in judged if one.question.answerable]
    impossible = [one for one in judged if not one.question.answerable]
    lines = [
        _line("all", judged),
        _line("answerable", answerable),
        _line("unanswerable (refused)", impossible),
        *(_line(f"language: {name}", group) for name, group in _grouped(judged, _language)),
        *(_line(f"kind: {name}", group) for name, group in _grouped(answerable, _kind)),
    ]
    columns = ("questions", "n", "accepted", "answer given", "gold article cited", "p50 s", "p95 s")
    return Table(title, columns, tuple(lines), note)


def _line(name: str, judged: Sequence[Judged]) -> tuple[Cell, ...]:
    seconds = [one.seconds for one in judged] or [0.0]
    return (
        name,
        len(judged),
        mean(one.accepted for one in judged),
        mean(one.answer.found for one in judged),
        mean(one.cited for one in judged),
        percentile(seconds, 0.5),
        percentile(seconds, 0.95),
    )


def _language(one: Judged) -> str:
    return one.question.language


def _kind(one: Judged) -> str:
    return one.question.kind


def _grouped(
    judged: Iterable[Judged], key: Callable[[Judged], str]
) -> list[tuple[str, list[Judged]]]:
    groups: defaultdict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        groups[key(one)].append(one)
    return sorted(groups.items())
