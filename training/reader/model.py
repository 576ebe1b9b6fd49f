"""The span reader: the embedder's encoder, its layers tuned, with a start and an end logit."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from retrieval.spans import PAD
from training.reader.windows import Feature

MASKED = -1e4


class SpanReader(nn.Module):
    """A BERT encoder with frozen embeddings and a linear span head."""

    def __init__(self, encoder: BertModel) -> None:
        super().__init__()
        self.encoder = encoder
        self.head = nn.Linear(encoder.config.hidden_size, 2)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)
        self.encoder.embeddings.requires_grad_(False)

    @classmethod
    def from_folder(cls, folder: Path) -> SpanReader:
        """Start from an encoder folder; dropout is off, which on a CPU costs most of the time."""
        config = BertConfig.from_pretrained(folder)
        config.hidden_dropout_prob = config.attention_probs_dropout_prob = 0.0
        encoder = BertModel.from_pretrained(
            folder,
            config=config,
            add_pooling_layer=False,
            attn_implementation="eager",
            dtype=torch.float32,  # the folder may hold bfloat16, too coarse to add small steps to
        )
        return cls(encoder)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Return start and end logits.

        Arguments: token ids and attention mask, each *(batch, tokens)*.
        *Shape of the result:* (batch, tokens, 2), in float32.
        """
        hidden = self.encoder(input_ids=ids, attention_mask=mask)
        logits: Tensor = self.head(hidden.last_hidden_state)
        return logits.float()

    def trained(self) -> dict[str, Tensor]:
        """Return the reader's own tensors: every layer and the head, not the embeddings."""
        return {
            name: tensor
            for name, tensor in self.state_dict().items()
            if not name.startswith("encoder.embeddings.")
        }


def collate(items: Sequence[Feature]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Pad a batch.

    Returns token ids, attention mask and allowed answer positions, each *(batch, tokens)*,
    and the answers' first and last token, *(batch, 2)*. Position 0 stands for no answer.
    """
    width = max(len(item.ids) for item in items)
    ids = torch.full((len(items), width), PAD, dtype=torch.long)
    allowed = torch.zeros((len(items), width), dtype=torch.bool)
    for row, item in enumerate(items):
        ids[row, : len(item.ids)] = torch.tensor(item.ids)
        allowed[row, item.first_passage : len(item.ids) - 1] = True
    allowed[:, 0] = True
    answers = torch.tensor([(item.start, item.end) for item in items])
    return ids, (ids != PAD).long(), allowed, answers


def span_loss(logits: Tensor, allowed: Tensor, answers: Tensor) -> Tensor:
    """Return the mean cross-entropy of start and end over the allowed positions.

    *Shapes:* logits (batch, tokens, 2), allowed (batch, tokens), answers (batch, 2).
    """
    logits = logits.masked_fill(~allowed.unsqueeze(-1), MASKED)
    return nn.functional.cross_entropy(logits, answers)
