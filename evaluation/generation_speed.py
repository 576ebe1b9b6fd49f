"""How fast summaries are written: engines and number formats side by side, on one model.

The model has IndoBART's size and random weights: speed does not depend on what they mean. On one
thread processor time is measured, to which other programs on the machine hardly add.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from evaluation.report import Cell, Table
from ringkas.generation.seq2seq.base import Decoding, Engine, Reply

BASE, FAST = "transformers float32", "ctranslate2 int8"
EXACT = "ctranslate2 float32"
_PAD, _END = 1, 2
AIM = 4.0


@dataclass(frozen=True, slots=True)
class Size:
    """The size of a model; IndoBART's by default."""

    layers: int = 6
    width: int = 768
    vocabulary: int = 40_004


@dataclass(frozen=True, slots=True)
class Work:
    """So many sources at once, each of ``source`` tokens, and a reply of ``reply`` to each."""

    batch: int
    beams: int
    source: int = 400
    reply: int = 64

    @property
    def name(self) -> str:
        """The work in words."""
        search = "greedy" if self.beams == 1 else f"{self.beams} beams"
        return f"{self.batch} at once, {search}"

    @property
    def decoding(self) -> Decoding:
        """Every reply has the same length, whatever the weights."""
        return Decoding(beams=self.beams, max_tokens=self.reply, min_tokens=self.reply)

    def sources(self, vocabulary: int) -> list[list[int]]:
        """Return random sources, the same at every call."""
        random = Random(7)
        return [
            [random.randrange(260, vocabulary - 4) for _ in range(self.source - 1)] + [_END]
            for _ in range(self.batch)
        ]


WORKS = (Work(1, 1), Work(1, 4), Work(8, 1), Work(8, 4))


def random_model(size: Size) -> Any:
    """Return an MBart with random weights."""
    import torch
    from transformers import MBartConfig, MBartForConditionalGeneration

    torch.manual_seed(0)
    sides: dict[str, Any] = {
        f"{side}_{what}": value
        for side in ("encoder", "decoder")
        for what, value in (
            ("layers", size.layers),
            ("attention_heads", size.width // 64),
            ("ffn_dim", 4 * size.width),
        )
    }
    config = MBartConfig(
        vocab_size=size.vocabulary, d_model=size.width, scale_embedding=True,
        pad_token_id=_PAD, eos_token_id=_END, decoder_start_token_id=None, **sides,
    )  # fmt: skip
    return MBartForConditionalGeneration(config)


def engines(size: Size, folder: Path) -> dict[str, Engine]:
    """Return every engine over the same weights; ``folder`` takes those that are converted."""
    import copy

    import torch

    from ringkas.generation.seq2seq.conversion import convert
    from ringkas.generation.seq2seq.ctranslate2_engine import CTranslate2Engine
    from ringkas.generation.seq2seq.transformers_engine import TransformersEngine

    model = random_model(size)
    found: dict[str, Engine] = {}
    for precision in ("float32", "int8"):
        (folder / precision).mkdir()
        convert(copy.deepcopy(model), precision, folder / precision)
        found[f"ctranslate2 {precision}"] = CTranslate2Engine(
            folder / precision, precision, end=_END
        )
    small = copy.deepcopy(model).to(torch.bfloat16)
    ours: dict[str, Engine] = {
        BASE: TransformersEngine(model, pad=_PAD, end=_END),
        "transformers bfloat16": TransformersEngine(small, pad=_PAD, end=_END),
    }
    return ours | found


def compare(
    engines: Mapping[str, Engine],
    works: Sequence[Work],
    size: Size,
    rounds: int,
    clock: Callable[[], float] = time.perf_counter,
) -> tuple[dict[str, dict[str, float]], tuple[int, int]]:
    """Return tokens a second for each work and engine, and how many replies agree in float32.

    The engines take turns, so that what else the machine does meets all of them; each figure is
    the median of ``rounds`` after one to warm up. Seconds are those of ``clock``.
    """
    start = (size.vocabulary - 2, 0)
    speeds: dict[str, dict[str, float]] = {}
    same, total = 0, 0
    for work in works:
        sources = work.sources(size.vocabulary)
        seconds: dict[str, list[float]] = {name: [] for name in engines}
        replies: dict[str, list[Reply]] = {}
        for _ in range(1 + rounds):
            for name, engine in engines.items():
                begun = clock()
                replies[name] = engine.generate(sources, start, work.decoding)
                seconds[name].append(clock() - begun)
        tokens = work.batch * work.reply
        speeds[work.name] = {name: tokens / median(took[1:]) for name, took in seconds.items()}
        pairs = list(zip(replies[BASE], replies[EXACT], strict=True))
        same, total = same + sum(one == other for one, other in pairs), total + len(pairs)
    return speeds, (same, total)


def table(
    speeds: Mapping[str, Mapping[str, float]],
    same: tuple[int, int],
    size: Size,
    *,
    one_thread: bool = False,
) -> Table:
    """Return tokens a second, and how many times the base the fastest engine reaches."""
    names = list(next(iter(speeds.values())))
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (work, *(round(row[name], 1) for name in names), f"{row[FAST] / row[BASE]:.1f} x")
        for work, row in speeds.items()
    )
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    timed = "processor time on one thread" if one_thread else "elapsed time on all cores"
    note = (
        f"MBart with {size.layers} + {size.layers} layers, {size.width} wide, "
        f"{size.vocabulary:,} tokens; sources of {WORKS[0].source} tokens, replies of "
        f"{WORKS[0].reply}. Tokens a second of {timed}, higher is better; the last column is "
        f"{FAST} against {BASE}, aim {AIM:.0f} x. In float32 both engines wrote the same for "
        f"{same[0]} of {same[1]} sources. System load (1, 5, 15 minutes): {load}."
    )
    return Table("Tokens a second", ("work", *names, "int8 against float32"), rows, note)


def report(
    rounds: int,
    size: Size | None = None,
    works: Sequence[Work] = WORKS,
    *,
    one_thread: bool = False,
) -> Table:
    """Measure all engines on the works; about five minutes on two cores with three rounds."""
    size = size or Size()
    if one_thread:
        _use_one_thread()
    clock = time.process_time if one_thread else time.perf_counter
    with TemporaryDirectory() as folder:
        measured = compare(engines(size, Path(folder)), works, size, rounds, clock)
        return table(*measured, size, one_thread=one_thread)


def _use_one_thread() -> None:
    import torch

    torch.set_num_threads(1)
    os.environ["OMP_NUM_THREADS"] = "1"  # what ctranslate2 goes by
