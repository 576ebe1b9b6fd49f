"""ROUGE of what a model writes, for early stopping."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ringkas.errors import MissingExtraError
from training.summarizer.data import Pair

_KINDS = ("rouge1", "rouge2", "rougeL")


@dataclass(frozen=True, slots=True)
class Scores:
    """ROUGE F1 in [0, 1], the means over all pairs held out."""

    rouge1: float
    rouge2: float
    rouge_l: float

    @property
    def mean(self) -> float:
        """What early stopping looks at."""
        return (self.rouge1 + self.rouge2 + self.rouge_l) / 3

    @property
    def named(self) -> dict[str, float]:
        """The three by their usual names."""
        return {"rouge1": self.rouge1, "rouge2": self.rouge2, "rougeL": self.rouge_l}

    def __str__(self) -> str:
        return f"ROUGE-1 {self.rouge1:.3f}, ROUGE-2 {self.rouge2:.3f}, ROUGE-L {self.rouge_l:.3f}"


def load_rouge() -> Any:
    """Return the scorer of the package ``rouge-score``; no stemmer, for it knows English only.

    Raises:
        MissingExtraError: the package is not installed.
    """
    try:
        from rouge_score.rouge_scorer import RougeScorer
    except ImportError as error:
        raise MissingExtraError("rouge-score", "eval", "Training a summarizer") from error
    return RougeScorer(_KINDS, use_stemmer=False)


class Examiner:
    """Compares what a model writes of the texts held out with their summaries."""

    def __init__(self, pairs: Sequence[Pair]) -> None:
        self._rouge = load_rouge()
        self._pairs = pairs

    def scores(self, written: Sequence[str]) -> Scores:
        """Return the scores of one summary for each pair."""
        sums = [0.0] * len(_KINDS)
        for pair, summary in zip(self._pairs, written, strict=True):
            found = self._rouge.score(pair.summary, summary)
            sums = [total + found[kind].fmeasure for total, kind in zip(sums, _KINDS, strict=True)]
        return Scores(*(total / len(written) for total in sums))
