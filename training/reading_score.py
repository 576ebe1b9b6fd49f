"""Fit the probability that a span found by search and reading answers the question.

The reader's margin says how well a span fits the question, the search how near its passage is to
it, a rule whether it is of the sort that is asked for; the sentence reader has a cosine and a share
of terms in their place.
``python -m training.reading_score --data DATA`` asks development questions of an index that
holds their passages and many others, reads what is found, and fits a logistic regression of "the
span is right" on both. Its output goes into ``retrieval/reading.py``.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evaluation import news
from evaluation.data import news_questions, qa_set
from evaluation.metrics import best, f1, normalise
from evaluation.retrieval_sets import drawn
from retrieval import Index
from retrieval.reading import get_reader
from ringkas.settings import AnswerSettings, Settings
from ringkas.types import Article

SETS = ("tydiqa_id.dev", "facqa.dev", "idk_mrc.dev", "xqa_en_on_id.dev")
QUESTIONS = 80  # of each set
NEWS_QUESTIONS = 600
RIGHT = 0.5  # F1 from which a span counts as right


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the answers that are right for it; none where it is unanswerable."""

    question: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The spans found for one question: a reader's features (n, k), and which are right (n,)."""

    answerable: bool
    features: NDArray[np.float64]
    right: NDArray[np.bool_]


def asked_of_sets(data: Path) -> tuple[list[Asked], list[Article]]:
    """Return questions of the public development sets, and their passages as articles."""
    examples = [one for name in SETS for one in qa_set(name, data)[:QUESTIONS]]
    articles = {example.context: example.article for example in examples}
    return [Asked(one.question, one.answers) for one in examples], list(articles.values())


def asked_of_news(data: Path) -> tuple[list[Asked], list[Article]]:
    """Return questions of our own, and a thousand articles, those asked about among them."""
    articles = news.articles(data, splits=("fit",))
    known = {one.id: one for one in news_questions("fit")}
    chosen = [known[key] for key in drawn(known)[:NEWS_QUESTIONS]]
    return [Asked(one.question, one.answers) for one in chosen], list(articles.values())


def gather(
    asked: Iterable[Asked], articles: Sequence[Article], settings: Settings
) -> Iterator[Found]:
    """Search and read for every question."""
    index = Index.in_memory(settings)
    index.add(articles)
    reader = get_reader(settings, index.embedder)
    for one in asked:
        evidence = reader.evidence(one.question, index.search(one.question))
        yield Found(
            bool(one.answers),
            np.asarray([item.features for item in evidence]),
            np.asarray(
                [_right(one, item.span.of(item.hit.article.text)) for item in evidence], bool
            ),
        )


def _right(one: Asked, text: str) -> bool:
    """Tell whether a span is right; a whole sentence is when it holds an answer."""
    held = any(normalise(answer) in normalise(text) for answer in one.answers)
    return held or (bool(one.answers) and best(f1, text, one.answers) >= RIGHT)


def main() -> None:
    """Print the fitted weights, and refusals at a few thresholds."""
    from sklearn.linear_model import LogisticRegression

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--reader", choices=("span", "sentence"), default="span")
    given = parser.parse_args()
    data, settings = given.data, Settings(answer=AnswerSettings(reader=given.reader))
    found = [
        one
        for asked, articles in (asked_of_sets(data), asked_of_news(data))
        for one in gather(asked, articles, settings)
    ]
    features = np.concatenate([one.features for one in found if len(one.features)])
    fitted = LogisticRegression(C=100.0).fit(features, np.concatenate([one.right for one in found]))
    weights, (bias,) = fitted.coef_[0], fitted.intercept_
    shown = ", ".join(f"{weight:.3f}" for weight in weights)
    print(f"weights ({shown})  bias {bias:.3f}  ({len(found)} questions)")
    for threshold in np.arange(0.1, 0.65, 0.05):
        print(_refusals(found, weights, bias, float(threshold)))


def _refusals(
    found: Sequence[Found], weights: NDArray[np.float64], bias: float, threshold: float
) -> str:
    kept = {True: 0, False: 0}
    correct = 0
    for one in found:
        if not len(one.features):
            continue
        logits = one.features @ weights + bias
        first = int(np.argmax(logits))
        if 1 / (1 + np.exp(-logits[first])) >= threshold:
            kept[one.answerable] += 1
            correct += bool(one.right[first])
    answerable = sum(one.answerable for one in found)
    others = len(found) - answerable
    return (
        f"threshold {threshold:.2f}: refused {1 - kept[False] / others:.1%} of {others} "
        f"unanswerable, {1 - kept[True] / answerable:.1%} of {answerable} answerable; "
        f"{correct / answerable:.1%} answered right"
    )


if __name__ == "__main__":
    main()
