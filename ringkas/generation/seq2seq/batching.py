"""Many sources through one engine: like lengths together, fewer at once where memory is short."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from ringkas.errors import ModelError
from ringkas.generation.seq2seq.base import Ids

T = TypeVar("T")

_SIGNS = ("out of memory", "can't allocate memory", "bad_alloc", "failed to allocate")


def in_batches(sources: Sequence[Ids], size: int, run: Callable[[list[Ids]], list[T]]) -> list[T]:
    """Return the reply to each source, in their order, run in batches of at most ``size``.

    Batches hold sources of like length, the longest first: little is padded, and what does not
    fit into memory is known at once. Each time that happens, batches become half as large.

    Raises:
        ModelError: even one source does not fit into memory.
    """
    order = sorted(range(len(sources)), key=lambda place: -len(sources[place]))
    replies: dict[int, T] = {}
    done = 0
    while done < len(order):
        places = order[done : done + size]
        try:
            found = run([sources[place] for place in places])
        except MemoryError as error:
            if len(places) == 1:
                raise ModelError(
                    f"a text of {len(sources[places[0]])} tokens does not fit into memory. Take a "
                    "smaller model; for seq2seq, fewer generator.beams or engine = 'ctranslate2'."
                ) from error
            size = (len(places) + 1) // 2
            continue
        replies.update(zip(places, found, strict=True))
        done += len(places)
    return [replies[place] for place in range(len(sources))]


def is_memory_error(error: BaseException) -> bool:
    """Tell whether a library ran out of memory; each says so in its own words."""
    said = str(error).lower()
    return isinstance(error, MemoryError) or any(sign in said for sign in _SIGNS)
