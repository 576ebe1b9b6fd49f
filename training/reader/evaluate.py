"""Development figures of the reader: exact match, F1, and refusals against coverage."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation.metrics import best, exact_match, f1, mean
from evaluation.refusal import MIN_REFUSED, Outcome, Point, curve
from retrieval.span_model import SpanModel
from retrieval.spans import MAX_ANSWER_TOKENS, MAX_SENTENCE_TOKENS, PassageText, SpanScore
from training.reader.data import ordinary_words
from training.reader.decisions import yes_no_examples
from training.reader.negatives import NearestPassages
from training.reader.rows import DEV_SETS, HELD_OUT, read_rows

CROSS_LINGUAL = "xqa_en_on_id.dev.jsonl"
NEWS = "news_questions.dev.jsonl"
MAX_FALSE_REFUSALS = 0.12


@dataclass(frozen=True, slots=True)
class Asked:
    """A development question; no ``answers`` means the passage does not answer it."""

    set: str
    question: str
    passage: PassageText
    answers: tuple[str, ...]

    @property
    def language(self) -> str:
        """The language of the passage, and so of the answers."""
        return "en" if self.set == "tydiqa_en" else "id"


@dataclass(frozen=True, slots=True)
class Read:
    """A development question and the reader's best span, None where it found no span at all."""

    asked: Asked
    best: SpanScore | None

    @property
    def margin(self) -> float:
        """The best span's margin over "no answer"."""
        return self.best.margin if self.best else float("-inf")

    def text(self, threshold: float = float("-inf")) -> str:
        """The answer given at a threshold, empty for a refusal."""
        if self.best is None or self.best.margin < threshold:
            return ""
        return self.asked.passage.text[self.best.start : self.best.end]

    def f1(self, threshold: float = float("-inf")) -> float:
        """Word-overlap F1 of the answer given at a threshold."""
        return best(f1, self.text(threshold), self.asked.answers, self.asked.language)

    def exact(self, threshold: float = float("-inf")) -> float:
        """Exact match of the answer given at a threshold."""
        return best(exact_match, self.text(threshold), self.asked.answers, self.asked.language)


def dev_questions(data: Path, limit: int | None = None) -> list[Asked]:
    """Return every development question, or at most ``limit`` of each set.

    Sets: the four in one language, English questions on Indonesian passages (``en_on_id``), news
    questions on whole articles (``news_id``, ``news_en``), yes/no questions made of IndoNLI
    (``yes_no``), and questions on near but wrong passages (``wrong``).
    """
    rows = {name: read_rows(data / "qa" / f"{name}.dev.jsonl.xz") for name in DEV_SETS}
    groups = {name: [_asked(name, row) for row in found] for name, found in rows.items()}
    groups["en_on_id"] = list(_cross_lingual(rows, HELD_OUT / CROSS_LINGUAL))
    for question in _news(data, HELD_OUT / NEWS):
        groups.setdefault(question.set, []).append(question)
    groups["yes_no"] = list(_decisions(data))
    groups["wrong"] = list(_wrong([*groups["tydiqa_id"], *groups["facqa"], *groups["tydiqa_en"]]))
    return [question for found in groups.values() for question in _some(found, limit)]


def _some(found: list[Asked], limit: int | None) -> list[Asked]:
    if limit is None or len(found) <= limit:
        return found
    return random.Random(0).sample(found, limit)


def _asked(name: str, row: Mapping[str, Any], question: str | None = None) -> Asked:
    answers = () if row["is_impossible"] else tuple(a["text"] for a in row["answers"])
    passage = PassageText(row["context"], row.get("title") or "")
    return Asked(name, question or row["question"], passage, answers)


def _cross_lingual(rows: Mapping[str, Sequence[Mapping[str, Any]]], path: Path) -> Iterator[Asked]:
    by_id = {(f"{name}.dev", row["id"]): row for name, found in rows.items() for row in found}
    for line in read_rows(path):
        row = by_id[line["set"], line["id"]]
        yield _asked("en_on_id", row, line["question"])


def _news(data: Path, path: Path) -> Iterator[Asked]:
    """Yield the news questions whose article is in the shared corpora."""
    articles = {
        row["id"]: row
        for name in ("clickid", "bisnis2025")
        for row in read_rows(data / "news" / f"{name}.jsonl.xz")
    }
    for row in read_rows(path):
        article = articles.get(row["article_id"])
        if article is not None:
            passage = PassageText(article["text"], article["title"])
            answers = () if row["is_impossible"] else tuple(row["answers"])
            yield Asked(f"news_{row['language']}", row["question"], passage, answers)


