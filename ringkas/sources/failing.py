"""What becomes of an item that cannot be read: a Failure beside the rest, whatever the reason."""

from __future__ import annotations

import logging

from ringkas.errors import RingkasError, SourceError
from ringkas.types import Failure

log = logging.getLogger(__name__)


def failure_of(source: str, error: Exception) -> Failure:
    """Return the failure of one item.

    An error that nobody raised on purpose is a fault of ours, or of a library, that some odd item
    has found: it is logged in full, and stops the other items no more than a broken file does.
    """
    if isinstance(error, RingkasError):
        return Failure(source, error)
    log.error("unexpected error in reading %s", source, exc_info=error)
    return Failure(
        source,
        SourceError(
            f"{source} cannot be read ({type(error).__name__}: {error}). This should not happen: "
            "please report it with the item, and leave the item out for now."
        ),
    )
