"""Folders in the cache that are made once, whole or not at all, and checked when they are used."""

from __future__ import annotations

import logging
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from ringkas.embedding import checksums
from ringkas.errors import ModelError
from ringkas.settings import cache_folder

log = logging.getLogger(__name__)


def made_once(name: str, mark: str, make: Callable[[Path], None], megabytes: int) -> Path:
    """Return the cache's folder ``name``, having ``make`` fill it where it is not there yet.

    It is filled beside its final place and renamed, so that a killed run leaves no half model. What
    no longer has the hashes that were written with it is made anew.

    Arguments:
        name: the folder's name; it must change whenever what is in it does.
        mark: a file that every complete folder holds.
        make: writes the files, and their hashes (:mod:`checksums`), into the empty folder given.
        megabytes: the room that they need, for the message where there is none.

    Raises:
        ModelError: the cache folder cannot be written.
    """
    folder = cache_folder() / name
    if (folder / mark).is_file():
        if checksums.hold(folder):
            return folder
        log.warning("the weights in %s were damaged and are unpacked anew", folder)
        checksums.move_away(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        scratch = Path(tempfile.mkdtemp(prefix=".unpack-", dir=folder.parent))
    except OSError as error:
        raise ModelError(
            f"the weights need about {megabytes} MB in {folder.parent}, which cannot be "
            f"written ({error.strerror}). Set RINGKAS_CACHE to a folder that can."
        ) from error
    try:
        make(scratch)
        scratch.replace(folder)
    except OSError as error:
        if not (folder / mark).is_file():  # else another process was quicker
            raise ModelError(f"cannot unpack the weights into {folder}: {error}") from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return folder
