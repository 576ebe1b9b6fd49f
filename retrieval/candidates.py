"""Possible answers: where they stand, what speaks for them, and how probable that makes them."""

from __future__ import annotations

import math
from dataclasses import dataclass

from ringkas.types import Hit, Span


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible answer: ``hit.article.text[span.start:span.end]``.

    ``probability`` in [0, 1] is the reader's own that the span answers the question.
    """

    hit: Hit
    span: Span
    probability: float

    @property
    def text(self) -> str:
        """The answering words."""
        return self.span.of(self.hit.article.text)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A span and the figures that tell how well it answers; each reader names its own."""

    hit: Hit
    span: Span
    features: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic regression of "the span is right" on a reader's figures.

    ``training/reading_score.py`` fits them, on development questions over an index. Each reader
    says where its own come from.
    """

    of: tuple[float, ...]
    bias: float

    def probability(self, features: tuple[float, ...]) -> float:
        """Return the probability in [0, 1]."""
        logit = self.bias + sum(w * x for w, x in zip(self.of, features, strict=True))
        return 1 / (1 + math.exp(-max(-60.0, min(60.0, logit))))