def _decisions(data: Path, count: int = 400) -> Iterator[Asked]:
    """Yield yes/no questions, each answered by the sentence that decides it, or not at all."""
    rng = random.Random(0)
    rows = read_rows(data / "nli" / "indonli.dev.jsonl.xz")
    made = list(yes_no_examples(rows, ordinary_words(), rng))
    for example in rng.sample(made, count):
        answers = (example.answer,) if example.answerable else ()
        yield Asked("yes_no", example.question, PassageText(example.passage), answers)


def _wrong(questions: Sequence[Asked], every: int = 4) -> Iterator[Asked]:
    """Pair every fourth question with a near passage of the same sets that lacks its answers."""
    rng = random.Random(0)
    nearest = NearestPassages(sorted({question.passage.text for question in questions}))
    for question in questions[::every]:
        gold, answer = question.passage.text, question.answers[0]
        passage = nearest.without(question.question, gold, answer, rng)
        if passage is not None:
            yield Asked("wrong", question.question, PassageText(passage), ())


def read_all(model: SpanModel, questions: Sequence[Asked]) -> list[Read]:
    """Run the reader over development questions; to yes or no whole sentences may answer."""
    found: dict[Asked, SpanScore | None] = {}
    for decides in (False, True):
        chosen = [question for question in questions if (question.set == "yes_no") is decides]
        longest = MAX_SENTENCE_TOKENS if decides else MAX_ANSWER_TOKENS
        pairs = [(question.question, question.passage) for question in chosen]
        read = model.predict_pairs(pairs, top=1, longest=longest)
        found |= {q: spans[0] if spans else None for q, spans in zip(chosen, read, strict=True)}
    return [Read(question, found[question]) for question in questions]


def figures(read: Sequence[Read], threshold: float) -> dict[str, dict[str, float]]:
    """Return for each set, in percent, EM and F1, refusals allowed and not, and refusal rates."""
    names = list(dict.fromkeys(item.asked.set for item in read))
    return {name: _figures([r for r in read if r.asked.set == name], threshold) for name in names}


def _figures(read: Sequence[Read], threshold: float) -> dict[str, float]:
    answerable = [item for item in read if item.asked.answers]
    empty = [item for item in read if not item.asked.answers]
    found: dict[str, float] = {"questions": len(read)}
    if answerable:
        found["em"] = _percent(answerable, Read.exact)
        found["f1"] = _percent(answerable, Read.f1)
        found["refused_answerable"] = _percent(answerable, lambda r: r.margin < threshold)
    if empty:
        found["refused_unanswerable"] = _percent(empty, lambda r: r.margin < threshold)
    found["em_with_refusal"] = _percent(read, lambda r: r.exact(threshold))
    found["f1_with_refusal"] = _percent(read, lambda r: r.f1(threshold))
    return found


def _percent(read: Sequence[Read], measure: Callable[[Read], float]) -> float:
    return round(100 * sum(measure(item) for item in read) / len(read), 2)


def risk_coverage(read: Sequence[Read]) -> list[Point]:
    """Return the curve over every threshold, from the fewest answers given to the most."""
    return curve(_outcomes(read))


def _outcomes(read: Sequence[Read]) -> list[Outcome]:
    return [
        Outcome(item.margin, bool(item.asked.answers), item.f1() if item.asked.answers else 0.0)
        for item in read
    ]


def choose_threshold(read: Sequence[Read]) -> Point:
    """Return the threshold with the best F1 among those that keep both refusal promises.

    Where none keeps both, the one that misses them by least.
    """
    points = risk_coverage(read)
    kept = [point for point in points if _missed_by(point) == 0]
    if not kept:
        return min(points, key=_missed_by)
    return max(kept, key=lambda point: mean(item.f1(point.threshold) for item in read))


def _missed_by(point: Point) -> float:
    return max(0.0, point.refused_answerable - MAX_FALSE_REFUSALS) + max(
        0.0, MIN_REFUSED - point.refused_unanswerable
    )


def fit_calibration(read: Sequence[Read], steps: int = 50) -> tuple[float, float]:
    """Fit slope and intercept of the chance that the best span answers (F1 of one half or more).

    Logistic regression by Newton's method (Platt, 1999); a question without an answer counts as
    not answered.
    """
    import numpy as np

    known = [item for item in read if item.best]
    margins = np.array([item.margin for item in known])
    right = np.array([float(bool(i.asked.answers) and i.f1() >= 0.5) for i in known])
    design = np.stack([margins, np.ones_like(margins)], axis=1)
    weights = np.zeros(2)
    for _ in range(steps):
        chance = 1 / (1 + np.exp(-design @ weights))
        slope = design.T @ (right - chance)
        curvature = (design * (chance * (1 - chance))[:, None]).T @ design
        weights = weights + np.linalg.solve(curvature + 1e-6 * np.eye(2), slope)
    return round(float(weights[0]), 5), round(float(weights[1]), 5)
