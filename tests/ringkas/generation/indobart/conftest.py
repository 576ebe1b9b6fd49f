"""A vocabulary, a checkpoint and its conversion, each made once for all tests here."""

from __future__ import annotations

from pathlib import Path

import pytest
from indobart_checkpoint import filled_up, sentences, train_spiece, write_checkpoint

from ringkas.generation.indobart import Source, convert


@pytest.fixture(scope="session")
def small_spiece() -> bytes:
    """A SentencePiece model of 1,100 pieces: quick to convert."""
    return train_spiece(sentences(3000))


@pytest.fixture(scope="session")
def spiece(small_spiece: bytes) -> bytes:
    """The same with IndoBART's 40,000 pieces."""
    return filled_up(small_spiece)


@pytest.fixture(scope="session")
def checkpoint(spiece: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as on the Hub; do not change it."""
    return write_checkpoint(tmp_path_factory.mktemp("hub") / "checkpoint", spiece)


@pytest.fixture(scope="session")
def folder(checkpoint: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """That checkpoint converted; do not change it."""
    target = tmp_path_factory.mktemp("converted") / "indobart"
    return convert(Source(checkpoint, checkpoint), target).folder


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder."""
    place = tmp_path / "cache"
    monkeypatch.setenv("RINGKAS_CACHE", str(place))
    return place
