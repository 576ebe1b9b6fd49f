"""The trained scorer of units: boosted regression trees, read from one small file.

The trees were grown by scikit-learn (``training/extractive``); here they are arrays, followed
with numpy alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ringkas.errors import ModelError
from ringkas.shipped import ShippedWeights

WEIGHTS = Path(__file__).resolve().parent / "weights" / "extractive"
_FILES = ShippedWeights(
    "the summarizer's weights",
    "extractive.safetensors",
    "extractive.json",
    "python -m training.extractive",
)
_LEAF = -1


@dataclass(frozen=True, slots=True)
class Scorer:
    """Trees whose leaves add up to a score.

    *Shapes:* each (trees, nodes). ``feature`` is the column a node looks at, -1 in a leaf; values
    up to ``threshold`` go ``left``, others ``right``; ``value`` is what a leaf adds to ``base``.
    """

    names: tuple[str, ...]
    base: float
    feature: NDArray[np.int16]
    threshold: NDArray[np.float32]
    left: NDArray[np.int16]
    right: NDArray[np.int16]
    value: NDArray[np.float32]

    def predict(self, names: Sequence[str], features: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return the score of each row of ``features``. *Shapes:* (n, len(names)) to (n,).

        Raises:
            ModelError: the features are not those that the trees were grown on.
        """
        if tuple(names) != self.names:
            raise ModelError(
                f"the summarizer's weights know {len(self.names)} features, other than the "
                f"{len(names)} that are computed. {_FILES.remedy}"
            )
        trees = np.arange(len(self.feature))
        node = np.zeros((len(features), len(trees)), np.int16)
        while (looked_at := self.feature[trees, node]).max(initial=_LEAF) > _LEAF:
            seen = np.take_along_axis(features, np.maximum(looked_at, 0).astype(np.int64), axis=1)
            below = seen <= self.threshold[trees, node]
            further = np.where(below, self.left[trees, node], self.right[trees, node])
            node = np.where(looked_at > _LEAF, further, node)
        summed = self.value[trees, node].astype(np.float64).sum(axis=1)
        return np.asarray(self.base + summed, np.float64)


@cache
def shipped() -> Scorer:
    """Return the scorer that Ringkas ships.

    Raises:
        ModelError: its files are missing or damaged.
    """
    return load(WEIGHTS)


def load(folder: Path) -> Scorer:
    """Return the scorer in ``folder``.

    Raises:
        ModelError: its files are missing, or are not what the manifest says.
    """
    from safetensors.numpy import load_file

    manifest = _FILES.about(folder)
    arrays = load_file(_FILES.verified(folder, manifest.get("sha256")))
    return Scorer(tuple(manifest["features"]), float(manifest["base"]), **arrays)


def save(scorer: Scorer, folder: Path, about: dict[str, Any]) -> None:
    """Write the scorer and a manifest that says what ``about`` says of it."""
    from safetensors.numpy import save_file

    arrays = {
        name: np.ascontiguousarray(getattr(scorer, name))
        for name in ("feature", "threshold", "left", "right", "value")
    }
    folder.mkdir(parents=True, exist_ok=True)
    save_file(arrays, folder / _FILES.weights)
    _FILES.record(folder, {**about, "base": scorer.base, "features": list(scorer.names)})
