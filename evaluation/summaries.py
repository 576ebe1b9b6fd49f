"""Summaries against reference summaries, side by side with simpler ones and the best there is."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from evaluation.data import rows
from evaluation.metrics import mean, normalise
from evaluation.report import Cell, Table
from evaluation.retrieval_sets import drawn
from evaluation.summary_methods import MAX_WORDS, ORACLE, Method, Written, methods
from evaluation.token_matching import bert_scores
from ringkas.embedding import Embedder, Fingerprint, get_embedder, lend_embedder
from ringkas.embedding.base import Vectors
from ringkas.errors import MissingExtraError
from ringkas.settings import Settings
from ringkas.sources import article_from_text
from ringkas.types import Article
from summarizer.support import check

SETS = ("indosum.dev", "detik.dev", "cnndm.dev")
KINDS = ("rouge1", "rouge2", "rougeL")
ROUGE = ("ROUGE-1", "ROUGE-2", "ROUGE-L")

Rouge = Callable[[str, str], list[float]]
Pair = tuple[Article, str]

_COLUMNS = (
    "set, method", "articles", *ROUGE, "BERTScore", "words", "new pairs", "supported", "read",
    "stood in", "ms/article",
)  # fmt: skip
_NOTE = (
    f"Summaries of at most {MAX_WORDS} words, datelines left out by every method; lead-3 is the "
    "first three sentences, whatever their length, lead takes sentences from the start while "
    "they fit. TextRank and LexRank are sumy's, on the same sentences, without the stop words of "
    "either language, stemmed for English only; the best-ranked sentences that fit. The oracle "
    "knows the reference and adds sentences while that raises ROUGE. ROUGE F1 by rouge-score, "
    "with its stemmer for English only. BERTScore: greedy matching of the embedder's token "
    "vectors, F1, rescaled so that 0 is what references of different articles reach. New pairs: "
    "share of the summary's pairs of neighbouring words that the article does not have (those "
    "across two chosen sentences, in an extract). Supported: share of sentences that the support "
    "check finds in the article. Read: share of the article that was read. Stood in: share of "
    "articles for which chosen sentences stand in for what a model wrote. ms/article: processor "
    "time, without that of embedding. Titles are given where the set has them (Detik)."
)


@dataclass(frozen=True, slots=True)
class Run:
    """The summaries that one method wrote of one set, and the seconds besides embedding."""

    written: tuple[Written, ...]
    seconds: float


def table(
    folder: Path, settings: Settings, limit: int | None = None, wanted: Sequence[str] = ()
) -> Table:
    """Return a row for each set and method.

    Arguments:
        folder: the data folder, with ``summarization/`` in it.
        settings: the configuration to measure.
        limit: the most articles a set, drawn by a hash of their ids; all without one.
        wanted: names of methods; all that the configuration has without any.

    Raises:
        DataError: a set is missing, or a name is not that of a method.
        SettingsError: a model is to be measured and none is configured.
        MissingExtraError: the package ``rouge-score`` or ``sumy`` is not installed.
    """
    compared = methods(settings, wanted)
    embedder = get_embedder(settings)
    listed: list[tuple[Cell, ...]] = []
    for name in SETS:
        pairs = list(read_pairs(folder, name, limit))
        _warm_up(compared, pairs[0])
        runs = {method: _run(write, pairs, embedder) for method, write in compared.items()}
        matching = bert_scores(embedder, [reference for _, reference in pairs])
        for method, run in runs.items():
            matched = matching.score([one.text for one in run.written]) if matching else "-"
            row = _row(pairs, run, matched, embedder)
            listed.append((f"{name}, {method}", *row, _speed(method, run)))
    return Table("Summaries", _COLUMNS, tuple(listed), _NOTE)


def read_pairs(folder: Path, name: str, limit: int | None) -> Iterator[Pair]:
    """Yield the articles of a set, at most ``limit``, each with its reference summary."""
    by_id = {row["id"]: row for row in rows(folder / "summarization" / name)}
    for key in drawn(by_id)[:limit]:
        row = by_id[key]
        yield article_from_text(row["text"], row.get("title") or None), row["summary"]


def rouge_scorer(*, english: bool) -> Rouge:
    """Return what gives ROUGE-1, 2 and L F1 of a reference and a summary.

    Raises:
        MissingExtraError: the package ``rouge-score`` is not installed.
    """
    try:
        from rouge_score.rouge_scorer import RougeScorer
    except ImportError as error:
        raise MissingExtraError("rouge-score", "eval", "Measuring summaries") from error
    scorer = RougeScorer(KINDS, use_stemmer=english)

    def score(reference: str, summary: str) -> list[float]:
        scores = scorer.score(reference, summary)
        return [scores[kind].fmeasure for kind in KINDS]

    return score


def rouge(pairs: Sequence[Pair], summaries: Sequence[str]) -> list[float]:
    """Return the means of ROUGE-1, 2 and L F1 over articles in one language."""
    score = rouge_scorer(english=pairs[0][0].language == "en")
    scores = [score(pair[1], text) for pair, text in zip(pairs, summaries, strict=True)]
    return [mean(score[kind] for score in scores) for kind in range(len(KINDS))]


def new_pairs(summary: str, article: Article) -> float:
    """Return the share of the summary's pairs of neighbouring words that the article lacks."""
    known = set(pairwise(normalise(f"{article.title} {article.text}").split()))
    pairs = list(pairwise(normalise(summary).split()))
    return mean(pair not in known for pair in pairs)


class _Watched:
    """An embedder, and the processor time that it has taken."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.seconds = 0.0

    @property
    def fingerprint(self) -> Fingerprint:
        return self._embedder.fingerprint

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return self._timed(self._embedder.embed_passages, texts)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return self._timed(self._embedder.embed_queries, texts)

    def _timed(self, embed: Callable[[Sequence[str]], Vectors], texts: Sequence[str]) -> Vectors:
        started = time.process_time()
        try:
            return embed(texts)
        finally:
            self.seconds += time.process_time() - started


def _warm_up(compared: Mapping[str, Method], pair: Pair) -> None:
    """Load every model before the clock runs."""
    for write in compared.values():
        write(*pair)


def _run(write: Method, pairs: Sequence[Pair], embedder: Embedder) -> Run:
    watched = _Watched(embedder)
    started = time.process_time()
    with lend_embedder(watched):
        written = tuple(write(article, reference) for article, reference in pairs)
    return Run(written, time.process_time() - started - watched.seconds)


def _row(pairs: Sequence[Pair], run: Run, matched: Cell, embedder: Embedder) -> tuple[Cell, ...]:
    texts = [one.text for one in run.written]
    read = [one.read for one in run.written if one.read is not None]
    return (
        len(pairs),
        *rouge(pairs, texts),
        matched,
        mean(len(text.split()) for text in texts),
        mean(new_pairs(text, article) for text, (article, _) in zip(texts, pairs, strict=True)),
        supported(pairs, run.written, embedder),
        mean(read) if read else "-",
        mean(one.stood_in for one in run.written),
    )


def supported(pairs: Sequence[Pair], written: Sequence[Written], embedder: Embedder) -> float:
    """Return the share of all sentences that the support check finds in their article."""
    return mean(
        sentence.supported
        for (article, _), one in zip(pairs, written, strict=True)
        for sentence in check(one.sentences, article, embedder)
    )


def _speed(method: str, run: Run) -> Cell:
    """Return milliseconds an article; those of the oracle would tell nothing."""
    return "-" if method == ORACLE else 1000 * run.seconds / len(run.written)
