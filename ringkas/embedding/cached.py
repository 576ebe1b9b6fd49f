"""Unpacked weights in the cache: made once, and checked when they are used."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from ringkas.cachefolder import filled_once
from ringkas.embedding import checksums
from ringkas.settings import cache_folder

log = logging.getLogger(__name__)


def made_once(name: str, mark: str, make: Callable[[Path], None], megabytes: int) -> Path:
    """Return the cache's folder ``name``, having ``make`` fill it where it is not there yet.

    What no longer has the hashes that were written with it is made anew.

    Arguments:
        name: the folder's name; it must change whenever what is in it does.
        mark: a file that every complete folder holds.
        make: writes the files, and their hashes (:mod:`checksums`), into the empty folder given.
        megabytes: the room that they need, for the message where there is none.

    Raises:
        ModelError: the cache folder cannot be written.
    """
    folder = cache_folder() / name
    if (folder / mark).is_file() and not checksums.hold(folder):
        log.warning("the weights in %s were damaged and are unpacked anew", folder)
        checksums.move_away(folder)
    return filled_once(folder, mark, make, f"the weights ({megabytes} MB)")
