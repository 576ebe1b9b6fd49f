"""The training loop: stages, one learning-rate schedule, resumable at every checkpoint."""

from __future__ import annotations

import json
import random
import signal
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer

from retrieval.span_model import compute_type
from retrieval.span_weights import read, read_manifest
from training.reader.data import STAGES
from training.reader.model import SpanReader, collate, span_loss
from training.reader.windows import Feature, batches, features


@dataclass(frozen=True)
class Recipe:
    """Everything that decides the weights, besides the data."""

    stage_examples: tuple[int, ...] = (16_000, 56_000, 0, 0)
    batch: int = 16
    peak: float = 2e-4
    head_peak: float = 5e-4
    layer_decay: float = 0.94
    weight_decay: float = 0.01
    warm_up: float = 0.04
    clip: float = 1.0
    seed: int = 20261123
    save_every: int = 150
    average_last: int = 3
    start: str | None = None  # the SHA-256 of the shipped weights that training began with

    @property
    def stage_steps(self) -> tuple[int, ...]:
        """The number of optimiser steps of each stage."""
        return tuple(count // self.batch for count in self.stage_examples)

    def rate(self, step: int) -> float:
        """Return the share of the peak learning rate at ``step``: linear up, then to zero."""
        total = sum(self.stage_steps)
        rise = max(1, int(self.warm_up * total))
        return min((step + 1) / rise, max(0.0, (total - step) / (total - rise)))


DECIDER_RECIPE = Recipe(stage_examples=(0, 0, 0, 9_600), peak=1e-4)
"""From the shipped reader to the decider; the head keeps its own rate."""


def train(
    data: Path,
    encoder: Path,
    out: Path,
    recipe: Recipe,
    device: str = "cpu",
    start: Path | None = None,
) -> Path:
    """Train, or carry on from the last checkpoint in ``out``; return the weights' path.

    Arguments:
        data: the data folder.
        encoder: the folder of the encoder to begin with.
        out: where checkpoints and the log go.
        recipe: what decides the weights.
        device: ``"cpu"`` or ``"cuda"``.
        start: a folder of shipped weights to begin with instead of the encoder's own layers.
    """
    out.mkdir(parents=True, exist_ok=True)
    _record(recipe, out)
    torch.manual_seed(recipe.seed)
    reader = SpanReader.from_folder(encoder)
    if start:
        reader.load_state_dict(read(start, read_manifest(start)), strict=False)
    reader = reader.to(device)
    optimizer = make_optimizer(reader, recipe)
    done = _resume(out / "checkpoint.pt", reader, optimizer)
    tokenizer = Tokenizer.from_file(str(encoder / "tokenizer.json"))
    total, log = sum(recipe.stage_steps), _Log(out / "loss.jsonl")
    stop = _stop_signal()
    reader.train()
    for step, items in _steps(data, tokenizer, recipe, done):
        loss = _update(reader, optimizer, items, recipe, step)
        log.add(step, loss, recipe.rate(step), len(items))
        stopped = stop.is_set()
        if stopped or (step + 1) % recipe.save_every == 0 or step + 1 == total:
            _save(out, reader, optimizer, step + 1, recipe)
        if stopped:
            raise SystemExit(f"stopped after step {step + 1} of {total}; run again to carry on")
    return _average(out, recipe)


def _record(recipe: Recipe, out: Path) -> None:
    """Note the recipe; refuse to carry on what another one began."""
    path, text = out / "recipe.json", json.dumps(asdict(recipe), indent=2)
    if (out / "checkpoint.pt").exists() and path.exists() and path.read_text() != text:
        raise SystemExit(f"{out} holds a run of another recipe (recipe.json): give another --out")
    path.write_text(text)


def _stop_signal() -> threading.Event:
    """Return an event that an interrupt sets, so that the step at hand is finished and saved."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    return stop


def make_optimizer(reader: SpanReader, recipe: Recipe) -> torch.optim.AdamW:
    """AdamW with lower learning rates for lower layers, to keep what they know of languages."""
    layers = reader.encoder.encoder.layer
    groups: list[dict[str, Any]] = [
        {"params": list(reader.head.parameters()), "peak": recipe.head_peak}
    ]
    for depth, layer in enumerate(layers):
        peak = recipe.peak * recipe.layer_decay ** (len(layers) - 1 - depth)
        groups.append({"params": list(layer.parameters()), "peak": peak})
    return torch.optim.AdamW(
        groups, lr=recipe.peak, betas=(0.9, 0.98), weight_decay=recipe.weight_decay, fused=True
    )


def _update(
    reader: SpanReader,
    optimizer: torch.optim.AdamW,
    items: list[Feature],
    recipe: Recipe,
    step: int,
) -> float:
    """Take one optimiser step on a batch and return its loss."""
    device = reader.head.weight.device
    ids, mask, allowed, answers = (part.to(device) for part in collate(items))
    dtype = compute_type(device)
    with torch.autocast(device.type, dtype=torch.bfloat16, enabled=dtype == torch.bfloat16):
        logits = reader(ids, mask)
    loss = span_loss(logits.float(), allowed, answers)
    optimizer.zero_grad(set_to_none=True)
    loss.backward()  # type: ignore[no-untyped-call]
    for group in optimizer.param_groups:
        group["lr"] = group["peak"] * recipe.rate(step)
    trained = [p for group in optimizer.param_groups for p in group["params"]]
    torch.nn.utils.clip_grad_norm_(trained, recipe.clip, foreach=True)
    optimizer.step()
    return float(loss.detach())


def _steps(
    data: Path, tokenizer: Tokenizer, recipe: Recipe, done: int
) -> Iterator[tuple[int, list[Feature]]]:
    """Yield ``(step, batch)`` from step ``done`` on; a stage is built only when reached."""
    first = 0
    for number, count in enumerate(recipe.stage_steps):
        if done < first + count:
            plan = _stage_batches(data, tokenizer, recipe, number, count)
            for step in range(max(done, first), first + count):
                yield step, plan[step - first]
        first += count


def _stage_batches(
    data: Path, tokenizer: Tokenizer, recipe: Recipe, number: int, count: int
) -> list[list[Feature]]:
    """Build the batches of one stage, going round its examples again where they run out."""
    plan: list[list[Feature]] = []
    turn = 0
    while len(plan) < count:
        seed = recipe.seed + 100 * number + turn
        rng = random.Random(seed)
        examples = STAGES[number](data, seed)
        plan += batches(features(tokenizer, examples, rng), recipe.batch, rng)
        turn += 1
    return plan[:count]


def _resume(path: Path, reader: SpanReader, optimizer: torch.optim.AdamW) -> int:
    if not path.exists():
        return 0
    saved = torch.load(path, map_location=reader.head.weight.device, weights_only=True)
    reader.load_state_dict(saved["reader"], strict=False)
    optimizer.load_state_dict(saved["optimizer"])
    return int(saved["step"])


def _save(
    out: Path, reader: SpanReader, optimizer: torch.optim.AdamW, step: int, recipe: Recipe
) -> None:
    """Write a checkpoint atomically, and keep its weights apart for the final average."""
    state = {"reader": reader.trained(), "optimizer": optimizer.state_dict(), "step": step}
    torch.save(state, out / "checkpoint.tmp")
    (out / "checkpoint.tmp").replace(out / "checkpoint.pt")
    torch.save(state["reader"], out / f"weights-{step:06d}.pt")
    for old in sorted(out.glob("weights-*.pt"))[: -recipe.average_last]:
        old.unlink()


def _average(out: Path, recipe: Recipe) -> Path:
    """Write the mean of the last checkpoints' weights."""
    paths = sorted(out.glob("weights-*.pt"))[-recipe.average_last :]
    parts = [torch.load(path, weights_only=True) for path in paths]
    mean = {name: torch.stack([part[name].float() for part in parts]).mean(0) for name in parts[0]}
    torch.save(mean, out / "reader.pt")
    return out / "reader.pt"


class _Log:
    """Loss averaged over twenty steps, one JSON line each."""

    def __init__(self, path: Path, every: int = 20) -> None:
        self._path, self._every = path, every
        self._losses: list[float] = []
        self._examples, self._since = 0, time.monotonic()

    def add(self, step: int, loss: float, rate: float, examples: int) -> None:
        """Note one step."""
        self._losses.append(loss)
        self._examples += examples
        if (step + 1) % self._every:
            return
        seconds = time.monotonic() - self._since
        line = {
            "step": step + 1,
            "loss": round(sum(self._losses) / len(self._losses), 4),
            "rate": round(rate, 4),
            "examples_per_second": round(self._examples / seconds, 2),
        }
        with self._path.open("a", encoding="utf-8") as log:
            log.write(json.dumps(line) + "\n")
        self._losses, self._examples, self._since = [], 0, time.monotonic()
