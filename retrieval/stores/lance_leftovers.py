"""Passages that no article owns: what a process leaves that is killed while it writes.

While a write into a folder goes on, a note lies there that names its articles. Whoever holds the
lock and finds one knows that a write was cut short, and clears what it left of these articles. Each
machine has a note of its own, since its lock may not be seen by others.
"""

from __future__ import annotations

import json
import logging
import platform
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from retrieval.stores.lance_rows import quote, quote_all

log = logging.getLogger(__name__)

_NOTE = f".unfinished-{platform.node()}"
_AT_ONCE = 200  # articles in one condition


@contextmanager
def noted(place: str, ids: Sequence[str]) -> Iterator[None]:
    """Leave a note of the articles ``ids`` in the folder ``place``, until all went well.

    Only for whoever holds the folder's lock. What an older note names stays in it.
    """
    older = unfinished(place)
    _keep(place, [*older, *ids])
    yield
    _keep(place, older)


def unfinished(place: str) -> list[str]:
    """Return the articles of a write into the folder ``place`` that goes on, or was cut short."""
    try:
        note = json.loads((Path(place) / _NOTE).read_text(encoding="utf-8"))
        return list(note["articles"])
    except (OSError, ValueError, KeyError, TypeError):  # as a rule there is none
        return []


def sweep(place: str, articles: Any, passages: Any) -> None:
    """Remove what a write left that was cut short, and its note.

    Only for whoever holds the folder's lock.
    """
    ids = unfinished(place)
    for first in range(0, len(ids), _AT_ONCE):
        some = ids[first : first + _AT_ONCE]
        rows = articles.search().where(f"id IN {quote_all(some)}").select(["id", "revision"])
        known = {row["id"]: row["revision"] for row in rows.limit(None).to_list()}
        lost = " OR ".join(_lost(id, known.get(id)) for id in some)
        if count := passages.count_rows(lost):
            passages.delete(lost)
            log.info("%s: removed %d passages of a write that was cut short", place, count)
    if ids:
        _keep(place, [])


def _lost(id: str, revision: str | None) -> str:
    """Return the condition of an article's passages that are not of its revision."""
    own = "" if revision is None else f" AND revision <> {quote(revision)}"
    return f"(article_id = {quote(id)}{own})"


def _keep(place: str, ids: Sequence[str]) -> None:
    """Write the note anew, or take it away where it would name nothing."""
    note = Path(place) / _NOTE
    try:
        if ids:
            new = note.with_name(f"{note.name}.new")
            new.write_text(json.dumps({"articles": list(ids)}), "utf-8")
            new.replace(note)
        else:
            note.unlink(missing_ok=True)
    except OSError as error:  # a full disk: the write itself will say so better
        log.info("%s takes no note: %s", place, error)
