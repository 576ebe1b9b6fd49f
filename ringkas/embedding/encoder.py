"""BERT encoders in int8 on CTranslate2: what runs when the default configuration embeds or reads.

Matrices are int8 with one scale a row, and so are their inputs, token by token. On a CPU with AVX2
alone, 24 news passages took half the CPU time of transformers in float32, and the cosines to its
vectors were at least 0.998. Neither torch nor transformers is imported once a folder is written.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ringkas.errors import ModelError
from ringkas.narrowing import narrow

Array = NDArray[np.float32]
Finish = Callable[[Array], Array]

MARK = "model.bin"
"""The file that a complete folder holds."""

# Small batches of like length stay in the cache; 1, 8 and 32 were equally fast within noise.
_BATCH = 8
# At least so many batches a core, the longest texts first, so that the cores end together.
_TURNS = 4
_MOST_THREADS = 8


class Encoder:
    """A folder that :func:`write` has made. Safe to use from several threads.

    Every core runs batches of its own: no thread waits for another within one.
    """

    def __init__(self, folder: Path) -> None:
        import ctranslate2

        self._threads = min(_MOST_THREADS, os.cpu_count() or 1)
        try:
            self._model: Any = ctranslate2.Encoder(
                str(folder),
                compute_type="int8",
                inter_threads=self._threads,
                intra_threads=1,
            )
        except (RuntimeError, ValueError) as error:
            raise ModelError(
                f"the weights in {folder} cannot be loaded ({error}): delete that folder and try "
                "again"
            ) from error

    def hidden(self, ids: Sequence[Sequence[int]]) -> list[Array]:
        """Return the last hidden states of each text. *Shapes:* (tokens of the text, dimension)."""
        return self._each(ids, np.copy)

    def means(self, ids: Sequence[Sequence[int]]) -> list[Array]:
        """Return the mean of the last hidden states of each text. *Shapes:* (dimension,)."""
        return self._each(ids, lambda states: states.mean(axis=0))

    def _each(self, ids: Sequence[Sequence[int]], finish: Finish) -> list[Array]:
        """Return what ``finish`` makes of each text's states, before the next batch's are there."""
        order = sorted(range(len(ids)), key=lambda at: -len(ids[at]))
        size = max(1, min(_BATCH, math.ceil(len(ids) / (_TURNS * self._threads))))
        batches = [
            [ids[at] for at in order[first : first + size]] for first in range(0, len(ids), size)
        ]

        def run(batch: Sequence[Sequence[int]]) -> list[Array]:
            states = np.asarray(self._model.forward_batch(batch).last_hidden_state)
            return [finish(row[: len(one)]) for row, one in zip(states, batch, strict=True)]

        with ThreadPoolExecutor(self._threads) as pool:
            found = chain.from_iterable(pool.map(run, batches))
            by_place = dict(zip(order, found, strict=True))
        return [by_place[at] for at in range(len(ids))]


def write(state: Mapping[str, Array], heads: int, folder: Path) -> None:
    """Write an encoder in int8 into ``folder``.

    Arguments:
        state: the tensors under the names of transformers' ``BertModel``.
        heads: attention heads.
        folder: an empty folder.
    """
    from ctranslate2.specs import common_spec, transformer_spec

    layers = 1 + max(int(name.split(".")[2]) for name in state if name.startswith("encoder."))
    make: Any = transformer_spec.TransformerEncoderSpec
    encoder = make(
        layers,
        heads,
        pre_norm=False,
        activation=common_spec.Activation.GELU,
        layernorm_embedding=True,
    )
    _set_embeddings(encoder, state)
    for number, layer in enumerate(encoder.layer):
        _set_layer(layer, state, f"encoder.layer.{number}.")
    spec: Any = transformer_spec.TransformerEncoderModelSpec(encoder)
    words = [str(number) for number in range(len(state["embeddings.word_embeddings.weight"]))]
    spec.register_vocabulary(words)  # texts come as ids, so the words are never looked at
    spec.config.unk_token = spec.config.bos_token = spec.config.eos_token = words[0]
    spec.config.layer_norm_epsilon = 1e-12
    spec.validate()
    spec.optimize(quantization="int8")
    narrow(spec)
    spec.save(str(folder))


def _set_embeddings(encoder: Any, state: Mapping[str, Array]) -> None:
    """Set the embeddings; the only type of token there is goes with its place."""
    encoder.scale_embeddings = False
    encoder.embeddings[0].weight = state["embeddings.word_embeddings.weight"]
    places = state["embeddings.position_embeddings.weight"]
    kind = state["embeddings.token_type_embeddings.weight"][0]
    encoder.position_encodings.encodings = places + kind
    _set_norm(encoder.layernorm_embedding, state, "embeddings.LayerNorm")


def _set_layer(layer: Any, state: Mapping[str, Array], prefix: str) -> None:
    joint = [f"{prefix}attention.self.{name}" for name in ("query", "key", "value")]
    asked = layer.self_attention.linear[0]
    asked.weight = np.concatenate([state[f"{name}.weight"] for name in joint])
    asked.bias = np.concatenate([state[f"{name}.bias"] for name in joint])
    _set_linear(layer.self_attention.linear[1], state, f"{prefix}attention.output.dense")
    _set_norm(layer.self_attention.layer_norm, state, f"{prefix}attention.output.LayerNorm")
    _set_linear(layer.ffn.linear_0, state, f"{prefix}intermediate.dense")
    _set_linear(layer.ffn.linear_1, state, f"{prefix}output.dense")
    _set_norm(layer.ffn.layer_norm, state, f"{prefix}output.LayerNorm")


def _set_linear(part: Any, state: Mapping[str, Array], name: str) -> None:
    part.weight, part.bias = state[f"{name}.weight"], state[f"{name}.bias"]


def _set_norm(part: Any, state: Mapping[str, Array], name: str) -> None:
    part.gamma, part.beta = state[f"{name}.weight"], state[f"{name}.bias"]
