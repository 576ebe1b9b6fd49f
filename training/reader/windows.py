"""Examples as token ids: ``<s> question </s></s> [title \\n] passage </s>``, cut to a window."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from retrieval.spans import CLS, MAX_SENTENCE_TOKENS, SEP
from training.reader.examples import Example

if TYPE_CHECKING:
    from tokenizers import Tokenizer

MAX_QUESTION = 64
WINDOW_TOKENS = (180, 180, 180, 256)
"""Window lengths to draw from in training: mostly short, since length is what costs time."""


@dataclass(frozen=True, slots=True)
class Feature:
    """Token ids with the answer's first and last token; both 0, at ``<s>``, for no answer."""

    ids: list[int]
    first_passage: int
    start: int
    end: int


def features(
    tokenizer: Tokenizer, examples: Sequence[Example], rng: random.Random
) -> list[Feature]:
    """Tokenise ``examples`` and cut each to one random window that holds its answer."""
    questions = tokenizer.encode_batch([e.question for e in examples], add_special_tokens=False)
    shown = [f"{e.title}\n{e.passage}" if e.title else e.passage for e in examples]
    passages = tokenizer.encode_batch(shown, add_special_tokens=False)
    found = []
    for example, question, passage in zip(examples, questions, passages, strict=True):
        shift = len(example.title) + 1 if example.title else 0
        feature = _feature(example, question.ids, passage.ids, passage.offsets, shift, rng)
        if feature is not None:
            found.append(feature)
    return found


def _feature(
    example: Example,
    question: list[int],
    passage: list[int],
    offsets: list[tuple[int, int]],
    shift: int,
    rng: random.Random,
) -> Feature | None:
    lead = next((i for i, (_, end) in enumerate(offsets) if end > shift), len(offsets))
    title, body, offsets = passage[:lead], passage[lead:], offsets[lead:]
    question = question[:MAX_QUESTION]
    start, end = token_span(offsets, example.start + shift, example.end + shift)
    if not example.answerable:
        start = end = -1
    elif start < 0 or end - start >= MAX_SENTENCE_TOKENS:
        return None
    room = rng.choice(WINDOW_TOKENS) - len(question) - len(title) - 4
    first, last = _cut(len(body), start, end, room, rng)
    ids = [CLS, *question, SEP, SEP, *title, *body[first:last], SEP]
    base = 3 + len(question) + len(title)
    if start < 0:
        return Feature(ids, base, 0, 0)
    return Feature(ids, base, base + start - first, base + end - first)


def token_span(offsets: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    """Return the first and last token that overlap ``start:end``, or ``(-1, -1)``."""
    inside = [i for i, (a, b) in enumerate(offsets) if a < end and b > start]
    return (inside[0], inside[-1]) if inside else (-1, -1)


def _cut(size: int, start: int, end: int, room: int, rng: random.Random) -> tuple[int, int]:
    """Draw a window of at most ``room`` tokens out of ``size``, around ``start..end``."""
    if size <= room:
        return 0, size
    if start < 0:
        first = rng.randint(0, size - room)
    else:
        first = rng.randint(max(0, end + 1 - room), max(0, min(start, size - room)))
    return first, first + room


def batches(
    items: Sequence[Feature], size: int, rng: random.Random, pool: int = 64
) -> list[list[Feature]]:
    """Shuffle, then group features of like length into batches of ``size``."""
    order = list(items)
    rng.shuffle(order)
    found = []
    for start in range(0, len(order), size * pool):
        chunk = sorted(order[start : start + size * pool], key=lambda item: len(item.ids))
        groups = [chunk[i : i + size] for i in range(0, len(chunk), size)]
        rng.shuffle(groups)
        found.extend(groups)
    return found
