"""Summaries keep to their length by whole sentences; none is ever cut."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ringkas.types import Span

# Sentences of an article that are read. Embedding them takes about 10 s on two cores; what lies
# beyond is left out of ``coverage``, and so said.
MOST_SENTENCES = 600

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


def visible(text: str) -> int:
    """Return the number of characters that are no white space."""
    return len("".join(text.split()))


def coverage(text: str, read: Sequence[Span]) -> float:
    """Return the share of a text's visible characters that the spans ``read`` hold."""
    whole = visible(text)
    return sum(visible(span.of(text)) for span in read) / whole if whole else 1.0


def halves(text: str, fits: Callable[[str], bool]) -> Iterator[str]:
    """Yield a text, or halves of halves of it that fit, cut at spaces where there are any."""
    if len(text) < 2 or fits(text):
        yield text
        return
    space = text.rfind(" ", 1, len(text) // 2 + 1)
    cut = space if space > 0 else len(text) // 2
    yield from halves(text[:cut], fits)
    yield from halves(text[cut:].lstrip(), fits)


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
