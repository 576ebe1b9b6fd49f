"""Weights in int8 with one scale a row, as every weight that Ringkas ships is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch import Tensor

_SCALE = ".scale"


def quantize(state: Mapping[str, Tensor], exact: str = "") -> dict[str, Tensor]:
    """Turn matrices into int8 with a float32 scale for each row; keep vectors as float32.

    *Shapes:* ``name`` (rows, columns) becomes ``name`` (rows, columns) int8 and ``name.scale``
    (rows, 1). Tensors whose name starts with ``exact``, if given, stay float32.
    """
    import torch

    packed: dict[str, Tensor] = {}
    for name, tensor in state.items():
        if tensor.ndim != 2 or len(tensor) == 1 or (exact and name.startswith(exact)):
            packed[name] = tensor.float().contiguous()
            continue
        scale = tensor.float().abs().amax(dim=1, keepdim=True).clamp(min=1e-12) / 127
        packed[name] = (tensor.float() / scale).round().to(torch.int8)
        packed[name + _SCALE] = scale
    return packed


def dequantize(packed: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Undo :func:`quantize`, up to rounding: every tensor in float32."""
    return {
        name: tensor.float() * packed[name + _SCALE] if name + _SCALE in packed else tensor
        for name, tensor in packed.items()
        if not name.endswith(_SCALE)
    }
