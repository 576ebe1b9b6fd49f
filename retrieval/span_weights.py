"""The reader's weights on disk: int8 with one scale a row, checked by SHA-256 when loaded."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ringkas.int8 import dequantize, quantize
from ringkas.shipped import ShippedWeights

if TYPE_CHECKING:
    from torch import Tensor

FILES = ShippedWeights(
    "the reader's weights",
    "reader.safetensors",
    "reader.json",
    "python -m training.reader train",
)
_EXACT = "head."  # the span head stays float32


def write(folder: Path, state: Mapping[str, Tensor], manifest: Mapping[str, Any]) -> None:
    """Write quantized weights and their manifest, which records the file's SHA-256."""
    from safetensors.torch import save_file

    folder.mkdir(parents=True, exist_ok=True)
    path = folder / FILES.weights
    save_file(quantize(state, exact=_EXACT), path)
    FILES.record(folder, {**manifest, "file": FILES.weights, "bytes": path.stat().st_size})


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest of ``folder``.

    Raises:
        ModelError: it is missing or is not JSON.
    """
    return FILES.about(folder)


def read(folder: Path, manifest: Mapping[str, Any]) -> dict[str, Tensor]:
    """Return the weights in ``folder`` as float32 tensors.

    Raises:
        ModelError: the file is missing, or its SHA-256 is not the manifest's.
    """
    from safetensors.torch import load_file

    return dequantize(load_file(FILES.verified(folder, manifest.get("sha256"))))
