"""Fits the model that tells a swapped number, date or name: see ``summarizer/support/swaps.py``.

Swaps are planted into the training rows' summaries, extracted and rewritten sentences, and
translated sentences; what was not planted counts as right.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from random import Random

import numpy as np

from evaluation.planting import plant
from evaluation.support import Case, cases
from ringkas.embedding import Embedder
from summarizer.support.checking import gather, items
from summarizer.support.source import source_of
from summarizer.support.swaps import FEATURES, Item

FALSE_ALARMS = {"number": 0.006, "date": 0.006, "name": 0.008}
"""The share of right numbers, dates and names that a threshold lets through as swapped."""

Examples = dict[str, list[tuple[tuple[float, ...], bool, str]]]


def fit(data: Path, embedder: Embedder, limit: int, out: Path) -> None:
    """Fit a model for each kind on ``limit`` articles a set, and write them to ``out``."""
    stored = {}
    for kind, examples in collect(cases(data, limit, "train"), embedder).items():
        stored[kind] = _fitted(kind, examples)
    out.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


def collect(found: Iterator[Case], embedder: Embedder) -> Examples:
    """Return each kind's features, with whether the item was planted, and in which set."""
    examples: Examples = defaultdict(list)
    for case in found:
        source = source_of(case.article, embedder)
        random = Random(case.article.id + case.sentences[0])
        for sentence in case.sentences:
            for item in _compared(items(gather(sentence, source, english=case.english))):
                examples[item.kind].append((item.features, False, case.set))
            for planted in plant(sentence, *case.known, case.english, random):
                if planted.kind not in ("number", "date", "name") or planted.origin != "same":
                    continue
                for item in _compared(items(gather(planted.text, source, english=case.english))):
                    if item.start < planted.end and planted.start < item.end:
                        examples[item.kind].append((item.features, True, case.set))
    return examples


def _compared(found: Iterator[Item]) -> Iterator[Item]:
    return (item for item in found if not item.missing and item.nearest is not None)


def _fitted(kind: str, examples: list[tuple[tuple[float, ...], bool, str]]) -> dict[str, object]:
    from sklearn.linear_model import LogisticRegression

    features = np.array([example[0] for example in examples])
    planted = np.array([example[1] for example in examples])
    model = LogisticRegression(C=10.0, max_iter=1000, class_weight="balanced")
    model.fit(features, planted)
    chances = model.predict_proba(features)[:, 1]
    threshold = float(np.quantile(chances[~planted], 1 - FALSE_ALARMS[kind]))
    found = float((chances[planted] > threshold).mean())
    print(f"{kind}: {planted.sum()} planted, {(~planted).sum()} right, found {found:.3f}")
    weights = dict(zip(FEATURES, model.coef_[0].round(3), strict=True))
    print("  ", weights)
    return {
        "weights": [float(weight) for weight in model.coef_[0].round(4)],
        "bias": round(float(model.intercept_[0]), 4),
        "threshold": round(threshold, 4),
    }
