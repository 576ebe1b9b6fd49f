"""The reader's weights on disk: int8 with one scale a row, checked by SHA-256 when loaded."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ringkas.errors import ModelError
from ringkas.int8 import dequantize, digest, quantize

if TYPE_CHECKING:
    from torch import Tensor

WEIGHTS = "reader.safetensors"
MANIFEST = "reader.json"
_EXACT = "head."  # the span head stays float32


def write(folder: Path, state: Mapping[str, Tensor], manifest: Mapping[str, Any]) -> None:
    """Write quantized weights and their manifest, which records the file's SHA-256."""
    from safetensors.torch import save_file

    folder.mkdir(parents=True, exist_ok=True)
    path = folder / WEIGHTS
    save_file(quantize(state, exact=_EXACT), path)
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
