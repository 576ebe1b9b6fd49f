"""Reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009), with weights."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

Item = TypeVar("Item", bound=Hashable)


def reciprocal_rank_fusion(
    rankings: Sequence[Sequence[Item]],
    weights: Sequence[Callable[[Item], float]],
    k: int,
) -> list[tuple[Item, float]]:
    """Merge rankings: an item's score is the sum of ``weight(item) / (k + rank)``, rank from 1.

    ``weights[i]`` weighs an item in ``rankings[i]``. Returns items with scores, best first; ties
    keep the order of first appearance.
    """
    scores: dict[Item, float] = {}
    for ranking, weight in zip(rankings, weights, strict=True):
        for rank, item in enumerate(ranking, start=1):
            scores[item] = scores.get(item, 0.0) + weight(item) / (k + rank)
    return sorted(scores.items(), key=lambda pair: -pair[1])
