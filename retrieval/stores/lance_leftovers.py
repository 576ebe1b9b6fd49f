"""Passages that no article owns: what a process leaves that is killed while it writes.

While a write goes on, a note lies in the store's folder. Whoever finds one when nobody writes
knows that a write was cut short, and looks for what it left.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from retrieval.stores.base import Owner
from retrieval.stores.lance_rows import quote

log = logging.getLogger(__name__)

_NOTE = ".unfinished"
_AT_ONCE = 200  # owners in one condition


@contextmanager
def noted(place: str) -> Iterator[None]:
    """Leave a note in the folder ``place``, and take it away once all went well.

    Another one that lies there stays: it tells of a write that somebody else did not finish.
    """
    note = _note(place)
    if note is None or note.exists():
        yield
        return
    try:
        note.touch()
    except OSError as error:  # a full disk: the write itself will say so better
        log.info("%s takes no note: %s", place, error)
    yield
    note.unlink(missing_ok=True)


def is_unfinished(place: str) -> bool:
    """Tell whether a write into the folder ``place`` goes on, or was cut short."""
    note = _note(place)
    return note is not None and note.exists()


def forget(place: str) -> None:
    """Take the note away: what it stood for is dealt with."""
    if (note := _note(place)) is not None:
        note.unlink(missing_ok=True)


def sweep(articles: Any, passages: Any, owners: Iterable[Owner]) -> None:
    """Remove the passages of those ``owners`` that are no articles of this revision.

    Only for whoever is sure that nobody writes meanwhile.
    """
    table = articles.search().select(["id", "revision"]).limit(None).to_arrow()
    known = {(row["id"], row["revision"]) for row in table.to_pylist()}
    lost = [owner for owner in owners if owner not in known]
    for first in range(0, len(lost), _AT_ONCE):
        some = lost[first : first + _AT_ONCE]
        passages.delete(
            " OR ".join(
                f"(article_id = {quote(id)} AND revision = {quote(revision)})"
                for id, revision in some
            )
        )
    if lost:
        log.info("removed what a write that was cut short left of %d articles", len(lost))


def _note(place: str) -> Path | None:
    return None if "://" in place else Path(place) / _NOTE
