"""How a reply is searched for: the checkpoint's own advice, within the limits of a request."""

from __future__ import annotations

from typing import Any

from ringkas.generation.seq2seq.base import Decoding
from ringkas.generation.seq2seq.checkpoint import Checkpoint


def decoding_for(
    checkpoint: Checkpoint,
    *,
    beams: int,
    max_tokens: int,
    expected_tokens: int,
    all_beams: bool = False,
) -> Decoding:
    """Return how to search for a reply of about ``expected_tokens``, ``max_tokens`` at most.

    Penalties and the least length are the checkpoint's: those it states for summarization, or
    else in general. The least length never exceeds half of what is expected.
    """

    def advised(name: str, otherwise: Any) -> Any:
        general = getattr(checkpoint.defaults, name, None)
        found = checkpoint.task.get(name, general)
        return otherwise if found is None else found

    least = min(int(advised("min_length", 0)), expected_tokens // 2)
    return Decoding(
        beams=beams,
        max_tokens=max_tokens,
        min_tokens=max(1, least),
        length_penalty=float(advised("length_penalty", 1.0)),
        no_repeat_ngram=int(advised("no_repeat_ngram_size", 0)),
        repetition_penalty=float(advised("repetition_penalty", 1.0)),
        all_beams=all_beams,
    )
