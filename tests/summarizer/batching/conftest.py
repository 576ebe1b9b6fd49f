from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from batch_articles import CountingEmbedder
from news_site import near, site

from ringkas.embedding import lend_embedder

__all__ = ["near", "site"]


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of this test's own."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("RINGKAS_CACHE", str(folder))
    return folder


@pytest.fixture
def embedder(cache: Path) -> Iterator[CountingEmbedder]:
    """An embedder that is there at once, in use for the whole test, with a cache of its own."""
    counting = CountingEmbedder()
    with lend_embedder(counting):
        yield counting
