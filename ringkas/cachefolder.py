"""Folders in the cache that are filled once: whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from ringkas.errors import ModelError


def filled_once(target: Path, mark: str, fill: Callable[[Path], None], what: str) -> Path:
    """Return ``target``, having ``fill`` write its files where they are not there yet.

    They are written beside the final place and renamed, so that a killed run leaves no half model.

    Arguments:
        target: the folder; its name must change whenever what is in it does.
        mark: a file that every complete folder holds.
        fill: writes the files into the empty folder given.
        what: names the contents in an error, with the room that they need: "the converted model".

    Raises:
        ModelError: the folder cannot be written.
    """
    if (target / mark).is_file():
        return target
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        scratch = Path(tempfile.mkdtemp(prefix=".filling-", dir=target.parent))
    except OSError as error:
        raise ModelError(
            f"{what} cannot be written to {target.parent} ({error.strerror}). Set RINGKAS_CACHE "
            "to a folder that can be written."
        ) from error
    try:
        fill(scratch)
        scratch.replace(target)
    except OSError as error:
        if not (target / mark).is_file():  # else another process was quicker
            raise ModelError(f"{what} cannot be written to {target}: {error}") from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return target
