"""One step of training: a batch in, better weights out, in as many parts as memory asks for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch

from ringkas.generation.seq2seq.batching import is_memory_error
from training.summarizer.data import TrainingError
from training.summarizer.lessons import Lesson
from training.summarizer.recipe import Recipe

IGNORED = -100
_BETAS = (0.9, 0.98)


class Learner:
    """A model being trained.

    Arguments:
        model: the model, on its device, its weights in float32.
        recipe: how it is trained.
        pad: the padding token.
        half: whether to multiply in bfloat16.
    """

    def __init__(self, model: Any, recipe: Recipe, *, pad: int, half: bool) -> None:
        self.model = model
        self._recipe, self._pad, self._half = recipe, pad, half
        self._parts = 1
        if not recipe.train_embeddings:
            model.get_input_embeddings().weight.requires_grad_(False)
        self.trained: dict[str, torch.nn.Parameter] = {
            name: weight for name, weight in model.named_parameters() if weight.requires_grad
        }
        self.optimizer = torch.optim.AdamW(
            self._groups(),
            lr=recipe.rate,
            betas=_BETAS,
            weight_decay=recipe.weight_decay,
            fused=True,
        )

    def _groups(self) -> list[dict[str, Any]]:
        """Return what is trained, by how large a share of the recipe's rate each part takes."""
        return [{"params": list(self.trained.values()), "scale": 1.0}]

    def step(self, batch: Sequence[Lesson], step: int, total: int) -> float:
        """Take one step and return the mean loss of the batch, in nats a token.

        Raises:
            TrainingError: a single pair does not fit into memory, or the loss is no number.
        """
        self.model.train()
        torch.manual_seed(self._recipe.seed + step)  # so that a resumed run drops out the same
        loss = self._gradients(batch)
        if not torch.isfinite(torch.tensor(loss)):
            raise TrainingError(
                f"the loss at step {step + 1} is {loss}: lower the learning rate with --rate, "
                "and begin anew in another --to"
            )
        for group in self.optimizer.param_groups:
            group["lr"] = group["scale"] * self._recipe.rate_at(step, total)
        torch.nn.utils.clip_grad_norm_(self.trained.values(), self._recipe.clip, foreach=True)
        self.optimizer.step()
        return loss

    def _gradients(self, batch: Sequence[Lesson]) -> float:
        """Sum the gradients of a batch, in twice as many parts each time memory is short."""
        while True:
            self.optimizer.zero_grad(set_to_none=True)
            try:
                return self._in_parts(batch)
            except (RuntimeError, MemoryError) as error:
                if not is_memory_error(error):
                    raise
                if self._parts >= len(batch):
                    raise TrainingError(
                        f"a pair of {max(lesson.length for lesson in batch)} tokens does not fit "
                        "into memory. Take a smaller model, or shorter texts."
                    ) from error
                self._parts = min(2 * self._parts, len(batch))
            if self.model.device.type == "cuda":
                torch.cuda.empty_cache()

    def _in_parts(self, batch: Sequence[Lesson]) -> float:
        tokens = sum(len(lesson.reply) for lesson in batch)
        size = -(-len(batch) // self._parts)
        loss = 0.0
        for first in range(0, len(batch), size):
            part = self._loss(batch[first : first + size]) / tokens
            part.backward()  # type: ignore[no-untyped-call]
            loss += float(part.detach())
        return loss

    def _loss(self, batch: Sequence[Lesson]) -> torch.Tensor:
        """Return the summed loss over the tokens of all replies."""
        device = self.model.device
        sources = padded([lesson.source for lesson in batch], self._pad).to(device)
        seen = padded([[1] * len(lesson.source) for lesson in batch], 0).to(device)
        given = [(*lesson.start, *lesson.reply[:-1]) for lesson in batch]
        wanted = [(IGNORED,) * (len(lesson.start) - 1) + lesson.reply for lesson in batch]
        with torch.autocast(device.type, torch.bfloat16, enabled=self._half):
            logits = self.model(
                input_ids=sources,
                attention_mask=seen,
                decoder_input_ids=padded(given, self._pad).to(device),
                use_cache=False,
            ).logits
        return torch.nn.functional.cross_entropy(
            logits.flatten(0, 1).float(),
            padded(wanted, IGNORED).flatten().to(device),
            ignore_index=IGNORED,
            label_smoothing=self._recipe.label_smoothing,
            reduction="sum",
        )


def padded(rows: Sequence[Sequence[int]], value: int, *, left: bool = False) -> torch.Tensor:
    """Return rows of unlike lengths as one tensor, *(rows, longest)*."""
    longest = max(map(len, rows))
    gaps = [[value] * (longest - len(row)) for row in rows]
    return torch.tensor(
        [[*gap, *row] if left else [*row, *gap] for row, gap in zip(rows, gaps, strict=True)]
    )
