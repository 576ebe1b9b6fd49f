"""Reads the small files of a checkpoint's folder, and says plainly what is wrong with them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ringkas.errors import ModelError
from ringkas.generation.indobart.layout import SPIECE_NAMES

_LFS = b"version https://git-lfs.github.com/spec/"
_WEIGHTS = ("*.safetensors", "pytorch_model*.bin")


def read_json(file: Path) -> dict[str, Any]:
    """Return the object in a JSON file; an empty one where there is no such file.

    Raises:
        ModelError: the file cannot be read, or holds something else.
    """
    if not file.is_file():
        return {}
    try:
        value = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"{file} is damaged ({error}); download or copy it again") from error
    if not isinstance(value, dict):
        raise ModelError(f"{file} holds {type(value).__name__}, expected a JSON object")
    return value


def spiece_file(folder: Path) -> Path:
    """Return the SentencePiece model of a folder.

    Raises:
        ModelError: there is none, or several with names that tell nothing, or it was not
            downloaded.
    """
    named = [folder / name for name in SPIECE_NAMES if (folder / name).is_file()]
    found = named or sorted(folder.glob("*.model"))
    if len(found) == 1 or named:
        refuse_pointer(found[0])
        return found[0]
    wanted = f"a SentencePiece model ('{SPIECE_NAMES[0]}')"
    if found:
        names = ", ".join(file.name for file in found)
        raise ModelError(f"{folder} holds several models ({names}), expected {wanted}")
    raise ModelError(
        f"{folder} holds no SentencePiece model, expected '{SPIECE_NAMES[0]}'. Fine-tuned "
        "checkpoints often come without one: take that of the model they started from, with "
        "ringkas models convert CHECKPOINT --tokenizer indobenchmark/indobart-v2 --to FOLDER"
    )


def weight_files(folder: Path) -> list[Path]:
    """Return the files with the weights, safetensors before pickles.

    Raises:
        ModelError: there are none, or they were not downloaded.
    """
    for pattern in _WEIGHTS:
        if found := sorted(folder.glob(pattern)):
            for file in found:
                refuse_pointer(file)
            return found
    raise ModelError(f"{folder} holds no weights, expected model.safetensors or pytorch_model.bin")


def refuse_pointer(file: Path) -> None:
    """Refuse a Git LFS pointer, which stands where the real file was never downloaded.

    Raises:
        ModelError: the file is a pointer.
    """
    with file.open("rb") as stream:
        start = stream.read(len(_LFS))
    if start == _LFS:
        raise ModelError(
            f"{file} is a Git LFS pointer, not the file itself. Run 'git lfs pull' in {file.parent}"
        )
