"""An embedder that remembers: each text is embedded once, over all runs of the recipe."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from ringkas.embedding import Embedder, Fingerprint
from ringkas.embedding.base import Vectors

# Texts between two commits: what an interrupted run loses at most, about ten seconds.
_CHUNK = 1000


class RememberingEmbedder:
    """Any embedder, with its passages' vectors kept in a SQLite file."""

    def __init__(self, embedder: Embedder, file: Path) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        self._embedder = embedder
        self._kept: dict[bytes, Vectors] = {}
        self._database = sqlite3.connect(file)
        self._database.execute(
            "CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, value BLOB)"
        )
        for key, value in self._database.execute("SELECT key, value FROM vectors"):
            self._kept[key] = np.frombuffer(value, np.float16).astype(np.float32)

    @property
    def fingerprint(self) -> Fingerprint:
        """What made the vectors."""
        return self._embedder.fingerprint

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Return one vector a question, not remembered."""
        return self._embedder.embed_queries(texts)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one vector a passage. *Shape:* (len(texts), dimension), float32."""
        self.remember(texts)
        return np.stack([self._kept[self._key(text)] for text in texts])

    def remember(self, texts: Iterable[str]) -> None:
        """Embed what is new among the texts, and keep it."""
        new = {key: text for text in texts if (key := self._key(text)) not in self._kept}
        for chunk in _chunks(list(new.items())):
            vectors = self._embedder.embed_passages([text for _, text in chunk])
            for (key, _), vector in zip(chunk, vectors, strict=True):
                self._kept[key] = vector.astype(np.float16).astype(np.float32)
            rows = [(key, self._kept[key].astype(np.float16).tobytes()) for key, _ in chunk]
            self._database.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", rows)
            self._database.commit()

    def _key(self, text: str) -> bytes:
        made_by = repr(self._embedder.fingerprint)
        return hashlib.blake2b(f"{made_by}\n{text}".encode(), digest_size=16).digest()


def _chunks(items: list[tuple[bytes, str]]) -> Iterable[list[tuple[bytes, str]]]:
    for start in range(0, len(items), _CHUNK):
        yield items[start : start + _CHUNK]
