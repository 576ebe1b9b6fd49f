"""Whether a mention of the summary stands where the article has another: a small model.

A logistic function of how well the article's best mention that says the same, and its best that
says something else, fit the place. The weights shipped are round numbers set by hand. The
thresholds were set on 90 training articles of each set of summaries, people's own: at them 1 % of
their numbers, 3 % of their dates and 3 % of their names count as swapped, few of which are. The
weight of "across" moves each of them to a probability of 0.5 between two languages.
``python -m training.support swaps`` fits others on planted swaps.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from ringkas.types import Flag, Span
from summarizer.support.slots import Fit

Checked = Literal["number", "date", "name"]
WEIGHTS = Path(__file__).parent / "swaps.json"
FEATURES = (
    "around other", "around same", "beside other", "beside same", "sentence other",
    "sentence same", "aligned other", "aligned same", "gap other", "gap same", "alike", "across",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """A number, date or name of a summary's sentence, at ``[start, end)``, and what speaks for it.

    ``missing`` says that the article has it nowhere. Else ``same`` and ``other`` tell how well the
    article's best mentions that say the same and something else fit its place; ``alike`` tells
    whether the other looks like it, as two acronyms do. ``nearest`` is the other's place.
    """

    kind: Checked
    start: int
    end: int
    missing: bool
    same: Fit
    other: Fit
    alike: bool
    across: bool
    nearest: Span | None

    @property
    def features(self) -> tuple[float, ...]:
        """What the model looks at, in the order of ``FEATURES``."""
        pairs = zip(self.other, self.same, strict=True)
        fits = (value for pair in pairs for value in pair)
        return (*fits, float(self.alike), float(self.across))


@dataclass(frozen=True, slots=True)
class Model:
    """A logistic regression for one kind; above ``threshold`` an item counts as swapped."""

    weights: tuple[float, ...]
    bias: float
    threshold: float

    def probability(self, item: Item) -> float:
        """Return how likely it is, in [0, 1], that another value belongs in the item's place."""
        score = sum(w * x for w, x in zip(self.weights, item.features, strict=True))
        return 1 / (1 + math.exp(-(score + self.bias)))


_LEAST_SHOWN = 0.3
"""How surely a mention must fill the place to be shown as what the article says instead."""


def flagged(items: Iterator[Item]) -> Iterator[Flag]:
    """Yield a flag for each item that is missing from the article or swapped."""
    for item in items:
        if item.missing or is_swapped(item):
            near = item.other.around >= _LEAST_SHOWN or item.other.gap >= _LEAST_SHOWN
            shown = item.nearest if near else None
            yield Flag(item.kind, item.start, item.end, shown)


def is_swapped(item: Item) -> bool:
    """Tell whether the article has another value in the item's place."""
    if item.missing or item.nearest is None:
        return False
    model = models()[item.kind]
    return model.probability(item) > model.threshold


@cache
def models() -> dict[str, Model]:
    """Return the shipped models by kind."""
    stored = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return {
        kind: Model(tuple(one["weights"]), one["bias"], one["threshold"])
        for kind, one in stored.items()
    }
