"""Everything that decides the weights, besides the model and the data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a model is trained.

    ``batch`` pairs make a step. ROUGE is measured on the pairs held out ``evaluations`` times a
    pass over the data (0.5: every second pass); training stops early after ``patience`` of them
    in a row without a better one. ``rate`` is the highest learning rate: it rises over the share
    ``warm_up`` of all steps, then falls to zero. With ``train_embeddings`` off, words keep their
    vectors: less to learn, and faster. With a ``lora`` of some rank, only low-rank changes to the
    other matrices are learnt (Hu et al., 2021); 0 trains all weights.
    """

    passes: int = 5
    batch: int = 16
    rate: float = 5e-5
    warm_up: float = 0.06
    weight_decay: float = 0.01
    label_smoothing: float = 0.1
    clip: float = 1.0
    evaluations: float = 2.0
    patience: int = 3
    train_embeddings: bool = False
    lora: int = 0
    seed: int = 20261123

    def rate_at(self, step: int, total: int) -> float:
        """Return the learning rate at ``step`` of ``total``."""
        rise = max(1, int(self.warm_up * total))
        share = min((step + 1) / rise, max(0.0, (total - step) / max(1, total - rise)))
        return self.rate * share
