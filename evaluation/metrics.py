"""Metrics of answers and of rankings.

Answers follow the rules of the SQuAD evaluation script (Rajpurkar et al., 2016 and 2018,
https://rajpurkar.github.io/SQuAD-explorer/), adapted to Latin script in two languages: Unicode
punctuation counts as punctuation, and the articles "a", "an" and "the" are dropped from English
answers only, since "golongan darah A" must keep its "A".
Rankings are measured by ir-measures, over the reference implementation trec_eval.
"""

from __future__ import annotations

import math
import re
import string
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np

from ringkas.errors import MissingExtraError

RANKING = ("RR@10", "nDCG@10", "R@1", "R@5", "R@10")
"""Measures reported by default, in the notation of ir-measures."""

_ENGLISH_ARTICLES = re.compile(r"\b(?:a|an|the)\b")

Metric = Callable[[str, str, str], float]


def normalise(text: str, language: str = "id") -> str:
    """Lower-case, drop punctuation (and English articles), and collapse white space."""
    folded = unicodedata.normalize("NFKC", text).lower()
    kept = "".join(char for char in folded if not _is_punctuation(char))
    if language == "en":
        kept = _ENGLISH_ARTICLES.sub(" ", kept)
    return " ".join(kept.split())


def _is_punctuation(char: str) -> bool:
    return char in string.punctuation or unicodedata.category(char).startswith("P")


def exact_match(prediction: str, answer: str, language: str = "id") -> float:
    """Return 1.0 when both texts are the same after :func:`normalise`, else 0.0."""
    return float(normalise(prediction, language) == normalise(answer, language))


def f1(prediction: str, answer: str, language: str = "id") -> float:
    """Return the harmonic mean of token precision and recall.

    ``F1 = 2 P R / (P + R)`` with ``P = shared / predicted`` and ``R = shared / expected`` tokens,
    counted with repetitions. When either text is empty, 1.0 if both are, else 0.0.
    """
    predicted = normalise(prediction, language).split()
    expected = normalise(answer, language).split()
    if not predicted or not expected:
        return float(predicted == expected)
    shared = sum((Counter(predicted) & Counter(expected)).values())
    return 2 * shared / (len(predicted) + len(expected))


def best(metric: Metric, prediction: str, answers: Sequence[str], language: str = "id") -> float:
    """Return the best value over the accepted answers; no answers means ``""`` is expected."""
    return max(metric(prediction, answer, language) for answer in answers or ("",))


def mean(values: Iterable[float]) -> float:
    """Return the arithmetic mean, 0.0 of nothing."""
    listed = list(values)
    return sum(listed) / len(listed) if listed else 0.0


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that at least ``share`` of the values do not exceed.

    The nearest-rank definition: element ``ceil(share * n)``, counting from one.
    """
    ordered = sorted(values)
    rank = max(1, -(-len(ordered) * round(share * 1000) // 1000))
    return ordered[rank - 1]


def paired_interval(
    ours: Sequence[float], theirs: Sequence[float], draws: int = 10_000
) -> tuple[float, float, float]:
    """Return the mean of ``ours - theirs`` with its 95 % interval, by the paired bootstrap.

    Queries are drawn with replacement, both systems' values of each together (Sakai, SIGIR 2006).
    The draws are the same in every run. Where the interval holds 0, the two are a tie.
    """
    differences = np.asarray(ours, float) - np.asarray(theirs, float)
    random = np.random.default_rng(2026)
    means = [random.choice(differences, len(differences)).mean() for _ in range(draws)]
    low, high = np.percentile(means, (2.5, 97.5))
    return float(differences.mean()), float(low), float(high)


def reciprocal_rank(ranked: Sequence[str], relevant: Mapping[str, int], depth: int = 10) -> float:
    """Return ``1 / rank`` of the first relevant document among the first ``depth``, else 0."""
    ranks = (rank for rank, key in enumerate(ranked[:depth], 1) if relevant.get(key, 0) > 0)
    return 1.0 / next(ranks, math.inf)


def ranking(
    qrels: Mapping[str, Mapping[str, int]],
    run: Mapping[str, Sequence[str]],
    measures: Sequence[str] = RANKING,
) -> dict[str, float]:
    """Return the mean of each measure over all questions of ``qrels``.

    Arguments:
        qrels: for each question id, the relevance of document ids.
        run: for each question id, document ids, best first; a missing question scores 0.
        measures: names in the notation of ir-measures.

    ``RR@k`` is ``1 / rank`` of the first relevant document within k, else 0; ``R@k`` the share of
    the relevant documents within k; ``nDCG@k`` is ``sum rel_i / log2(i + 1)`` over that of the
    ideal order (Järvelin and Kekäläinen, 2002).
    """
    try:
        import ir_measures
    except ImportError as error:
        raise MissingExtraError("ir-measures", "eval", "Measuring rankings") from error
    chosen = [ir_measures.parse_measure(name) for name in measures]
    judged = {question: dict(documents) for question, documents in qrels.items()}
    scored = {question: _scores(run.get(question, ())) for question in judged}
    values = ir_measures.calc_aggregate(chosen, judged, scored)
    return {str(measure): float(values[measure]) for measure in chosen}


def _scores(documents: Sequence[str]) -> dict[str, float]:
    """Give each document a score that falls with its rank, so that no two tie."""
    return {document: 1.0 / rank for rank, document in reversed(list(enumerate(documents, 1)))}
