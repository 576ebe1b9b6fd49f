"""Whether an index holds together: counts, fingerprints, passages and vectors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from retrieval.adding import revision
from retrieval.fingerprints import fingerprint, understood
from retrieval.passages import cut
from retrieval.stores import Store, StoredArticle, StorePage
from retrieval.stores.places import open_store
from ringkas.embedding import get_embedder
from ringkas.embedding.base import Vectors
from ringkas.settings import PassageSettings, Settings
from ringkas.types import Passage

Kind = Literal[
    "settings", "counts", "changed", "missing", "unexpected", "doubled", "not-finite",
    "not-normalised", "orphans",
]  # fmt: skip
# Called with (articles done, articles in all).
Progress = Callable[[int, int], None]
_PAGE = 256
_EXAMPLES = 5
# Float32 vectors have length 1 within 1e-6; half precision on the way leaves 1e-3.
_LENGTH_TOLERANCE = 2e-3

_MEANING: dict[Kind, str] = {
    "settings": "made with other settings than these",
    "counts": "articles and passages counted and read are not as many",
    "changed": "articles that are not as they were written",
    "missing": "articles without some of their passages",
    "unexpected": "articles with passages that nobody cut so",
    "doubled": "articles with a passage twice",
    "not-finite": "articles with a vector that holds no number",
    "not-normalised": "articles with a vector whose length is not 1",
    "orphans": "revisions of articles that left passages behind, or are being written now",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One kind of thing that is not as it should be, how often, and where first.

    Orphans are harmless: searches pass over them, and a copy or rebuild leaves them behind.
    """

    kind: Kind
    count: int
    examples: tuple[str, ...]

    @property
    def harmless(self) -> bool:
        """Whether answers are right all the same."""
        return self.kind == "orphans"

    @property
    def meaning(self) -> str:
        """What was found, in words."""
        return _MEANING[self.kind]


@dataclass(frozen=True, slots=True)
class Verification:
    """What an index holds, and what is wrong with it."""

    place: str
    articles: int
    passages: int
    findings: tuple[Finding, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing was found, or only what does no harm."""
        return all(finding.harmless for finding in self.findings)


@dataclass(slots=True)
class _Notes:
    """What is found on the way, by kind: ids or names."""

    found: dict[Kind, list[str]] = field(default_factory=lambda: defaultdict(list))
    revisions: dict[str, str] = field(default_factory=dict)
    passages: int = 0


def verify(place: str, settings: Settings, on_progress: Progress | None = None) -> Verification:
    """Read a whole index and compare it with itself and with the settings. Nothing is changed.

    Each article's hash must be that of its words, its passages those that the settings cut, each
    vector finite and of length 1; no passage may be without its article. What another process
    writes meanwhile is no fault.

    Raises:
        StoreError: the index cannot be read, or is not there.
        ModelError: an embedder other than the built-in one cannot be loaded.
    """
    store = open_store(place, settings.store, None)
    notes = _Notes()
    expected = fingerprint(get_embedder(settings), settings)
    made_by = understood(store.metadata)
    notes.found["settings"] = [
        f"{name} is {made_by.get(name)!r}, not {value!r}"
        for name, value in expected.items()
        if made_by.get(name) != value
    ]
    cutting = None if notes.found["settings"] else settings.passages
    counted = store.counts()
    for page in store.pages(_PAGE):
        _check_page(page, notes, cutting)
        if on_progress:
            on_progress(len(notes.revisions), max(counted[0], len(notes.revisions)))
    orphaned = _check_owners(store, notes)
    read = len(notes.revisions), notes.passages + orphaned
    if counted == store.counts() != read:
        notes.found["counts"].append(f"{counted} counted, {read} read")
    return Verification(place, len(notes.revisions), notes.passages, tuple(_findings(notes)))


def _findings(notes: _Notes) -> Iterator[Finding]:
    for kind in _MEANING:
        if found := notes.found[kind]:
            yield Finding(kind, len(found), tuple(found[:_EXAMPLES]))


def _check_page(page: StorePage, notes: _Notes, cutting: PassageSettings | None) -> None:
    rows: dict[str, list[int]] = defaultdict(list)
    for row, each in enumerate(page.passages):
        rows[each.passage.article_id].append(row)
    notes.passages += len(page.passages)
    for item in page.articles:
        own = rows[item.article.id]
        notes.revisions[item.article.id] = item.revision
        passages = [page.passages[row].passage for row in own]
        for kind in _faults(item, passages, page.vectors[own], cutting):
            notes.found[kind].append(item.article.id)


def _faults(
    item: StoredArticle,
    passages: list[Passage],
    vectors: Vectors,
    cutting: PassageSettings | None,
) -> Iterator[Kind]:
    if cutting and revision(item.article) != item.revision:
        yield "changed"
    if len(set(passages)) < len(passages):
        yield "doubled"
    if cutting:
        expected = set(cut(item.article, cutting))
        if expected - set(passages):
            yield "missing"
        if set(passages) - expected:
            yield "unexpected"
    if not np.isfinite(vectors).all():
        yield "not-finite"
    elif (np.abs(np.linalg.norm(vectors, axis=-1) - 1) > _LENGTH_TOLERANCE).any():
        yield "not-normalised"


def _check_owners(store: Store, notes: _Notes) -> int:
    """Note the owners that are not here, and return how many passages they left behind."""
    owners = store.owners()
    astray = [owner for owner in owners if notes.revisions.get(owner[0]) != owner[1]]
    now = _revisions_now(store, (id for id, _ in astray))
    left = [owner for owner in astray if now.get(owner[0]) != owner[1]]
    notes.found["orphans"] = [id for id, _ in left]
    return sum(owners[owner] for owner in left)


def _revisions_now(store: Store, ids: Iterable[str]) -> dict[str, str]:
    """Return the revisions of articles that were written since they were read."""
    return {id: item.revision for id, item in store.get(ids).items()}
