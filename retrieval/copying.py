"""Whole indexes: copied between stores, backed up, and made anew from their articles."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from retrieval.adding import AddReport
from retrieval.fingerprints import understood
from retrieval.index import Index
from retrieval.remembering import Remembering
from retrieval.stores import Store, StorePage
from retrieval.stores.places import open_store
from ringkas.errors import FingerprintError, StoreError
from ringkas.settings import Settings
from ringkas.types import Article

# Called with (articles done, articles in all).
Progress = Callable[[int, int], None]
# Articles a read and a write: on object storage each costs several round trips.
_PAGE = 256


@dataclass(frozen=True, slots=True)
class CopyReport:
    """What a copy did. ``copied`` and ``unchanged`` (there already) count articles.

    ``passages`` are those of the copied ones.
    """

    copied: int = 0
    unchanged: int = 0
    passages: int = 0


def copy_index(
    source: str, target: str, settings: Settings, on_progress: Progress | None = None
) -> CopyReport:
    """Copy every article with its passages and vectors into another store; nothing is embedded.

    What the target has already in the same revision is passed over: an interrupted copy goes on
    where it stopped, and a later one brings what is new. Nothing is removed from the target.

    Raises:
        StoreError: either cannot be used, or both are the same place.
        FingerprintError: the target holds an index that was made otherwise.
    """
    if _same(source, target):
        raise StoreError(f"{source} cannot be copied onto itself: name another place")
    held = open_store(source, settings.store, None)
    taking = open_store(target, settings.store, held.metadata, _dimension(source, held.metadata))
    _check_alike(source, held.metadata, target, taking.metadata)
    return _copy(held, taking, on_progress)


def _copy(source: Store, target: Store, on_progress: Progress | None) -> CopyReport:
    total, report = source.counts()[0], CopyReport()
    for page in source.pages(_PAGE):
        fresh = _missing(page, target)
        if fresh.articles:
            target.put(fresh.articles, fresh.passages, fresh.vectors)
        report = CopyReport(
            report.copied + len(fresh.articles),
            report.unchanged + len(page.articles) - len(fresh.articles),
            report.passages + len(fresh.passages),
        )
        if on_progress:
            done = report.copied + report.unchanged
            on_progress(done, max(total, done))
    target.optimize()
    return report


def _missing(page: StorePage, target: Store) -> StorePage:
    """Return the part of a page that the target does not have as it is."""
    known = target.get(item.article.id for item in page.articles)
    articles = [item for item in page.articles if known.get(item.article.id) != item]
    ids = {item.article.id for item in articles}
    rows = [n for n, item in enumerate(page.passages) if item.passage.article_id in ids]
    return StorePage(articles, [page.passages[n] for n in rows], page.vectors[rows])


def back_up(
    source: str, folder: str | Path, settings: Settings, on_progress: Progress | None = None
) -> CopyReport:
    """Write an index into a new folder, as it is at this moment, while others go on writing.

    The folder is an index itself, and appears only when it is whole. From Milvus, which tells no
    moment, each article is whole but articles added meanwhile may be in it or not.

    Raises:
        StoreError: the folder is there already, or either cannot be used.
    """
    goal = Path(folder)
    if "://" in str(folder):
        raise StoreError(f"'{folder}' is no folder: use 'ringkas index copy' for other places")
    if goal.exists():
        raise StoreError(f"{goal} is there already: a backup is a new folder, name another")
    held = open_store(source, settings.store, None)
    try:
        goal.parent.mkdir(parents=True, exist_ok=True)
        unfinished = Path(tempfile.mkdtemp(prefix=f".{goal.name}-", dir=goal.parent))
    except OSError as error:
        raise StoreError(f"no backup can be written to {goal}: {error.strerror}") from error
    try:
        made = unfinished / "index"
        taking = open_store(
            str(made), settings.store, held.metadata, _dimension(source, held.metadata)
        )
        report = _copy(held, taking, on_progress)
        _check_counts(taking, report, goal)
        made.rename(goal)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return report


@dataclass(frozen=True, slots=True)
class RebuildReport:
    """What a rebuild did: to the articles, and how many passages it had to embed."""

    articles: AddReport
    embedded: int


def rebuild(
    source: str, target: str, settings: Settings, on_progress: Progress | None = None
) -> RebuildReport:
    """Make a new index of an index's articles, cut and embedded as the settings say.

    The old one may have been made with other settings or by an earlier release, and stays as it
    is. Vectors of passages that the embedder would see as before are taken over. An interrupted
    call goes on where it stopped.

    Raises:
        StoreError: either cannot be used, or both are the same place.
        FingerprintError: the target holds an index made with other settings.
        ModelError: the embedder cannot be loaded.
    """
    if _same(source, target):
        raise StoreError(f"{source} cannot be rebuilt onto itself: name a new place")
    held = open_store(source, settings.store, None)
    total = held.counts()[0]
    step = (lambda done, _: on_progress(done, max(total, done))) if on_progress else None
    made = Index.open(target, settings)
    made.embedder = remembering = Remembering(made.embedder)
    articles = _articles(held.pages(_PAGE), remembering, held.metadata)
    return RebuildReport(made.add(articles, step), remembering.embedded)


def _articles(
    pages: Iterable[StorePage], remembering: Remembering, made_by: Mapping[str, Any]
) -> Iterator[Article]:
    for page in pages:
        remembering.see(page, made_by)
        yield from (item.article for item in page.articles)


def compact(place: str, settings: Settings) -> None:
    """Merge an index's files and give back the room of what was replaced.

    Raises:
        StoreError: the index cannot be written, or another process got in the way.
    """
    open_store(place, settings.store, None).compact()


def _same(one: str, other: str) -> bool:
    if "://" in one or "://" in other:
        return one.rstrip("/") == other.rstrip("/")
    return Path(one).resolve() == Path(other).resolve()


def _dimension(place: str, metadata: Mapping[str, Any]) -> int:
    try:
        return int(metadata["dimension"])
    except (KeyError, TypeError, ValueError):
        raise StoreError(
            f"{place} does not say how long its vectors are: it was not made by Ringkas"
        ) from None


def _check_alike(
    source: str, expected: Mapping[str, Any], target: str, found: Mapping[str, Any]
) -> None:
    one, other = understood(expected), understood(found)
    names = sorted(name for name in {*one, *other} if one.get(name) != other.get(name))
    if names:
        raise FingerprintError(
            f"{target} holds an index that was made otherwise than {source}: "
            f"{', '.join(names)} differ. Copy into a new place, or bring the articles over with "
            f"'ringkas --index {source} index rebuild {target}'"
        )


def _check_counts(store: Store, report: CopyReport, goal: Path) -> None:
    expected = (report.copied, report.passages)
    if store.counts() != expected:
        raise StoreError(
            f"the backup {goal} holds {store.counts()} articles and passages instead of "
            f"{expected}: nothing was kept, check the disk and try again"
        )
