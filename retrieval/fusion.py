"""Two rankings made into one: by their scores, or by their ranks.

By scores (Bruch, Gai and Ingber, "An Analysis of Fusion Functions for Hybrid Retrieval", TOIS
2023), or by reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009), with weights.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import TypeVar

Item = TypeVar("Item", bound=Hashable)


def score_fusion(
    dense: Mapping[Item, float], lexical: Mapping[Item, float], weight: float
) -> list[tuple[Item, float]]:
    """Merge two rankings: an item's score is its cosine and ``weight`` times its BM25 score.

    An item that only the lexical search found is taken to be as near as the farthest that the
    dense search found; one that only the dense search found shares no words. Returns items with
    scores, best first; ties keep the order of first appearance.
    """
    farthest = min(dense.values(), default=0.0)
    scores = {
        item: dense.get(item, farthest) + weight * lexical.get(item, 0.0)
        for item in {**dense, **lexical}
    }
    return sorted(scores.items(), key=lambda pair: -pair[1])


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
