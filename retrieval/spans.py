"""Windows over a passage's tokens, and the best answer spans in their logits. No model here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

CLS, PAD, SEP = 0, 1, 2
"""Ids of ``<s>``, ``<pad>`` and ``</s>`` in the XLM-R vocabulary."""

MAX_ANSWER_TOKENS = 30
"""The longest answer, in tokens; 99 of 100 answers in the training sets are shorter."""

MAX_SENTENCE_TOKENS = 64
"""The longest sentence that decides a yes/no question: as long as the reader was taught to find."""

_IMPOSSIBLE = -1e9
_PAIRS = {")": "(", "]": "[", "”": "“", "’": "‘"}
_EDGES = " \t\r\n,;:"

Logits = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class PassageText:
    """A passage to read, and the title shown to the reader before it."""

    text: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class SpanScore:
    """A candidate answer: ``passage.text[start:end]``, with its logit and that of "no answer"."""

    start: int
    end: int
    score: float
    null_score: float

    @property
    def margin(self) -> float:
        """How far the span is above "no answer"; the quantity that thresholds apply to."""
        return self.score - self.null_score


@dataclass(frozen=True, slots=True)
class Window:
    """One model input: a question and a run of a passage's tokens.

    ``ids`` holds the whole input; tokens ``first .. first + len(offsets) - 1`` are the passage's,
    and ``offsets`` their character ranges in the passage's text.
    """

    owner: int
    ids: list[int]
    first: int
    offsets: list[tuple[int, int]]


def windows(
    owner: int,
    question: list[int],
    title: list[int],
    passage: list[int],
    offsets: list[tuple[int, int]],
    size: int,
    overlap: int,
) -> Iterator[Window]:
    """Cut a passage into overlapping windows of at most ``size`` tokens, question included.

    Arguments: token ids of the question, the title and the passage, without special tokens, and
    the ``(start, end)`` characters of each passage token.
    """
    lead = [CLS, *question, SEP, SEP, *title]
    room = max(size - len(lead) - 1, 2 * overlap)
    start = 0
    while True:
        stop = min(start + room, len(passage))
        yield Window(
            owner, [*lead, *passage[start:stop], SEP], len(lead), list(offsets[start:stop])
        )
        if stop == len(passage):
            return
        start = stop - overlap


def best_spans(
    logits: Logits, window: Window, text: str, top: int, longest: int = MAX_ANSWER_TOKENS
) -> list[SpanScore]:
    """Return the ``top`` best spans of one window, best first, none overlapping another.

    A span lies within one paragraph and has at most ``longest`` tokens.

    *Shape:* logits (tokens, 2), start and end, for at least the window's tokens.
    """
    count = len(window.offsets)
    if not count:
        return []
    inside = logits[window.first : window.first + count]
    null = float(logits[0].sum())
    scores = span_matrix(inside[:, 0], inside[:, 1], paragraphs(text, window.offsets), longest)
    order = np.argsort(-scores, axis=None, kind="stable")[: 20 * top]
    found: list[SpanScore] = []
    for place in order.tolist():
        begin, length = divmod(place, scores.shape[1])
        if scores[begin, length] <= _IMPOSSIBLE / 2:
            break
        first, last = window.offsets[begin][0], window.offsets[begin + length][1]
        start, end = trim(text, first, last)
        score = SpanScore(start, end, float(scores[begin, length]), null)
        if start < end and not any(overlap(score, other) for other in found):
            found.append(score)
        if len(found) == top:
            break
    return found


def span_matrix(
    starts: Logits, ends: Logits, groups: NDArray[np.int64], longest: int = MAX_ANSWER_TOKENS
) -> Logits:
    """Add start and end logits for every span inside one group.

    *Shapes:* starts, ends, groups (tokens,); result (tokens, longest), where row i, column j
    stands for the span of tokens i to i + j.
    """
    width = min(longest, len(starts))
    places = np.arange(len(starts))[:, None] + np.arange(width)[None, :]
    beyond = places >= len(starts)
    places = np.minimum(places, len(starts) - 1)
    total: Logits = (starts[:, None] + ends[places]).astype(np.float32)
    total[beyond | (groups[places] != groups[:, None])] = _IMPOSSIBLE
    return total


def paragraphs(text: str, offsets: Sequence[tuple[int, int]]) -> NDArray[np.int64]:
    """Return the number of the paragraph that each token's last character stands in."""
    breaks = np.array([match.start() for match in re.finditer(r"\n", text)], dtype=np.int64)
    ends = np.array([end - 1 for _, end in offsets], dtype=np.int64)
    return np.searchsorted(breaks, ends).astype(np.int64)


def overlap(one: SpanScore, other: SpanScore) -> bool:
    """Say whether two spans share a character."""
    return one.start < other.end and other.start < one.end


def merge(candidates: Sequence[SpanScore], top: int) -> list[SpanScore]:
    """Keep the ``top`` spans by margin that do not overlap, from all windows of a passage."""
    kept: list[SpanScore] = []
    for span in sorted(candidates, key=lambda span: -span.margin):
        if len(kept) < top and not any(overlap(span, other) for other in kept):
            kept.append(span)
    return kept


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Drop white space, commas, unmatched brackets or quotes, and a stop after a bracket."""
    while start < end:
        first, last, inner = text[start], text[end - 1], text[start:end]
        if first in _EDGES or (first in _PAIRS and inner.count(_PAIRS[first]) == 0):
            start += 1
        elif last in _EDGES or inner.endswith(").") or _closes_nothing(last, inner):
            end -= 1
        elif _opens_nothing(first, inner):
            start += 1
        else:
            break
    return start, end


def _closes_nothing(last: str, inner: str) -> bool:
    if last == '"':
        return inner.count('"') % 2 == 1
    return last in _PAIRS and inner.count(_PAIRS[last]) < inner.count(last)


def _opens_nothing(first: str, inner: str) -> bool:
    if first == '"':
        return inner.count('"') % 2 == 1
    closing = {opening: close for close, opening in _PAIRS.items()}
    return first in closing and inner.count(closing[first]) < inner.count(first)
