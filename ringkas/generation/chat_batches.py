"""Several prompts through one chat model at once, all ending at the same place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ringkas.generation.seq2seq.base import Ids
from ringkas.generation.seq2seq.batching import in_batches, is_memory_error


def replies(
    model: Any, prompts: Sequence[Ids], *, pad: int, size: int, how: Mapping[str, Any]
) -> list[Ids]:
    """Return the tokens of the reply to each prompt, in their order.

    Prompts of like length go together, at most ``size``, fewer where memory is short.

    Arguments:
        model: a causal language model, on its device.
        prompts: their token ids.
        pad: the padding token.
        size: the most prompts read at once.
        how: arguments of ``generate``.

    Raises:
        ModelError: even one prompt does not fit into memory.
    """

    def run(batch: Sequence[Ids]) -> list[Ids]:
        framed = {name: value.to(model.device) for name, value in left_padded(batch, pad).items()}
        try:
            ids = model.generate(**framed, **how, pad_token_id=pad)
        except (RuntimeError, MemoryError) as error:
            if is_memory_error(error):
                raise MemoryError from error  # a smaller batch may fit
            raise
        return [tuple(row) for row in ids[:, framed["input_ids"].shape[1] :].tolist()]

    return in_batches(prompts, size, run)


def left_padded(rows: Sequence[Ids], pad: int) -> dict[str, Any]:
    """Return rows as a model's input, *(rows, longest)* each: ``input_ids``, ``attention_mask``."""
    import torch

    longest = max(map(len, rows))
    gaps = [longest - len(row) for row in rows]
    ids = [[pad] * gap + list(row) for row, gap in zip(rows, gaps, strict=True)]
    seen = [[0] * gap + [1] * len(row) for row, gap in zip(rows, gaps, strict=True)]
    return {"input_ids": torch.tensor(ids), "attention_mask": torch.tensor(seen)}
