"""Summaries in the article's other language, as ``summarize`` gives them: what is left of them.

There are no references in the other language; what is counted is what a reader would miss or
could not trust. Whether they read well is for people to say: docs/models/generator.md.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from evaluation.metrics import mean
from evaluation.report import Cell, Table
from evaluation.summaries import read_pairs
from ringkas.errors import LanguageError, SummaryError
from ringkas.settings import Settings
from ringkas.types import Article, OutputLanguage, Summary
from summarizer import summarize
from summarizer.tongues import is_in

SETS: Final[dict[str, OutputLanguage]] = {"detik.dev": "en", "cnndm.dev": "id"}
_COLUMNS = (
    "set, into", "articles", "written", "words", "in the language", "dropped", "s/article",
)  # fmt: skip
_NOTE = (
    "method='abstractive', 60 words. Written: share of the articles of which at least one sentence "
    "was left. Words: of those. In the language: share of those that the check of languages takes "
    "for the one asked for. Dropped: share of the sentences written that the article was not "
    "found to hold. s/article: by the clock, model and embedder loaded."
)


@dataclass(frozen=True, slots=True)
class Crossed:
    """One article's summary in the other language; None where nothing was left."""

    summary: Summary | None
    seconds: float


def table(folder: Path, settings: Settings, limit: int | None = None) -> Table:
    """Return a row for each set.

    Arguments:
        folder: the data folder, with ``summarization/`` in it.
        settings: the configuration that names the model.
        limit: the most articles a set.

    Raises:
        DataError: a set is missing.
        ModelError: the model cannot be loaded, or fails.
    """
    return Table(
        "Summaries across languages",
        _COLUMNS,
        tuple(_row(folder, name, settings, limit) for name in SETS),
        _NOTE,
    )


def crossed(
    articles: Sequence[Article], language: OutputLanguage, settings: Settings
) -> list[Crossed]:
    """Return the articles' summaries in ``language``; the first article is summarized twice."""
    _one(articles[0], language, settings)  # loads what has to be loaded
    return [_one(article, language, settings) for article in articles]


def _one(article: Article, language: OutputLanguage, settings: Settings) -> Crossed:
    begun = time.perf_counter()
    summary: Summary | None
    try:
        summary = summarize(article, language, method="abstractive", settings=settings)
    except (SummaryError, LanguageError):
        summary = None
    return Crossed(summary, time.perf_counter() - begun)


def _row(folder: Path, name: str, settings: Settings, limit: int | None) -> tuple[Cell, ...]:
    articles = [article for article, _ in read_pairs(folder, name, limit)]
    found = crossed(articles, SETS[name], settings)
    written = [one.summary for one in found if one.summary is not None]
    shown = sum(len(summary.sentences) for summary in written)
    dropped = sum(len(summary.dropped) for summary in written)
    right = [is_in([part.text for part in one.sentences], SETS[name]) for one in written]
    return (
        f"{name}, {SETS[name]}",
        len(articles),
        len(written) / len(articles),
        mean(len(summary.text.split()) for summary in written),
        mean(right),
        dropped / max(1, shown + dropped),
        mean(one.seconds for one in found),
    )
