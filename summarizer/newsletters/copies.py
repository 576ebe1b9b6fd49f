"""Wire copies among thousands of articles: one text in several outlets is one voice."""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations, pairwise

from ringkas.text.shingles import is_copy, shingles
from ringkas.types import Article

# Each article is known by the eighth of its shingles whose hash is a multiple of 8 (Manber 1994;
# Broder 1997). Of 587 planted copies that are like their originals throughout, so all were found;
# by a sixteenth, 579.
_KEPT = 8
_FEWEST_SHARED = 2
# A run of words in more articles than this is an outlet's standing phrase; and texts so alike are
# also compared with those before and after them in its list, so that many copies stay together.
_MOST_HOLDERS = 40


def voices(articles: Sequence[Article]) -> list[list[int]]:
    """Return the articles' indices grouped by text, in the order of their first members."""
    runs = cache(lambda index: shingles(articles[index].text))
    group_of = list(range(len(articles)))

    def root(index: int) -> int:
        while group_of[index] != index:
            group_of[index] = group_of[group_of[index]]
            index = group_of[index]
        return index

    for one, other in _candidates(articles):
        if root(one) != root(other) and is_copy(runs(one), runs(other)):
            first, second = sorted((root(one), root(other)))
            group_of[second] = first
    groups: dict[int, list[int]] = defaultdict(list)
    for index in range(len(articles)):
        groups[root(index)].append(index)
    return list(groups.values())


def _candidates(articles: Sequence[Article]) -> Iterator[tuple[int, int]]:
    """Yield pairs that share some of the shingles kept, in order."""
    holders: dict[int, list[int]] = defaultdict(list)
    for index, article in enumerate(articles):
        for kept in _sketch(article.text):
            holders[kept].append(index)
    shared: Counter[tuple[int, int]] = Counter()
    for listed in holders.values():
        near = listed if len(listed) <= _MOST_HOLDERS else []
        shared.update(combinations(near, 2))
        if not near:
            shared.update(pairwise(listed))
    yield from sorted(pair for pair, count in shared.items() if count >= _FEWEST_SHARED)


def _sketch(text: str) -> set[int]:
    hashed = (zlib.crc32(" ".join(run).encode()) for run in shingles(text))
    return {value for value in hashed if value % _KEPT == 0}
