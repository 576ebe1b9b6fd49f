"""Articles made on the spot, and an embedder without a model, for tests that are not about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ringkas.embedding import Fingerprint
from ringkas.embedding.base import Vectors
from ringkas.embedding.sentence import SentenceEmbedder
from ringkas.settings import EmbedderSettings
from ringkas.types import Article


def article(id: str, text: str, title: str = "", **rest: Any) -> Article:
    return Article(id=id, title=title, text=text, **{"language": "id", **rest})


class LetterEmbedder:
    """Counts letters, under the built-in embedder's name: at hand at once in another process."""

    fingerprint: Fingerprint = SentenceEmbedder(EmbedderSettings()).fingerprint

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.fingerprint.dimension), np.float32)
        for row, text in zip(vectors, texts, strict=True):
            np.add.at(row, [ord(char) % len(row) for char in text or " "], 1)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    embed_queries = embed_passages
