"""Thousands of articles into stories, and stories into affairs, by average linkage.

Single linkage chains: A is like B, B like C, and a month of politics becomes one story. Two
groups become one here only if all their pairs together are alike enough (UPGMA; Sokal and
Michener 1958). Only pairs that come near the measure are kept, so that the cost grows with
those and not with the square of the articles; every other pair counts as far away.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from ringkas.embedding.base import Vectors
from ringkas.types import Article
from summarizer.newsletters.copies import voices
from summarizer.same_story import NAMES_WEIGHT, Signs, least_score, margin, signs

# Set on one labelled day of Indonesian news (docs/evaluation/stories.md): the mean from which two
# groups are one story. A margin of 0 is the measure for two articles.
LEAST = -0.01
# Reports of one event come at most a day apart: all 22 pairs of one story among those labelled for
# tuning, and none of the 41 further apart. Each day more takes so much off a pair.
_CLOSE = 1
_PER_DAY = 0.02
# How far below the measure of one story two groups may be and still belong to one affair, which
# may last for weeks.
_LEAST_AFFAIR = -0.065
# What a pair counts that was not kept: as far below the measure as those that just were not.
_FAR = -0.1
_BLOCK = 512
_MOST_NEIGHBOURS = 200

Pairs = dict[tuple[int, int], float]


@dataclass(frozen=True, slots=True)
class Cluster:
    """One story: groups of articles' indices that print one text, and the affair's number."""

    voices: tuple[tuple[int, ...], ...]
    affair: int

    @property
    def members(self) -> tuple[int, ...]:
        """All articles' indices, voice by voice."""
        return tuple(index for voice in self.voices for index in voice)


def clusters(articles: Sequence[Article], vectors: Vectors) -> list[Cluster]:
    """Group articles into stories and those into affairs, each in order of its first article.

    Arguments:
        articles: the articles.
        vectors: of their leads. *Shape:* (len(articles), dimension), of length 1.
    """
    told = voices(articles)
    firsts = [voice[0] for voice in told]
    compared = [signs(articles[index]) for index in firsts]
    pairs = kept_pairs(vectors[firsts], compared)
    close = {
        (one, other): late_margin(above, compared[one], compared[other])
        for (one, other), above in pairs.items()
    }
    groups = average_linkage(len(told), close, LEAST)
    affairs = average_linkage(len(groups), between(groups, pairs), _LEAST_AFFAIR, groups)
    affair_of = {group: number for number, affair in enumerate(affairs) for group in affair}
    return [
        Cluster(tuple(tuple(told[voice]) for voice in group), affair_of[number])
        for number, group in enumerate(groups)
    ]


def kept_pairs(vectors: Vectors, compared: Sequence[Signs]) -> Pairs:
    """Return the margin of each pair that comes near the measure, the lower index first."""
    kept: Pairs = {}
    for one, other, cosine in _near(vectors, compared):
        above = margin(cosine, compared[one], compared[other])
        if above is not None and above > _FAR:
            kept[one, other] = above
    return kept


def late_margin(above: float, one: Signs, other: Signs) -> float:
    """Return a pair's margin less what the days between its articles cost."""
    if one.day is None or other.day is None:
        return above
    return above - _PER_DAY * max(0, abs((one.day - other.day).days) - _CLOSE)


def between(groups: Sequence[Sequence[int]], pairs: Pairs) -> Pairs:
    """Return how close groups are: the mean of the pairs between two, where any was kept."""
    group_of = {member: number for number, group in enumerate(groups) for member in group}
    above: dict[tuple[int, int], float] = defaultdict(float)
    for (one, other), value in pairs.items():
        first, second = sorted((group_of[one], group_of[other]))
        if first != second:
            above[first, second] += value - _FAR
    return {
        (one, other): _FAR + value / (len(groups[one]) * len(groups[other]))
        for (one, other), value in above.items()
    }


def _near(vectors: Vectors, compared: Sequence[Signs]) -> Iterator[tuple[int, int, float]]:
    """Yield pairs that could come near the measure if they shared all their names."""
    english = np.array([one.language == "en" for one in compared])
    across = least_score("id", "en") - least_score("id", "id")
    floor = least_score("id", "id") - NAMES_WEIGHT + _FAR
    for start in range(0, len(vectors), _BLOCK):
        cosines = vectors[start : start + _BLOCK] @ vectors.T
        raised = cosines - across * (english[start : start + _BLOCK, None] != english)
        for row, values in enumerate(raised):
            one = start + row
            for other in _highest(values, one, floor):
                yield one, other, float(cosines[row, other])


def _highest(values: Vectors, one: int, floor: float) -> list[int]:
    """Return the later places of the highest values, at most so many of them."""
    values = values[one + 1 :]
    above = np.flatnonzero(values >= floor)
    if len(above) > _MOST_NEIGHBOURS:
        above = above[np.argsort(-values[above], kind="stable")[:_MOST_NEIGHBOURS]]
    return [one + 1 + int(place) for place in np.sort(above)]


def average_linkage(
    count: int, pairs: Pairs, least: float, things: Sequence[Sequence[int]] = ()
) -> list[list[int]]:
    """Join the closest two groups until the mean of no two groups' pairs is ``least`` or more.

    Arguments:
        count: how many things to group.
        pairs: how close two of them are, the lower index first; every other pair is far.
        least: the mean from which two groups are joined.
        things: what each thing is a group of already; of itself without.

    Returns:
        The groups, each sorted, in order of their first members.
    """
    members = {index: [index] for index in range(count)}
    weight = dict(enumerate([len(thing) for thing in things] or [1] * count))
    near: dict[int, dict[int, float]] = defaultdict(dict)
    for (one, other), value in pairs.items():
        near[one][other] = near[other][one] = value
    heap = [(-value, one, other) for (one, other), value in pairs.items() if value >= least]
    heapq.heapify(heap)
    while heap:
        value, one, other = heapq.heappop(heap)
        if one not in members or other not in members or near[one].get(other) != -value:
            continue
        _join(one, other, members, weight, near)
        for third, mean in near[one].items():
            if mean >= least:
                heapq.heappush(heap, (-mean, min(one, third), max(one, third)))
    return sorted(members.values())


def _join(
    one: int,
    other: int,
    members: dict[int, list[int]],
    weight: dict[int, int],
    near: dict[int, dict[int, float]],
) -> None:
    """Make one group of two, under the first one's number."""
    members[one] = sorted(members[one] + members.pop(other))
    mine, others = near[one], near.pop(other)
    share = weight[other] / (weight[one] + weight[other])
    weight[one] += weight.pop(other)
    del mine[other], others[one]
    for third in mine.keys() | others.keys():
        mean = (1 - share) * mine.get(third, _FAR) + share * others.get(third, _FAR)
        mine[third] = near[third][one] = mean
        near[third].pop(other, None)
