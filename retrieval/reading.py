"""Readers: they point at the words of a passage that answer a question, and say how surely."""

from __future__ import annotations

import math
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from retrieval.terms import query_terms, terms
from ringkas.embedding import Embedder
from ringkas.settings import Settings
from ringkas.text.sentences import split
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


class Reader(Protocol):
    """Finds answers in passages. ``threshold`` is the probability below which there is none."""

    name: str
    threshold: float

    def read(self, question: str, hits: Sequence[Hit]) -> list[Candidate]:
        """Return candidates from all hits, most probable first."""


class SpanReader:
    """The trained reader: the exact words, by start and end logits."""

    name = "span"

    def __init__(self, model: Any) -> None:
        self._model = model
        self.threshold: float = model.calibration.probability(model.threshold)
        self._lock = threading.Lock()

    def read(self, question: str, hits: Sequence[Hit]) -> list[Candidate]:
        """Return up to three candidates of each hit, most probable first."""
        from retrieval.spans import PassageText

        passages = [PassageText(hit.text, hit.article.title) for hit in hits]
        with self._lock:
            found = self._model.predict(question, passages)
        candidates = [
            Candidate(
                hit,
                Span(hit.passage.start + score.start, hit.passage.start + score.end),
                self._model.calibration.probability(score.margin),
            )
            for hit, scores in zip(hits, found, strict=True)
            for score in scores
        ]
        return sorted(candidates, key=lambda candidate: -candidate.probability)


class SentenceReader:
    """Without trained weights: the sentence nearest to the question, by vectors and by terms."""

    name = "sentence"
    # Logistic regression of "holds the answer" on cosine and share of the question's terms, over
    # tydiqa_id.dev (385 questions, right passage) and their nearest wrong passages.
    _COSINE, _TERMS, _BIAS = 21.0, 1.6, -18.9
    threshold = 0.35
    _PASSAGES = 4  # sentences are embedded one by one, so only the best passages are read

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def read(self, question: str, hits: Sequence[Hit]) -> list[Candidate]:
        """Return every sentence of the first passages, most probable first."""
        sentences = _sentences(hits[: self._PASSAGES])
        if not sentences:
            return []
        texts = [span.of(hit.article.text) for hit, span in sentences]
        vectors = self._embedder.embed_passages(texts)
        cosines = vectors @ self._embedder.embed_queries([question])[0]
        wanted = set(query_terms(question))
        shares = [
            _share(wanted, text, hit) for (hit, _), text in zip(sentences, texts, strict=True)
        ]
        logits = self._COSINE * cosines + self._TERMS * np.asarray(shares) + self._BIAS
        candidates = [
            Candidate(hit, span, 1 / (1 + math.exp(-float(logit))))
            for (hit, span), logit in zip(sentences, logits, strict=True)
        ]
        return sorted(candidates, key=lambda candidate: -candidate.probability)


def _sentences(hits: Sequence[Hit]) -> list[tuple[Hit, Span]]:
    """Return each sentence of the hits once, with article offsets."""
    seen: dict[tuple[str, int, int], tuple[Hit, Span]] = {}
    for hit in hits:
        for span in split(hit.text):
            placed = Span(hit.passage.start + span.start, hit.passage.start + span.end)
            seen.setdefault((hit.article.id, placed.start, placed.end), (hit, placed))
    return list(seen.values())


def _share(wanted: set[str], text: str, hit: Hit) -> float:
    if not wanted:
        return 0.0
    return len(wanted & set(terms(text, hit.article.language))) / len(wanted)


_shared: dict[str, Reader] = {}
_lock = threading.Lock()


def get_reader(settings: Settings, embedder: Embedder) -> Reader:
    """Return the process's one reader for these settings, loading it at the first call.

    Raises:
        ModelError: the reader's weights are missing or damaged.
    """
    if settings.answer.reader == "sentence":
        return SentenceReader(embedder)
    with _lock:
        if "span" not in _shared:
            _shared["span"] = SpanReader(_span_model(embedder))
        return _shared["span"]


def _span_model(embedder: Embedder) -> Any:
    """Load the span model beside the embedder, whose embeddings it shares when it can."""
    from retrieval.span_model import SpanModel
    from ringkas.embedding.sentence import SentenceEmbedder

    shared = isinstance(embedder, SentenceEmbedder) and embedder.is_builtin
    return SpanModel.builtin(embedder.transformer if shared else None)  # type: ignore[attr-defined]
