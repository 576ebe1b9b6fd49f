"""What stops a whole batch; what stops one article becomes its row instead."""

from __future__ import annotations

from pathlib import Path

from ringkas.errors import RingkasError


class BatchError(RingkasError):
    """A batch cannot start or go on: its output, its journal or its input cannot be used."""


def cannot_write(path: Path, error: OSError, done: int | None = None) -> BatchError:
    """Return the error for a write that failed; ``done`` rows are safe in the journal."""
    kept = "" if done is None else f" The {done} rows done so far are kept."
    reason = error.strerror or str(error)
    return BatchError(
        f"cannot write '{path}': {reason}.{kept} Make room or mend the folder's permissions, "
        "then run the same again: it goes on where it stopped."
    )
