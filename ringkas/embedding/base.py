"""The protocol every embedder fulfils, and the one shared instance for each setting."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ringkas.settings import EmbedderSettings, Settings

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What made a vector. Vectors of different fingerprints must never meet in one index."""

    model: str
    dimension: int
    query_prefix: str
    passage_prefix: str


class Embedder(Protocol):
    """Turns texts into unit vectors whose dot product is the cosine similarity."""

    @property
    def fingerprint(self) -> Fingerprint:
        """What made the vectors."""

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Return one vector a question. *Shape:* (len(texts), dimension), float32."""

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one vector a passage. *Shape:* (len(texts), dimension), float32."""


_shared: dict[tuple[EmbedderSettings, bool], Embedder] = {}
_lock = threading.Lock()


def get_embedder(settings: Settings) -> Embedder:
    """Return the process's one embedder for these settings; its model loads when first used."""
    from ringkas.embedding.sentence import SentenceEmbedder

    key = (settings.embedder, settings.offline)
    with _lock:
        if key not in _shared:
            _shared[key] = SentenceEmbedder(settings.embedder, offline=settings.offline)
        return _shared[key]
