"""One step of the writer's training: cheap where little can be learnt, exact where it counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import torch
from torch import Tensor, nn

from training.generator.recipe import WriterRecipe
from training.summarizer.learning import IGNORED, Learner, padded
from training.summarizer.lessons import Lesson

_EMBEDDINGS = "model.shared.weight"
_ENCODER = "model.encoder."


class WriterLearner(Learner):
    """A BART being trained, its encoder from the layer ``recipe.frozen`` up.

    While it is trained, its encoder reads the embeddings through a view that takes no gradient:
    else every frozen layer would have to pass it on.
    """

    def __init__(
        self, model: Any, recipe: WriterRecipe, *, pad: int, mask: int, half: bool
    ) -> None:
        self._course, self._mask = recipe, mask
        encoder = model.model.encoder
        if recipe.frozen:
            for part in (encoder.embed_positions, encoder.layernorm_embedding):
                part.requires_grad_(False)
            encoder.layers[: recipe.frozen].requires_grad_(False)
            _detach(model)
        super().__init__(model, recipe, pad=pad, half=half)

    def _groups(self) -> list[dict[str, Any]]:
        course = self._course
        scales = {"embeddings": course.embeddings, "encoder": course.upper, "decoder": 1.0}
        parts: dict[str, list[nn.Parameter]] = {name: [] for name in scales}
        for name, weight in self.trained.items():
            parts[_part(name)].append(weight)
        return [
            {"params": weights, "scale": scales[name]} for name, weights in parts.items() if weights
        ]

    @contextmanager
    def whole(self) -> Iterator[Any]:
        """Give the model as transformers made it, its embeddings tied, to be saved."""
        _attach(self.model)
        try:
            yield self.model
        finally:
            if self._course.frozen:
                _detach(self.model)

    def _loss(self, batch: Sequence[Lesson]) -> Tensor:
        """Return the summed loss over the tokens of all replies."""
        device, model = self.model.device, self.model.model
        sources = padded([lesson.source for lesson in batch], self._pad).to(device)
        seen = padded([[1] * len(lesson.source) for lesson in batch], 0).to(device)
        given = padded([(*one.start, *one.reply[:-1]) for one in batch], self._pad).to(device)
        given = self._forgotten(given, max(len(one.start) for one in batch))
        wanted = padded(
            [(IGNORED,) * (len(one.start) - 1) + one.reply for one in batch], IGNORED
        ).to(device)
        with torch.autocast(device.type, torch.bfloat16, enabled=self._half):
            hidden = model(
                input_ids=sources, attention_mask=seen, decoder_input_ids=given, use_cache=False
            ).last_hidden_state
            counted = wanted != IGNORED
            return self._surprise(hidden[counted], wanted[counted])

    def _forgotten(self, given: Tensor, start: int) -> Tensor:
        """Return the ids ``given`` (batch, length), some of them past the ``start`` masked."""
        share = self._course.forgotten
        if not share:
            return given
        masked = torch.rand(given.shape, device=given.device) < share
        masked[:, :start] = False
        return given.masked_fill(masked & (given != self._pad), self._mask)

    def _surprise(self, hidden: Tensor, wanted: Tensor) -> Tensor:
        """Return the summed loss of ``hidden`` (n, width) where the pieces ``wanted`` (n,) follow.

        With candidates, each that was drawn stands for its share of the pieces left out
        (Bengio and Senécal, "Adaptive importance sampling", 2008).
        """
        weight, bias = self.model.model.shared.weight, self.model.final_logits_bias[0]
        rows, drawn = len(weight), self._course.candidates
        shift: Tensor | float = 0.0
        if 0 < drawn < rows:
            kept, wanted = torch.unique(wanted, return_inverse=True)
            left = torch.ones(rows, dtype=torch.bool, device=kept.device)
            left[kept] = False
            others = left.nonzero()[:, 0]
            others = others[torch.randperm(len(others), device=kept.device)[:drawn]]
            share = torch.log(torch.tensor((rows - len(kept)) / max(1, len(others))))
            shift = torch.cat([torch.zeros(len(kept)), share.expand(len(others))]).to(hidden.device)
            chosen = torch.cat([kept, others])
            weight, bias = weight[chosen], bias[chosen]
        logits = nn.functional.linear(hidden, weight).float() + bias + shift
        return nn.functional.cross_entropy(
            logits, wanted, label_smoothing=self._course.label_smoothing, reduction="sum"
        )


def _part(name: str) -> str:
    if name == _EMBEDDINGS:
        return "embeddings"
    return "encoder" if name.startswith(_ENCODER) else "decoder"


def _detach(model: Any) -> None:
    view = nn.Parameter(model.model.shared.weight.detach(), requires_grad=False)
    model.model.encoder.embed_tokens.weight = view


def _attach(model: Any) -> None:
    model.model.encoder.embed_tokens.weight = model.model.shared.weight
