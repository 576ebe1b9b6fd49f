"""Vectors that an index has already, taken over where the model would see the same words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from retrieval.fingerprints import understood
from retrieval.passages import passage_input
from retrieval.stores import StorePage
from ringkas.embedding import Embedder
from ringkas.embedding.base import Fingerprint, Vectors
from ringkas.settings import PassageSettings


@dataclass
class Remembering:
    """An embedder that passes over passages whose vectors it was shown.

    ``embedded`` counts the passages that it had to embed. Two pages are remembered, for articles
    are added in chunks that may lie across their border.
    """

    embedder: Embedder
    embedded: int = 0
    _known: dict[str, Vectors] = field(default_factory=dict)
    _before: dict[str, Vectors] = field(default_factory=dict)

    @property
    def fingerprint(self) -> Fingerprint:
        """What made the vectors."""
        return self.embedder.fingerprint

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Return one vector a question. *Shape:* (len(texts), dimension), float32."""
        return self.embedder.embed_queries(texts)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one vector a passage. *Shape:* (len(texts), dimension), float32."""
        known = {**self._before, **self._known}
        missing = [text for text in dict.fromkeys(texts) if text not in known]
        self.embedded += len(missing)
        if missing:
            known.update(zip(missing, self.embedder.embed_passages(missing), strict=True))
        if not texts:
            return np.zeros((0, self.fingerprint.dimension), np.float32)
        return np.stack([known[text] for text in texts])

    def see(self, page: StorePage, made_by: Mapping[str, Any]) -> None:
        """Remember the vectors of a page, if the same embedder has made them."""
        self._before, self._known = self._known, {}
        if not self._fits(made_by):
            return
        titled = replace(PassageSettings(), title=bool(understood(made_by)["passages.title"]))
        articles = {item.article.id: item.article for item in page.articles}
        for item, vector in zip(page.passages, page.vectors, strict=True):
            if np.isfinite(vector).all():
                words = passage_input(articles[item.passage.article_id], item.passage, titled)
                self._known[words] = vector

    def _fits(self, made_by: Mapping[str, Any]) -> bool:
        ours = self.fingerprint
        return (made_by.get("model"), made_by.get("dimension"), made_by.get("passage_prefix")) == (
            ours.model, ours.dimension, ours.passage_prefix,
        )  # fmt: skip
