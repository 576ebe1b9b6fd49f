"""Converted checkpoints, kept in the cache folder so that each is converted once."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from threading import Lock

from ringkas.errors import ModelError
from ringkas.generation.indobart.checking import check_tokenizer
from ringkas.generation.indobart.converting import Source, convert
from ringkas.generation.indobart.detecting import is_converted
from ringkas.generation.indobart.fetching import fetch, is_hub_name
from ringkas.generation.indobart.layout import FORMAT
from ringkas.settings import cache_folder

_CONVERTING = Lock()
_READ = ("*.json", "*.model", "*.safetensors", "*.bin")


def converted(name_or_path: str, *, offline: bool) -> Path:
    """Return the folder of a checkpoint in the form stock transformers loads.

    The first call converts it into the cache folder, which takes as much room as the weights (0.5
    GB for IndoBART); later calls find it there. A folder that is converted already is returned as
    it is; one whose files have changed is converted again.

    Arguments:
        name_or_path: the folder or Hub name of an IndoBART checkpoint.
        offline: whether the Hub must not be asked.

    Raises:
        MissingExtraError: sentencepiece is not installed.
        ModelError: the checkpoint is not there, cannot be converted, or was damaged since.
    """
    with _CONVERTING:  # two requests at once must not do the work twice
        folder = _converted_before(name_or_path) or _convert(name_or_path, offline)
    return _tested(folder)


def _converted_before(name_or_path: str) -> Path | None:
    on_hub = is_hub_name(name_or_path)
    folder = _place(name_or_path, "hub") if on_hub else Path(name_or_path).expanduser()
    return folder if is_converted(folder) else None


def _convert(name_or_path: str, offline: bool) -> Path:
    folder = fetch(name_or_path, offline=offline)
    if is_hub_name(name_or_path):
        source = Source(folder, folder, name_or_path, name_or_path)
        target = _place(name_or_path, "hub")
    else:
        source = Source(folder, folder)
        target = _place(folder.resolve().name, _digest(folder))
    if not is_converted(target):
        convert(source, target)
    return target


def _tested(folder: Path) -> Path:
    """Return the folder, its tokenizer tested: a converted folder can be damaged later."""
    from transformers import AutoTokenizer

    try:
        tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
    except Exception as error:  # damaged files make the loader raise errors of many kinds
        raise ModelError(
            f"the converted tokenizer in {folder} cannot be loaded. Delete the folder, and it is "
            "converted again"
        ) from error
    check_tokenizer(tokenizer, folder)
    return folder


def _place(name: str, digest: str) -> Path:
    readable = re.sub(r"[^\w.-]+", "--", name).strip(".-") or "model"
    return cache_folder() / "indobart" / f"{readable}-{digest}-{FORMAT}"


def _digest(folder: Path) -> str:
    """Return what tells this folder in its present state from any other."""
    try:
        files = sorted({file for pattern in _READ for file in folder.glob(pattern)})
        state = [(file.name, file.stat().st_size, file.stat().st_mtime_ns) for file in files]
    except OSError as error:
        raise ModelError(f"cannot read {folder}: {error.strerror}") from error
    return hashlib.sha256(f"{folder.resolve()}{state}".encode()).hexdigest()[:12]
