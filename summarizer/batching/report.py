"""What a batch tells: its progress while it runs, and its figures at the end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a batch is.

    ``done`` counts the articles dealt with, in whatever way, ``total`` those to deal with: None
    until everything is read. ``rate`` is in articles a second, of those that cost work; ``left``
    is in seconds, None while it cannot be told.
    """

    done: int
    total: int | None
    failed: int
    cached: int
    rate: float
    left: float | None


@dataclass(frozen=True, slots=True)
class BatchReport:
    """What a batch did, in articles.

    Of the input, ``summarized`` were summarized now, ``cached`` came from the cache,
    ``unchanged`` were in the output before, and ``failed`` failed now or before (``failures``
    counts them by kind); in ``stand_ins`` chosen sentences stand in for what a model should have
    written; ``stale`` could not be read again and keep their row of an earlier run;
    ``repeated`` were given more than once and have one row. ``others`` are rows of earlier runs
    that this input does not hold. ``damaged`` lines of the journal could not
    be read, so their articles were done again. ``notes`` say what went wrong beside the articles.
    """

    output: Path
    rows: int
    summarized: int
    cached: int
    unchanged: int
    failed: int
    stand_ins: int
    stale: int
    repeated: int
    others: int
    failures: Mapping[str, int]
    seconds: float
    rate: float
    damaged: int = 0
    notes: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether every article of the input was read and has a summary."""
        return not self.failed and not self.stale
