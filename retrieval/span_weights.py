"""The reader's weights on disk: int8 with one scale a row, checked by SHA-256 when loaded."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ringkas.errors import ModelError

if TYPE_CHECKING:
    from torch import Tensor

WEIGHTS = "reader.safetensors"
MANIFEST = "reader.json"
_SCALE = ".scale"


def quantize(state: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Turn matrices into int8 with a float32 scale for each row; keep vectors as float32.

    *Shapes:* ``name`` (rows, columns) becomes ``name`` (rows, columns) int8 and ``name.scale``
    (rows, 1). The span head stays float32.
    """
    import torch

    packed: dict[str, Tensor] = {}
    for name, tensor in state.items():
        if tensor.ndim != 2 or name.startswith("head."):
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


def write(folder: Path, state: Mapping[str, Tensor], manifest: Mapping[str, Any]) -> None:
    """Write quantized weights and their manifest, which records the file's SHA-256."""
    from safetensors.torch import save_file

    folder.mkdir(parents=True, exist_ok=True)
    path = folder / WEIGHTS
    save_file(quantize(state), path)
    record = {**manifest, "file": WEIGHTS, "bytes": path.stat().st_size, "sha256": digest(path)}
    (folder / MANIFEST).write_text(json.dumps(record, indent=2, ensure_ascii=False) + "\n")


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest of ``folder``.

    Raises:
        ModelError: it is missing or is not JSON.
    """
    path = folder / MANIFEST
    try:
        manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ModelError(
            f"no reader weights in '{folder}': expected '{MANIFEST}' and '{WEIGHTS}' there. "
            "Reinstall ringkas, or make them with: python -m training.reader train"
        ) from None
    except ValueError as error:
        raise ModelError(f"'{path}' is not valid JSON ({error}). Reinstall ringkas.") from None
    return manifest


def read(folder: Path, manifest: Mapping[str, Any]) -> dict[str, Tensor]:
    """Return the weights in ``folder`` as float32 tensors.

    Raises:
        ModelError: the file is missing, or its SHA-256 is not the manifest's.
    """
    from safetensors.torch import load_file

    path = folder / WEIGHTS
    if not path.is_file():
        raise ModelError(f"no file '{path}', which '{MANIFEST}' promises. Reinstall ringkas.")
    found = digest(path)
    if found != manifest.get("sha256"):
        raise ModelError(
            f"'{path}' is damaged: its SHA-256 is {found}, expected {manifest.get('sha256')}. "
            "Reinstall ringkas, or fetch the file again."
        )
    return dequantize(load_file(path))


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
