"""Summaries by a scorer, measured on examples; and the search for how to choose the units."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import fmean

from summarizer.extractive import fill
from summarizer.scoring import Scored, Weights
from training.extractive.data import Example

MAX_WORDS = 60

Rouge = tuple[float, float, float]
Chooser = Callable[["Rated"], Sequence[int]]

# What is tried of each weight; the weights not named were set for readability.
GRID: Mapping[str, Sequence[float]] = {
    "expected": (0.35, 0.42, 0.5, 0.6, 0.75, 1.0),
    "redundancy": (0.0, 0.2, 0.4, 0.6, 0.8),
    "following": (0.0, 0.03, 0.06, 0.1),
}
# A change must raise the mean of the sets' ROUGE by more, or it is noise.
_LEAST_RISE = 0.0003


@dataclass(frozen=True)
class Rated:
    """An example with the worth of its units by a scorer that never saw it."""

    example: Example
    scored: Scored

    @property
    def words(self) -> list[int]:
        """The words of each unit."""
        return [unit.words for unit in self.example.units]


def by_worth(rated: Rated) -> Sequence[int]:
    """Choose as the summarizer does."""
    return fill(rated.scored, rated.words, MAX_WORDS)


def by_place(rated: Rated) -> Sequence[int]:
    """Choose the first units while they fit; at least one."""
    left = MAX_WORDS - rated.words[0]
    last = 1
    while last < len(rated.words) and rated.words[last] <= left:
        left -= rated.words[last]
        last += 1
    return range(last)


def rouge(examples: Iterable[Rated], choose: Chooser) -> dict[str, Rouge]:
    """Return the means of ROUGE-1, 2 and L by set."""
    reached: dict[str, list[Rouge]] = {}
    for rated in examples:
        example = rated.example
        chosen = sorted(choose(rated))
        score = example.target.score(example.tokens[index] for index in chosen)
        reached.setdefault(example.set, []).append(score)
    return {
        name: (
            fmean(s[0] for s in scores),
            fmean(s[1] for s in scores),
            fmean(s[2] for s in scores),
        )
        for name, scores in reached.items()
    }


def search(examples: Sequence[Rated], start: Weights) -> Weights:
    """Return the best weights found by trying one after the other, twice over."""
    best = start
    reached = _worth(examples, best)
    print(f"{reached:.4f}  as they are", flush=True)
    for name, values in [*GRID.items()] * 2:
        for value in values:
            tried = replace(best, **{name: value})
            found = _worth(examples, tried)
            print(f"{found:.4f}  {name} {value:g}", flush=True)
            if found > reached + _LEAST_RISE:
                best, reached = tried, found
    return best


def _worth(examples: Sequence[Rated], weights: Weights) -> float:
    """Return the mean over the sets, each set's over the three measures."""
    weighed = [Rated(one.example, replace(one.scored, weights=weights)) for one in examples]
    return fmean(fmean(means) for means in rouge(weighed, by_worth).values())
