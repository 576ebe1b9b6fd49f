"""Growing the trees: boosted regression on what share of a unit the reference repeats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from summarizer.features import Features
from summarizer.scorer import Scorer

# What a set's units count: IndoSum has four times the articles of the next one. With the titles
# made of its addresses, which are worse than real ones, it counts less.
WEIGHTS = {"indosum.train": 0.7, "detik.train": 3.0, "cnndm.train": 1.8, "inshorts.train": 0.8}
SLUG_WEIGHT = 0.4
# Chosen on held-out folds. More trees or leaves fit the training folds alone.
_GROWTH: dict[str, Any] = {
    "max_iter": 300,
    "learning_rate": 0.05,
    "max_leaf_nodes": 12,
    "min_samples_leaf": 40,
    "l2_regularization": 1.0,
    "random_state": 0,
    "early_stopping": False,
}


@dataclass(frozen=True)
class Lesson:
    """One example as numbers. *Shapes:* ``features`` (n, features), the others (n,)."""

    features: Features
    shares: NDArray[np.float64]
    weights: NDArray[np.float64]


def grow(lessons: Sequence[Lesson], names: Sequence[str]) -> Scorer:
    """Return the scorer grown on the lessons."""
    from sklearn.ensemble import HistGradientBoostingRegressor

    model = HistGradientBoostingRegressor(**_GROWTH)
    model.fit(
        np.concatenate([lesson.features for lesson in lessons]),
        np.concatenate([lesson.shares for lesson in lessons]),
        sample_weight=np.concatenate([lesson.weights for lesson in lessons]),
    )
    return packed(model, names)


def packed(model: Any, names: Sequence[str]) -> Scorer:
    """Return scikit-learn's trees as arrays, the shorter ones filled up with unused leaves."""
    grown = [trees[0].nodes for trees in model._predictors]
    shape = (len(grown), max(map(len, grown)))
    feature = np.full(shape, -1, np.int16)
    left, right = np.zeros(shape, np.int16), np.zeros(shape, np.int16)
    threshold, value = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
    for tree, nodes in enumerate(grown):
        count = len(nodes)
        inner = nodes["is_leaf"] == 0
        feature[tree, :count] = np.where(inner, nodes["feature_idx"], -1)
        threshold[tree, :count] = np.where(inner, _rounded_down(nodes["num_threshold"]), 0)
        left[tree, :count], right[tree, :count] = nodes["left"], nodes["right"]
        value[tree, :count] = np.where(inner, 0, nodes["value"])
    base = float(np.ravel(model._baseline_prediction)[0])
    return Scorer(tuple(names), base, feature, threshold, left, right, value)


def _rounded_down(thresholds: NDArray[np.float64]) -> NDArray[np.float32]:
    """Return the largest float32 not above: what a float32 is compared with, ends as before."""
    rounded = thresholds.astype(np.float32)
    return np.where(rounded > thresholds, np.nextafter(rounded, np.float32(-np.inf)), rounded)
