"""The course of a run: one JSON line for every few steps and every evaluation."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_EVERY = 10


class Log:
    """A file of JSON lines that a resumed run carries on.

    Arguments:
        path: the file; lines after ``step``, which a killed run has left, are dropped.
        step: where the run stands.
    """

    def __init__(self, path: Path, step: int) -> None:
        self._path = path
        lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
        kept = [line for line in lines if json.loads(line)["step"] <= step and step]
        path.write_text("".join(f"{line}\n" for line in kept), encoding="utf-8")
        self._losses: list[float] = []
        self._tokens, self._since = 0, time.monotonic()

    def step(self, step: int, loss: float, tokens: int) -> str:
        """Note one step; return a line to show now and then, else nothing."""
        self._losses.append(loss)
        self._tokens += tokens
        if step % _EVERY:
            return ""
        mean = sum(self._losses) / len(self._losses)
        pace = self._tokens / (time.monotonic() - self._since)
        self._write({"step": step, "loss": round(mean, 4), "tokens_per_second": round(pace, 1)})
        self._losses, self._tokens, self._since = [], 0, time.monotonic()
        return f"loss {mean:.3f}, {pace:,.0f} tokens a second"

    def scores(self, step: int, scores: Mapping[str, float]) -> None:
        """Note one evaluation; its time is not training time."""
        values = {name: round(value, 4) for name, value in scores.items()}
        self._write({"step": step, **values})
        self._losses, self._tokens, self._since = [], 0, time.monotonic()

    def _write(self, line: dict[str, Any]) -> None:
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
