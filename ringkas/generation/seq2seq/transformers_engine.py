"""Seq2seq models run by transformers: float32 or bfloat16, on the GPU where there is one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from threading import Lock
from typing import Any, cast

from ringkas.generation.seq2seq.base import Decoding, Ids, Reply, Watch
from ringkas.generation.seq2seq.batching import is_memory_error

# Beyond these, batches gained nothing (two cores) or were not needed to fill the device (GPU).
_BATCH_CPU, _BATCH_GPU = 8, 32


class TransformersEngine:
    """A model of transformers, ready to write."""

    def __init__(self, model: Any, *, pad: int, end: int) -> None:
        from transformers import GenerationConfig

        self._model = model.eval()
        # What a request leaves open would be filled in from here, unseen.
        self._model.generation_config = cast(Any, GenerationConfig)()
        self._pad, self._end = pad, end
        self._lock = Lock()

    @property
    def batch(self) -> int:
        """The number of sources that are worth reading at once."""
        return _BATCH_GPU if self._model.device.type == "cuda" else _BATCH_CPU

    def generate(
        self, sources: Sequence[Ids], start: Ids, decoding: Decoding, watch: Watch | None = None
    ) -> list[Reply]:
        """Return a reply to each source; see ``Engine``.

        Raises:
            MemoryError: so many sources do not fit into memory.
        """
        try:
            with self._lock:  # one at a time: two would halve each other's speed
                written = self._generate(sources, start, decoding, watch)
        except (RuntimeError, MemoryError) as error:
            if is_memory_error(error):
                self._forget()
                raise MemoryError(str(error)) from error
            raise
        found = [self._reply(row[len(start) :]) for row in written]
        each = decoding.replies
        return [
            replace(found[first], others=tuple(found[first + 1 : first + each]))
            for first in range(0, len(found), each)
        ]

    def _generate(
        self, sources: Sequence[Ids], start: Ids, decoding: Decoding, watch: Watch | None
    ) -> list[list[int]]:
        import torch
        from transformers import StoppingCriteriaList

        device = self._model.device
        longest = max(map(len, sources))
        padded = [[*ids, *[self._pad] * (longest - len(ids))] for ids in sources]
        seen = [[1] * len(ids) + [0] * (longest - len(ids)) for ids in sources]
        ids = self._model.generate(
            input_ids=torch.tensor(padded, device=device),
            attention_mask=torch.tensor(seen, device=device),
            generation_config=self._choices(start, decoding),
            stopping_criteria=StoppingCriteriaList([_stop_when(watch)] if watch else []),
        )
        written: list[list[int]] = ids.tolist()
        return written

    def _choices(self, start: Ids, decoding: Decoding) -> Any:
        """Return our choices as transformers takes them; it counts a forced token as written."""
        from transformers import GenerationConfig

        forced = len(start) - 1
        return cast(Any, GenerationConfig)(
            num_beams=decoding.beams,
            num_return_sequences=decoding.replies,
            do_sample=False,
            early_stopping=True if decoding.beams > 1 else None,
            max_new_tokens=decoding.max_tokens + forced,
            min_new_tokens=decoding.min_tokens + forced,
            length_penalty=decoding.length_penalty,
            no_repeat_ngram_size=decoding.no_repeat_ngram,
            repetition_penalty=decoding.repetition_penalty,
            # Scores of what remains after banning must sum to one, as they do in other engines.
            renormalize_logits=True,
            decoder_start_token_id=start[0],
            forced_bos_token_id=start[1] if forced else None,
            pad_token_id=self._pad,
            eos_token_id=self._end,
        )

    def _reply(self, row: list[int]) -> Reply:
        ended = self._end in row
        kept = row[: row.index(self._end)] if ended else row
        return Reply(tuple(kept), ended)

    def _forget(self) -> None:
        """Give freed memory back to the device, so that a smaller batch finds it."""
        import torch

        if self._model.device.type == "cuda":
            torch.cuda.empty_cache()


def _stop_when(watch: Watch) -> Any:
    """Return a stopping criterion that tells ``watch`` the newest token of a single reply."""
    import torch

    def criterion(ids: Any, *_: Any, **__: Any) -> Any:
        newest = int(ids[0, -1]) if ids.shape[0] == 1 else None
        return torch.full((ids.shape[0],), watch(newest), device=ids.device)

    return criterion
