"""Reranking: the passages that search found, scored once more together with the question."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Protocol

from retrieval.reading import get_reader
from ringkas.embedding import Embedder
from ringkas.errors import ModelError
from ringkas.settings import Settings
from ringkas.types import Hit

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

READER = "reader"
_BATCH = 8  # as the embedder's: small batches stay in the cache of a laptop


class Reranker(Protocol):
    """Puts hits in a better order; a hit's ``score`` is then the reranker's own."""

    def rerank(self, question: str, hits: Sequence[Hit]) -> list[Hit]:
        """Return the hits, best first."""


class CrossEncoderReranker:
    """Any sentence-transformers cross-encoder: it reads question and passage side by side."""

    def __init__(self, model: CrossEncoder) -> None:
        self._model = model
        self._lock = threading.Lock()

    def rerank(self, question: str, hits: Sequence[Hit]) -> list[Hit]:
        """Return the hits by the model's score, best first."""
        if not hits:
            return []
        with self._lock:
            scores = self._model.predict(
                [(question, hit.text) for hit in hits], batch_size=_BATCH, show_progress_bar=False
            )
        return _ordered(hits, [float(score) for score in scores])


class ReaderReranker:
    """The reader itself: a passage is as good as the surest answer in it."""

    def __init__(self, settings: Settings, embedder: Embedder) -> None:
        self._settings = settings
        self._embedder = embedder

    def rerank(self, question: str, hits: Sequence[Hit]) -> list[Hit]:
        """Return the hits by the probability of their best answer, best first."""
        surest: dict[str, float] = {}
        for candidate in get_reader(self._settings, self._embedder).read(question, hits):
            key = candidate.hit.passage.id
            surest[key] = max(candidate.probability, surest.get(key, 0.0))
        return _ordered(hits, [surest.get(hit.passage.id, 0.0) for hit in hits])


def _ordered(hits: Sequence[Hit], scores: Sequence[float]) -> list[Hit]:
    """Return the hits by score; equal ones keep their order."""
    rescored = [replace(hit, score=score) for hit, score in zip(hits, scores, strict=True)]
    return sorted(rescored, key=lambda hit: -hit.score)


def get_reranker(settings: Settings, embedder: Embedder) -> Reranker | None:
    """Return the reranker that the settings name, or None; a model is loaded once a process.

    Raises:
        ModelError: there is no such cross-encoder here, or it gives more than one score a pair.
    """
    name = settings.retrieval.reranker
    if not name:
        return None
    if name == READER:
        return ReaderReranker(settings, embedder)
    return _cross_encoder(name, settings.offline)


@cache
def _cross_encoder(name: str, offline: bool) -> Reranker:
    from ringkas.runtime import prepare_libraries

    prepare_libraries(offline=offline)
    from sentence_transformers import CrossEncoder

    try:
        model = CrossEncoder(name, local_files_only=offline, trust_remote_code=False)
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        hint = (
            "The configuration says offline = true: give the path of a local folder, or set "
            "offline = false to download it from the Hub."
            if offline
            else "Check the name and the network."
        )
        raise ModelError(f"no cross-encoder '{name}' here (retrieval.reranker). {hint}") from error
    if model.num_labels != 1:
        raise ModelError(
            f"'{name}' gives {model.num_labels} scores for a pair; retrieval.reranker needs a "
            "cross-encoder that gives one, such as one trained on MS MARCO or mMARCO"
        )
    return CrossEncoderReranker(model)
