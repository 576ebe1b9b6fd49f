"""Summaries keep to their length by whole sentences; none is ever cut."""

from __future__ import annotations

from collections.abc import Sequence

# A first sentence that is longer than all the words asked for is still shown alone; one that is
# longer than this was written by a model that has lost its way.
_SPARE_WORDS = 15


# Beyond the words asked for, a model may write as many again, which may stand in for sentences
# that are dropped, and something around them; then it is stopped.
_ENOUGH, _AROUND = 2, 40


def words_of(text: str) -> int:
    """Return the number of words; bullets and dashes are none."""
    return sum(any(map(str.isalnum, word)) for word in text.split())


def is_enough(reply: str, max_words: int) -> bool:
    """Return whether a model has written more than anybody will read."""
    return words_of(reply) > _ENOUGH * max_words + _AROUND


def fitting(sentences: Sequence[str], max_words: int) -> list[str]:
    """Return the first sentences that have at most ``max_words`` words together.

    A first one that alone has more is returned by itself, unless it has more than twice as many.
    """
    kept: list[str] = []
    left = max_words
    for sentence in sentences:
        words = words_of(sentence)
        if words > left and (kept or words > 2 * max_words + _SPARE_WORDS):
            break
        kept.append(sentence)
        left -= words
    return kept
