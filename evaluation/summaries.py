"""Summaries against reference summaries: ROUGE F1, next to the first sentences of each article."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from evaluation.data import rows
from evaluation.report import Table
from evaluation.retrieval_sets import drawn
from ringkas.errors import MissingExtraError
from ringkas.settings import Settings
from ringkas.sources import article_from_text
from ringkas.text.sentences import split
from ringkas.types import Article
from summarizer import summarize
from summarizer.trimming import trim

SETS = ("indosum.dev", "detik.dev", "cnndm.dev")
KINDS = ("rouge1", "rouge2", "rougeL")
MAX_WORDS = 60

Method = Callable[[Article], str]
Rouge = Callable[[str, str], list[float]]
Pair = tuple[Article, str]


def rouge_table(folder: Path, settings: Settings, limit: int) -> Table:
    """Return ROUGE-1, 2 and L of our summaries and of two baselines, a row a set and method.

    Arguments:
        folder: the data folder, with ``summarization/`` in it.
        settings: the configuration to measure.
        limit: the most articles a set; they are drawn by a hash of their ids.

    Raises:
        DataError: a set is missing.
        MissingExtraError: the package ``rouge-score`` is not installed.
    """
    methods: dict[str, Method] = {
        "lead-3": lambda article: " ".join(_sentences(article)[:3]),
        f"lead, {MAX_WORDS} words": _lead,
        "ringkas": lambda article: summarize(article, max_words=MAX_WORDS, settings=settings).text,
    }
    table: list[tuple[str | float | int, ...]] = []
    for name in SETS:
        pairs = list(_pairs(folder, name, limit))
        rouge = _rouge(english=pairs[0][0].language == "en")
        for method, write in methods.items():
            table.append((f"{name}, {method}", len(pairs), *_means(pairs, write, rouge)))
    return Table("ROUGE F1", ("set, method", "articles", *_NAMES, "words"), tuple(table), _NOTE)


_NAMES = ("ROUGE-1", "ROUGE-2", "ROUGE-L")
_NOTE = (
    f"Summaries of at most {MAX_WORDS} words, datelines left out by every method. lead-3 is the "
    "first three sentences, whatever their length; lead takes sentences from the start while they "
    "fit. Computed by rouge-score 0.1.2, with its stemmer for English only. Titles are given where "
    "the set has them (Detik)."
)


def _pairs(folder: Path, name: str, limit: int) -> Iterator[Pair]:
    by_id = {row["id"]: row for row in rows(folder / "summarization" / name)}
    for key in drawn(by_id)[:limit]:
        row = by_id[key]
        yield article_from_text(row["text"], row.get("title") or None), row["summary"]


def _means(pairs: list[Pair], write: Method, rouge: Rouge) -> list[float]:
    """Return the means of the three scores and of the summaries' words."""
    figures = []
    for article, reference in pairs:
        summary = write(article)
        figures.append([*rouge(reference, summary), len(summary.split())])
    return [float(mean) for mean in np.mean(figures, axis=0)]


def _rouge(*, english: bool) -> Rouge:
    try:
        from rouge_score.rouge_scorer import RougeScorer
    except ImportError as error:
        raise MissingExtraError("rouge-score", "eval", "Measuring summaries") from error
    scorer = RougeScorer(KINDS, use_stemmer=english)

    def score(reference: str, summary: str) -> list[float]:
        scores = scorer.score(reference, summary)
        return [scores[kind].fmeasure for kind in KINDS]

    return score


def _sentences(article: Article) -> list[str]:
    spans = split(article.text)
    return [trim(article.text, span, first=span is spans[0]).of(article.text) for span in spans]


def _lead(article: Article) -> str:
    """Return the sentences from the start that fit into the words; at least one."""
    taken: list[str] = []
    words = 0
    for sentence in _sentences(article):
        words += len(sentence.split())
        if taken and words > MAX_WORDS:
            break
        taken.append(sentence)
    return " ".join(taken)
