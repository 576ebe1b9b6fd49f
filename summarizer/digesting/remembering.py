"""An embedder that embeds each text once: a digest compares the same sentences several times."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ringkas.embedding import Embedder
from ringkas.embedding.base import Fingerprint, Vectors


class Remembering:
    """Wraps an embedder for the time of one digest."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._passages: dict[str, Vectors] = {}

    @property
    def fingerprint(self) -> Fingerprint:
        """What made the vectors."""
        return self._embedder.fingerprint

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Return one vector a question. *Shape:* (len(texts), dimension), float32."""
        return self._embedder.embed_queries(texts)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one vector a passage. *Shape:* (len(texts), dimension), float32."""
        new = [text for text in dict.fromkeys(texts) if text not in self._passages]
        if new:
            made = self._embedder.embed_passages(new)
            self._passages |= dict(zip(new, made, strict=True))
        if not texts:
            return np.zeros((0, self.fingerprint.dimension), np.float32)
        return np.stack([self._passages[text] for text in texts])
