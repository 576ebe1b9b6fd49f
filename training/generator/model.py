"""A BART whose encoder is multilingual-e5-small's, number for number, and whose decoder knows it.

A layer of BERT and one of BART compute the same, only under other names. What differs is moved:
the row that BERT adds to every token for its type goes into the positions, which BART counts from
two; and embeddings are scaled up, since BART's layer norms add 1e-5 to a variance where BERT's
add 1e-12. A decoder layer starts as an encoder layer, its cross-attention as self-attention.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import torch
from torch import Tensor

from training.generator.vocabulary import END, PAD, POSITIONS, START, STYLES, UNKNOWN, Vocabulary

_OFFSET = 2  # of BART's positions
_ATTENTION = {
    "q_proj": "attention.self.query",
    "k_proj": "attention.self.key",
    "v_proj": "attention.self.value",
    "out_proj": "attention.output.dense",
}
_REST = {
    "fc1": "intermediate.dense",
    "fc2": "output.dense",
    "self_attn_layer_norm": "attention.output.LayerNorm",
    "final_layer_norm": "output.LayerNorm",
}
_NOISE = 0.5  # tells rows apart that start from the unknown piece's, relative to a usual row


@dataclass(frozen=True, slots=True)
class Shape:
    """What of the model is free to choose."""

    decoder_layers: int = 4
    seed: int = 20261129


def make_model(encoder: Path, vocabulary: Vocabulary, shape: Shape) -> Any:
    """Return the untrained BART.

    What it would write is at first as likely as it is frequent: nothing has to be learnt of that.

    Arguments:
        encoder: a folder with a BERT encoder that transformers loads.
        vocabulary: the pieces that it is to know.
        shape: how large its decoder is.
    """
    from transformers import BertModel

    bert: Any = BertModel.from_pretrained(encoder, add_pooling_layer=False, dtype=torch.float32)
    model = _empty(bert.config, vocabulary, shape)
    state = bert.state_dict()
    with torch.no_grad():
        _fill_embeddings(model, state, vocabulary, shape.seed)
        layers = bert.config.num_hidden_layers
        for number, layer in enumerate(model.model.encoder.layers):
            _fill_layer(layer, state, number)
        for number, layer in enumerate(model.model.decoder.layers):
            # Evenly spread, the last from the last.
            _fill_layer(layer, state, (number + 1) * layers // shape.decoder_layers - 1)
        # The encoder's last norm shrinks what it gives; against embeddings as small as these,
        # every piece would be as likely as any other.
        last = model.model.decoder.layers[-1].final_layer_norm
        last.weight.fill_(1.0)
        last.bias.zero_()
        model.final_logits_bias[0] = torch.tensor(vocabulary.frequencies).log()
    return model


def _empty(bert: Any, vocabulary: Vocabulary, shape: Shape) -> Any:
    from transformers import BartConfig, BartForConditionalGeneration, GenerationConfig

    config = BartConfig(
        vocab_size=len(vocabulary),
        d_model=bert.hidden_size,
        encoder_layers=bert.num_hidden_layers,
        decoder_layers=shape.decoder_layers,
        encoder_attention_heads=bert.num_attention_heads,
        decoder_attention_heads=bert.num_attention_heads,
        encoder_ffn_dim=bert.intermediate_size,
        decoder_ffn_dim=bert.intermediate_size,
        max_position_embeddings=min(POSITIONS, bert.max_position_embeddings),
        activation_function="gelu",
        scale_embedding=True,
        dropout=0.1,
        bos_token_id=START,
        pad_token_id=PAD,
        eos_token_id=END,
        # Each reply names its style, then its language; neither is forced from here.
        decoder_start_token_id=vocabulary.id_of(STYLES["summary"]),
        forced_eos_token_id=None,
    )
    torch.manual_seed(shape.seed)
    model: Any = BartForConditionalGeneration(config)
    model.generation_config = cast(Any, GenerationConfig)(
        bos_token_id=START,
        pad_token_id=PAD,
        eos_token_id=END,
        decoder_start_token_id=config.decoder_start_token_id,
        num_beams=4,
        no_repeat_ngram_size=3,
        max_length=min(POSITIONS, bert.max_position_embeddings),
    )
    return model


def _fill_embeddings(
    model: Any, state: Mapping[str, Tensor], vocabulary: Vocabulary, seed: int
) -> None:
    words = state["embeddings.word_embeddings.weight"]
    rows = torch.tensor([UNKNOWN if origin is None else origin for origin in vocabulary.origins])
    chosen = words[rows]
    new = torch.tensor([origin is None for origin in vocabulary.origins])
    noise = torch.randn(chosen.shape, generator=torch.Generator().manual_seed(seed))
    chosen[new] += _NOISE * words.std() * noise[new]
    model.model.shared.weight.copy_(chosen)
    scale = math.sqrt(model.config.d_model)
    kind = state["embeddings.token_type_embeddings.weight"][0]
    places = state["embeddings.position_embeddings.weight"] + kind
    for side in (model.model.encoder, model.model.decoder):
        kept = model.config.max_position_embeddings
        side.embed_positions.weight[_OFFSET:].copy_(scale * places[:kept])
        side.layernorm_embedding.weight.copy_(state["embeddings.LayerNorm.weight"])
        side.layernorm_embedding.bias.copy_(state["embeddings.LayerNorm.bias"])


def _fill_layer(layer: Any, state: Mapping[str, Tensor], number: int) -> None:
    def fill(ours: str, theirs: str) -> None:
        module = layer.get_submodule(ours)
        module.weight.copy_(state[f"encoder.layer.{number}.{theirs}.weight"])
        module.bias.copy_(state[f"encoder.layer.{number}.{theirs}.bias"])

    for ours, theirs in _REST.items():
        fill(ours, theirs)
    for ours, theirs in _ATTENTION.items():
        fill(f"self_attn.{ours}", theirs)
    if hasattr(layer, "encoder_attn"):
        for ours, theirs in _ATTENTION.items():
            fill(f"encoder_attn.{ours}", theirs)
        fill("encoder_attn_layer_norm", _REST["self_attn_layer_norm"])
