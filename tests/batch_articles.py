"""Articles, tables and an embedder for the tests of batches."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from plain_articles import LetterEmbedder

from ringkas.embedding.base import Vectors
from ringkas.types import Article

LOADING = "Ringkas"


class CountingEmbedder(LetterEmbedder):
    """Notes what it embeds, call by call; runs out of memory beyond ``most`` texts."""

    def __init__(self, most: int = 10_000) -> None:
        self.most = most
        self.calls: list[list[str]] = []

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        self.calls.append(list(texts))
        if len(texts) > self.most:
            raise MemoryError
        return super().embed_passages(texts)

    embed_queries = embed_passages


def article(number: int, **changed: Any) -> Article:
    """Return a short article of its own for each number, written for these tests."""
    text = (
        f"Kebun warga nomor {number} di Desa Tirtamulya dipanen pada Sabtu pagi oleh dua belas "
        f"keluarga. Hasilnya {number + 40} kilogram cabai dan {number + 15} ikat kangkung. "
        f"Ketua kelompok tani, Ratna Widuri, mengatakan hasil itu naik {number + 2} persen dari "
        "musim lalu. Sebagian dijual di pasar kecamatan, dan sisanya dibagi rata."
    )
    known = {"id": f"{number:016x}", "title": f"Panen kebun {number}", "language": "id"}
    return Article(**{**known, "text": text, **changed})


def write_table(path: Path, articles: Sequence[Article]) -> Path:
    """Write articles as a JSONL table, from which reading gives them ids of their own."""
    lines = [json.dumps({"title": one.title, "text": one.text}) for one in articles]
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def read_rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
