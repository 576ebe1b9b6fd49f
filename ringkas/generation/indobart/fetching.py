"""Finds the folder of a checkpoint: a local one, or a Hub name's files."""

from __future__ import annotations

import re
from pathlib import Path

from ringkas.errors import ModelError
from ringkas.generation.indobart.layout import SPIECE_NAMES

_HUB_NAME = re.compile(r"[\w.-]+/[\w.-]+")
_PAPERS = ["*.json", "README.md", *SPIECE_NAMES]
_SAFE, _PICKLED = ["*.safetensors"], ["pytorch_model*.bin"]


def is_hub_name(name_or_path: str) -> bool:
    """Tell whether this is the name of a model on the Hub, and not a path."""
    if Path(name_or_path).expanduser().exists() or name_or_path.startswith((".", "/", "~")):
        return False
    return _HUB_NAME.fullmatch(name_or_path) is not None


def fetch(name_or_path: str, *, offline: bool, weights: bool = True) -> Path:
    """Return the folder with a checkpoint's files, downloading them where that is allowed.

    Arguments:
        name_or_path: a folder, or a name on the Hub.
        offline: whether the Hub must not be asked.
        weights: whether the weights are needed, or the papers and the vocabulary only.

    Raises:
        ModelError: there is no such folder or name, or it is not here and may not be downloaded.
    """
    if is_hub_name(name_or_path):
        return _from_hub(name_or_path, offline, weights)
    folder = Path(name_or_path).expanduser()
    if folder.is_dir():
        return folder
    if folder.exists():
        raise ModelError(f"{folder} is a file, expected the folder of an IndoBART checkpoint")
    raise ModelError(
        f"there is no folder '{name_or_path}'. Give the folder of an IndoBART checkpoint, or a "
        "Hub name such as indobenchmark/indobart-v2"
    )


def _from_hub(name: str, offline: bool, weights: bool) -> Path:
    from huggingface_hub.errors import (
        HfHubHTTPError,
        HFValidationError,
        LocalEntryNotFoundError,
        OfflineModeIsEnabled,
    )

    try:
        return _download(name, offline, weights)
    except (LocalEntryNotFoundError, OfflineModeIsEnabled) as error:
        raise ModelError(_absent(name, offline)) from error
    except (HfHubHTTPError, HFValidationError, OSError) as error:
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise ModelError(f"cannot fetch '{name}' from the model Hub: {reason}") from error


def _download(name: str, offline: bool, weights: bool) -> Path:
    """Download the papers, then safetensors or, where there are none, the pickle."""
    from huggingface_hub import snapshot_download

    wanted = _PAPERS + (_SAFE if weights else [])
    folder = Path(snapshot_download(name, allow_patterns=wanted, local_files_only=offline))
    if weights and not any(folder.glob(_SAFE[0])):
        snapshot_download(name, allow_patterns=_PAPERS + _PICKLED, local_files_only=offline)
    return folder


def _absent(name: str, offline: bool) -> str:
    missing = f"there is no folder '{name}', and no model of that name was downloaded before"
    if offline:
        return (
            f"{missing}. Set offline = false in the configuration to fetch it from the model Hub "
            "(--config indobart does), or give a folder"
        )
    return f"{missing}; the model Hub cannot be reached. Check the network, or give a folder"
