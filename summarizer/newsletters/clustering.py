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

# How far below the measure of one story two groups may be and still belong to one affair.
_AFFAIR = 0.04
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
    if not told:
        return []
    firsts = [voice[0] for voice in told]
    pairs = kept_pairs(vectors[firsts], [signs(articles[index]) for index in firsts])
    groups, left = average_linkage(len(told), pairs, 0.0)
    affairs, _ = average_linkage(len(groups), left, -_AFFAIR, [len(group) for group in groups])
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
    count: int, pairs: Pairs, least: float, sizes: Sequence[int] = ()
) -> tuple[list[list[int]], Pairs]:
    """Join the closest two groups until the mean of no two groups' pairs is ``least`` or more.

    Arguments:
        count: how many things to group.
        pairs: how close two of them are, the lower index first; every other pair is far.
        least: the mean from which two groups are joined.
        sizes: how many each thing stands for; 1 without.

    Returns:
        The groups, each sorted, in order of their first members, and how close those are.
    """
    members = {index: [index] for index in range(count)}
    weight = dict(enumerate(sizes or [1] * count))
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
    return _in_order(members, near)


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


def _in_order(
    members: dict[int, list[int]], near: dict[int, dict[int, float]]
) -> tuple[list[list[int]], Pairs]:
    order = sorted(members, key=lambda key: members[key][0])
    place = {key: number for number, key in enumerate(order)}
    left = {
        (place[one], place[other]): value
        for one in order
        for other, value in near.get(one, {}).items()
        if place[one] < place[other]
    }
    return [members[key] for key in order], left
