"""Everything that decides the writer's weights, besides its start and its exercises."""

from __future__ import annotations

from dataclasses import dataclass

from training.summarizer.recipe import Recipe


@dataclass(frozen=True, slots=True)
class WriterRecipe(Recipe):
    """How a stage is run; ``batch``, ``passes``, ``evaluations`` and ``patience`` do not count.

    A step takes ``tokens`` of sources and replies, padding included. The stage ends after
    ``steps``, or after ``minutes`` on the clock, whichever comes first; the rate falls towards
    the end that is nearer. The encoder's lowest ``frozen`` layers stay as they are, and what it
    reads of the embeddings is not trained through them. The softmax is taken over ``candidates``
    pieces drawn anew for each step besides those wanted; 0 takes all. ``upper`` and
    ``embeddings`` are the shares of the rate that the encoder and the embeddings take. A share
    ``forgotten`` of what the reply has said so far is masked while it learns, so that it heeds
    the source rather than its own words.
    """

    tokens: int = 3_000
    steps: int = 100_000
    minutes: float = 60.0
    frozen: int = 6
    candidates: int = 4_000
    upper: float = 0.15
    embeddings: float = 0.1
    rate: float = 7e-4
    warm_up: float = 0.06
    label_smoothing: float = 0.0
    forgotten: float = 0.1
    train_embeddings: bool = True
    portion: int = 4_000
    save_minutes: float = 10.0
    examine_minutes: float = 15.0
    longest_source: int = 128
    longest_reply: int = 128

    def total(self, step: int, minutes: float) -> int:
        """Return the step at which the stage will end, foreseen from its pace so far."""
        done = max(step / self.steps, minutes / self.minutes)
        return max(step + 1, round(step / done)) if step and done else self.steps
