"""Our own questions on whole news articles, cut to windows that hold their answers.

An :class:`Archive` holds what a search would find beside them: passages of other articles.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from training.reader.examples import Example
from training.reader.negatives import NearestPassages
from training.reader.rows import HeldOut, Row, read_rows

TITLE_SHARE = 0.4

_ARCHIVED_WORDS = 110
"""Words of an archive's passage: as many as a reader of an index is mostly shown."""
_DEPTH = 12

_SENTENCE_END = re.compile(r"(?<=[.!?])[\"”')]*\s+(?=[\"“'(]?[A-Z0-9])|\n+")


def sentence_bounds(text: str) -> list[tuple[int, int]]:
    """Return the ``(start, end)`` character offsets of the sentences of ``text``."""
    bounds, start = [], 0
    for gap in _SENTENCE_END.finditer(text):
        bounds.append((start, gap.start()))
        start = gap.end()
    bounds.append((start, len(text)))
    return [(a, b) for a, b in bounds if text[a:b].strip()]


def random_window(
    text: str, start: int, end: int, words: int, rng: random.Random
) -> tuple[int, int]:
    """Grow a window of whole sentences around ``text[start:end]`` to about ``words`` words."""
    bounds = sentence_bounds(text)
    first = max((i for i, (a, _) in enumerate(bounds) if a <= start), default=0)
    last = next((i for i, (_, b) in enumerate(bounds) if b >= end), len(bounds) - 1)
    first, last = min(first, last), max(first, last)
    size = len(text[bounds[first][0] : bounds[last][1]].split())
    while size < words and (first > 0 or last < len(bounds) - 1):
        left = first > 0 and (last == len(bounds) - 1 or rng.random() < 0.5)
        grown = first - 1 if left else last + 1
        size += len(text[slice(*bounds[grown])].split())
        first, last = (grown, last) if left else (first, grown)
    return bounds[first][0], bounds[last][1]


@dataclass(frozen=True)
class NewsQuestion:
    """A hand-written question on a whole article, in one language."""

    question: str
    title: str
    text: str
    start: int
    end: int
    article_id: str

    @property
    def answer(self) -> str:
        """The answer's text, empty where there is none."""
        return self.text[self.start : self.end] if self.start >= 0 else ""

    def example(self, rng: random.Random) -> Example:
        """Cut a random window that holds the answer (any window where there is none)."""
        anchor = self.start if self.start >= 0 else rng.randrange(len(self.text))
        end = max(self.end, anchor)
        first, last = random_window(self.text, anchor, end, rng.randint(60, 200), rng)
        title = self.title if rng.random() < TITLE_SHARE else ""
        shift = (self.start - first, self.end - first) if self.start >= 0 else (-1, -1)
        return Example(self.question, self.text[first:last], title, *shift, "news")

    def miss(self, rng: random.Random) -> Example | None:
        """Cut a window of the same article without the answer's text, if there is one."""
        answer = self.answer.lower()
        for _ in range(6):
            example = replace(self, start=-1, end=-1).example(rng)
            if answer not in example.passage.lower():
                return replace(example, source="news:miss")
        return None


class Archive:
    """Passages of whole articles, near to a question or not."""

    def __init__(self, articles: Iterable[Row]) -> None:
        self._owners: dict[str, Row] = {}
        for article in articles:
            for passage in _parts(article["text"]):
                self._owners.setdefault(passage, article)
        self._nearest = NearestPassages(list(self._owners))

    def beside(self, question: NewsQuestion, rng: random.Random) -> Example | None:
        """Draw one of the passages nearest to ``question``: of another article, without its answer.

        None where there is no such passage among the nearest.
        """
        answer = question.answer.lower()
        near = [
            passage
            for passage in self._nearest.ranked(question.question, _DEPTH)
            if self._owners[passage]["id"] != question.article_id
            and not (answer and answer in passage.lower())
        ]
        if not near:
            return None
        passage = rng.choice(near)
        title = self._owners[passage]["title"] if rng.random() < TITLE_SHARE else ""
        return Example(question.question, passage, title, -1, -1, "news:beside")


def _parts(text: str) -> Iterator[str]:
    """Cut a text after every sentence that makes a part long enough."""
    start, size = 0, 0
    for first, last in sentence_bounds(text):
        size += len(text[first:last].split())
        if size >= _ARCHIVED_WORDS:
            yield text[start:last].strip()
            start, size = last, 0
    if text[start:].strip():
        yield text[start:].strip()


def news_articles(data: Path) -> dict[str, Row]:
    """Return the articles that questions are on, by id."""
    return {
        row["id"]: row
        for name in ("clickid", "bbc_en")
        for row in read_rows(data / "news" / f"{name}.jsonl.xz")
    }


def news_questions(
    articles: Mapping[str, Row], folder: Path, held_out: HeldOut
) -> list[NewsQuestion]:
    """Read our news questions on these articles, each in Indonesian and in English."""
    found: list[NewsQuestion] = []
    for path in sorted(folder.glob("news_questions.*.jsonl")):
        for row in read_rows(path):
            article = articles.get(row["article_id"])
            if article is None or row["article_id"] in held_out.articles:
                continue
            found.extend(_both_languages(row, article))
    return found


def _both_languages(row: Row, article: Row) -> Iterator[NewsQuestion]:
    text, start, end = article["text"], -1, -1
    if not row["is_impossible"]:
        start, end = row["start"], row["start"] + len(row["answer"])
        if text[start:end] != row["answer"]:
            return
    for key in ("question_id", "question_en"):
        if row.get(key):
            yield NewsQuestion(row[key], article["title"], text, start, end, row["article_id"])


def cut_news(questions: Sequence[NewsQuestion], times: int, rng: random.Random) -> list[Example]:
    """Cut ``times`` windows for each question."""
    return [question.example(rng) for question in questions for _ in range(times)]


def missed_news(questions: Sequence[NewsQuestion], rng: random.Random) -> list[Example]:
    """Cut windows that miss their answer, for three in ten of the questions that have one."""
    missed = [
        question.miss(rng) for question in questions if question.start >= 0 and rng.random() < 0.3
    ]
    return [example for example in missed if example is not None]
