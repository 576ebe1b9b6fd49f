"""BERTScore with the embedder's own token vectors: whether two texts say alike, word for word.

Each token of one text is matched with the most similar token of the other (Zhang et al., ICLR
2020, without weights for rare words). Vectors of one encoder are all alike to a degree, so scores
are rescaled as in the paper: 0 is what two unrelated references reach, 1 is the same text.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from evaluation.metrics import mean
from ringkas.embedding import Embedder
from ringkas.embedding.builtin import BuiltinEmbedder

Tokens = NDArray[np.float32]


def bert_scores(embedder: Embedder, references: Sequence[str]) -> TokenMatching | None:
    """Return what scores summaries of these references; None where there are no token vectors."""
    if not isinstance(embedder, BuiltinEmbedder) or len(references) < 2:
        return None
    return TokenMatching(embedder, references)


class TokenMatching:
    """References with their token vectors, ready to be compared with summaries."""

    def __init__(self, embedder: BuiltinEmbedder, references: Sequence[str]) -> None:
        self._embedder = embedder
        self._references = self._tokens(references)
        others = [*self._references[1:], self._references[0]]
        self.unrelated = mean(map(matched, self._references, others))

    def score(self, summaries: Sequence[str]) -> float:
        """Return the mean rescaled F1 of one summary for each reference, in their order."""
        raw = mean(map(matched, self._references, self._tokens(summaries)))
        return (raw - self.unrelated) / (1 - self.unrelated)

    def _tokens(self, texts: Sequence[str]) -> list[Tokens]:
        """Return unit vectors of the tokens of each text. *Shapes:* (tokens, dimension)."""
        return [unit_vectors(one[1:-1]) for one in self._embedder.token_vectors(texts)]


def unit_vectors(vectors: Tokens) -> Tokens:
    """Return the vectors at length one."""
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


def matched(reference: Tokens, summary: Tokens) -> float:
    """Return F1 of greedy matching: ``P`` over the summary's tokens, ``R`` over the reference's.

    *Shapes:* (tokens, dimension), unit vectors.
    """
    similarity = reference @ summary.T
    precision = float(similarity.max(axis=0).mean())
    recall = float(similarity.max(axis=1).mean())
    return 2 * precision * recall / (precision + recall)
