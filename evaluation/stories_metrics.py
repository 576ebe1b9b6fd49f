"""How well groups of articles match the labelled ones."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from evaluation.metrics import mean

Groups = Mapping[str, Hashable]


@dataclass(frozen=True, slots=True)
class Score:
    """Precision and recall, each in [0, 1], and their harmonic mean."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """``2 P R / (P + R)``, 0 where both are 0."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def numbered(groups: Iterable[Sequence[str]]) -> dict[str, int]:
    """Return the number of each item's group."""
    return {key: number for number, group in enumerate(groups) for key in group}


def b_cubed(gold: Groups, found: Groups, of: Iterable[str] | None = None) -> Score:
    """Return B-cubed precision and recall (Bagga and Baldwin 1998).

    For one item, precision is the share of its group's items that belong with it, recall the
    share of those that belong with it that are in its group; both are means over the items.

    Arguments:
        gold: the right group of each item.
        found: the group each item was put in.
        of: the items to average over; all without.
    """
    right, put = _members(gold), _members(found)
    items = list(gold if of is None else of)
    shared = {key: len(right[gold[key]] & put[found[key]]) for key in items}
    return Score(
        mean(shared[key] / len(put[found[key]]) for key in items),
        mean(shared[key] / len(right[gold[key]]) for key in items),
    )


def in_company(gold: Groups, found: Groups) -> list[str]:
    """Return the items that are not alone in one of the two groupings."""
    right, put = _members(gold), _members(found)
    return [key for key in gold if len(right[gold[key]]) > 1 or len(put[found[key]]) > 1]


def weighted(told: Iterable[tuple[bool, bool, float]]) -> Score:
    """Return precision and recall of (labelled, found, weight)."""
    listed = list(told)
    hits = sum(weight for same, found, weight in listed if same and found)
    found_all = sum(weight for _, found, weight in listed if found)
    same_all = sum(weight for same, _, weight in listed if same)
    return Score(hits / found_all if found_all else 0.0, hits / same_all if same_all else 0.0)


def _members(groups: Groups) -> dict[Hashable, set[str]]:
    members: dict[Hashable, set[str]] = {}
    for key, group in groups.items():
        members.setdefault(group, set()).add(key)
    return members
