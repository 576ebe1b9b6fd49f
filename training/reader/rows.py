"""Rows of the data folder, and what of them must not be trained on."""

from __future__ import annotations

import json
import lzma
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from training.reader.examples import Example

HELD_OUT = Path(__file__).resolve().parents[2] / "evaluation" / "data"
DEV_SETS = ("tydiqa_id", "idk_mrc", "facqa", "tydiqa_en")

Row = Mapping[str, Any]


def read_rows(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a JSON Lines file, compressed with xz or plain."""
    if path.suffix == ".xz":
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            return [json.loads(line) for line in lines if line.strip()]
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def normal(text: str) -> str:
    """Fold case and white space, so that near-identical texts compare equal."""
    return " ".join(text.lower().split())


@dataclass(frozen=True)
class HeldOut:
    """Passages, questions and articles that must not be trained on."""

    passages: frozenset[str]
    questions: frozenset[str]
    articles: frozenset[str]

    @classmethod
    def read(cls, data: Path, evaluation: Path = HELD_OUT) -> HeldOut:
        """Collect them from the development sets under ``data`` and ``evaluation``."""
        passages: set[str] = set()
        questions: set[str] = set()
        for name in DEV_SETS:
            for row in read_rows(data / "qa" / f"{name}.dev.jsonl.xz"):
                passages.add(normal(row["context"]))
                questions.add(normal(row["question"]))
        articles: set[str] = set()
        for path in (*sorted(evaluation.glob("news_*.jsonl")), *evaluation.glob("xqa_*.jsonl")):
            for row in read_rows(path):
                questions.add(normal(row["question"]))
                if "article_id" in row:
                    articles.add(row["article_id"])
        return cls(frozenset(passages), frozenset(questions), frozenset(articles))

    def allows(self, example: Example) -> bool:
        """Say whether neither the passage nor the question of ``example`` is held out."""
        return (
            normal(example.passage) not in self.passages
            and normal(example.question) not in self.questions
        )
