"""Models whose weights are shipped in int8, unpacked once into the cache folder.

A packed folder is that of any seq2seq model, only with ``model.int8.safetensors`` in place of
``model.safetensors``: a quarter of the size, and after unpacking one that transformers and
ctranslate2 read like any other.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from ringkas.cachefolder import filled_once
from ringkas.errors import ModelError
from ringkas.int8 import dequantize, quantize
from ringkas.settings import cache_folder
from ringkas.shipped import digest

if TYPE_CHECKING:
    from torch import Tensor

WEIGHTS = "model.int8.safetensors"
_MANIFEST = "packed.json"
_FORMAT = 1  # raise the number when what is unpacked changes
_STOCK = "model.safetensors"
_UNPACKING = Lock()


def is_packed(folder: Path) -> bool:
    """Tell whether a folder holds a packed model."""
    return (folder / WEIGHTS).is_file()


def pack(folder: Path, out: Path) -> Path:
    """Write the model in ``folder`` into ``out`` with its weights in int8; return their file."""
    from safetensors.torch import load_file, save_file

    out.mkdir(parents=True, exist_ok=True)
    for file in folder.iterdir():
        if file.name == "tokenizer.json":  # indented, it takes twice as much
            pieces = json.loads(file.read_text(encoding="utf-8"))
            compact = json.dumps(pieces, ensure_ascii=False, separators=(",", ":"))
            (out / file.name).write_text(compact, encoding="utf-8")
        elif file.is_file() and file.suffix in (".json", ".md"):
            shutil.copy(file, out / file.name)
    weights = out / WEIGHTS
    save_file(quantize(load_file(folder / _STOCK)), weights)
    (out / _MANIFEST).write_text(json.dumps({"sha256": digest(weights)}) + "\n", encoding="utf-8")
    return weights


def unpacked(folder: Path) -> Path:
    """Return the folder of a packed model in the form that stock libraries load.

    Raises:
        ModelError: the weights are damaged, or the cache folder cannot be written.
    """
    with _UNPACKING:  # two requests at once must not do the work twice
        key = digest(folder / WEIGHTS)
        target = cache_folder() / "seq2seq" / f"unpacked-{key[:20]}-{_FORMAT}"
        if not (target / _STOCK).is_file():
            _check(folder, key)
        filled_once(target, _STOCK, partial(_unpack, folder), "the model's weights")
        for file in folder.glob("*.json"):  # papers may change while weights do not
            if file.name != _MANIFEST:
                shutil.copy(file, target / file.name)
    return target


def _check(folder: Path, found: str) -> None:
    try:
        known = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))["sha256"]
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(
            f"'{folder / _MANIFEST}' is missing or damaged. Fetch it again."
        ) from error
    if known != found:
        raise ModelError(
            f"'{folder / WEIGHTS}' is damaged: its SHA-256 is {found}, expected {known}. Fetch the "
            "file again."
        )


def _unpack(folder: Path, target: Path) -> None:
    from safetensors.torch import load_file

    _save(dequantize(load_file(folder / WEIGHTS)), target / _STOCK)


def _save(state: Mapping[str, Tensor], file: Path) -> None:
    from safetensors.torch import save_file

    # Float16 keeps all that int8 had, in half the room of float32.
    halves = {name: tensor.half().contiguous() for name, tensor in state.items()}
    save_file(halves, file, metadata={"format": "pt"})
