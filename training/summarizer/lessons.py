"""Pairs as a model sees them in training: token ids, framed as in use."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ringkas.generation.seq2seq import Codec
from ringkas.text.language import detect_language
from training.summarizer.data import Pair, TrainingError

# Batches are cut from runs of this many batches' worth of pairs, sorted by length: little is
# padded, and chance still decides what meets.
_SORTED_TOGETHER = 32


@dataclass(frozen=True, slots=True)
class Lesson:
    """One pair in ids. ``reply`` ends with the end token; ``start`` is given, never learnt."""

    source: tuple[int, ...]
    start: tuple[int, ...]
    reply: tuple[int, ...]

    @property
    def length(self) -> int:
        """What it costs, in tokens."""
        return len(self.source) + len(self.reply)


def lessons_of(pairs: Sequence[Pair], codec: Codec) -> tuple[list[Lesson], int]:
    """Return the pairs in ids, and how many texts were too long to be read whole.

    Of those only the beginning is read, as far as the model's window reaches.

    Raises:
        TrainingError: the model cannot write a pair's language, or not so long a summary.
    """
    lessons: list[Lesson] = []
    cut = 0
    for pair in pairs:
        if pair.language not in codec.dialect.languages:
            raise TrainingError(
                f"'{codec.checkpoint.name}' writes {sorted(codec.dialect.languages)}, and the "
                f"data has summaries in '{pair.language}'. Name what it is to write: --language"
            )
        text, shortened = beginning(pair.text, codec.tokens, codec.window)
        cut += shortened
        lessons.append(_lesson(text, pair, codec))
    return lessons, cut


def _lesson(text: str, pair: Pair, codec: Codec) -> Lesson:
    start = codec.dialect.starts[pair.language]
    reply = (*codec.body(codec.plain(pair.summary)), codec.checkpoint.end)
    limit = codec.dialect.reply_limit
    if limit is not None and len(start) + len(reply) > limit:
        raise TrainingError(
            f"a summary has {len(reply)} tokens, and '{codec.checkpoint.name}' writes at most "
            f"{limit - len(start)}: {pair.summary[:60]!r}..."
        )
    return Lesson(tuple(codec.encode(text, detect_language(text))), start, reply)


def beginning(text: str, tokens: Callable[[str], int], room: int) -> tuple[str, bool]:
    """Return as many whole words from the beginning as the room holds, and whether some lack."""
    if tokens(text) <= room:
        return text, False
    words = text.split()
    fits, over = 0, len(words)
    while over - fits > 1:
        middle = (fits + over) // 2
        if tokens(" ".join(words[:middle])) <= room:
            fits = middle
        else:
            over = middle
    return " ".join(words[:fits]), True


def batches(lessons: Sequence[Lesson], size: int, seed: int) -> list[list[Lesson]]:
    """Return one pass over the lessons in batches of like lengths, in an order of its own."""
    chance = random.Random(seed)
    order = chance.sample(range(len(lessons)), len(lessons))
    run = _SORTED_TOGETHER * size
    found: list[list[Lesson]] = []
    for begin in range(0, len(order), run):
        together = sorted(order[begin : begin + run], key=lambda place: lessons[place].length)
        found += [
            [lessons[place] for place in together[first : first + size]]
            for first in range(0, len(together), size)
        ]
    chance.shuffle(found)
    return found
