from __future__ import annotations

from collections.abc import Sequence

import pytest

from retrieval import Index
from ringkas.embedding import Embedder, Fingerprint, get_embedder
from ringkas.embedding.base import Vectors
from ringkas.settings import AnswerSettings, Settings
from ringkas.sources import samples
from ringkas.types import Article


class CountingEmbedder:
    """The real embedder, with a list of the passages it was given."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.embedded: list[str] = []

    @property
    def fingerprint(self) -> Fingerprint:
        return self._embedder.fingerprint

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return self._embedder.embed_queries(texts)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        self.embedded += texts
        return self._embedder.embed_passages(texts)


@pytest.fixture(scope="session")
def sentence_settings() -> Settings:
    """Settings whose reader needs no trained weights."""
    return Settings(answer=AnswerSettings(reader="sentence"))


@pytest.fixture(scope="session")
def articles() -> list[Article]:
    """The sample articles."""
    return list(samples())


@pytest.fixture(scope="session")
def sample_index(articles: list[Article], sentence_settings: Settings) -> Index:
    """The sample articles in memory; do not change it."""
    index = Index.in_memory(sentence_settings)
    index.add(articles)
    return index


@pytest.fixture
def counting(sentence_settings: Settings) -> CountingEmbedder:
    return CountingEmbedder(get_embedder(sentence_settings))


@pytest.fixture
def counted_index(counting: CountingEmbedder, sentence_settings: Settings) -> Index:
    """An empty index in memory whose embedder keeps count."""
    index = Index.in_memory(sentence_settings)
    index.embedder = counting
    return index
