"""The index: articles in, passages out."""

from __future__ import annotations

import threading
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from retrieval.adding import AddReport, add_chunk
from retrieval.fingerprints import check_fingerprint, fingerprint
from retrieval.reranking import get_reranker
from retrieval.search import Mode, find
from retrieval.stores import Filters, Store
from retrieval.stores.lance import MEMORY, LanceStore
from retrieval.stores.places import open_store
from retrieval.wellformed import well_formed
from ringkas.embedding import Embedder, get_embedder
from ringkas.errors import StoreError
from ringkas.settings import Settings
from ringkas.types import Article, Hit

# Called with (articles done, articles in all so far as known).
Progress = Callable[[int, int], None]
# Articles stored at a time: what a killed run loses at most, and one write each.
_CHUNK = 16
_TIDY_EVERY = 64


@dataclass(frozen=True, slots=True)
class IndexStats:
    """What an index holds. ``languages`` and ``sources`` count articles."""

    path: str
    articles: int
    passages: int
    languages: Mapping[str, int]
    sources: Mapping[str, int]
    fingerprint: Mapping[str, Any]


class Index:
    """Articles, their passages, and the search over them. Safe to use from several threads.

    Open one with :meth:`open`; ``Index.in_memory()`` keeps nothing on disk.
    """

    def __init__(self, path: str, store: Store, embedder: Embedder, settings: Settings) -> None:
        self.path = path
        self.settings = settings
        self.embedder = embedder
        self._store = store
        self._writing = threading.Lock()

    @classmethod
    def open(
        cls,
        path: str | Path | None = None,
        settings: Settings | None = None,
        *,
        create: bool = True,
    ) -> Index:
        """Open the index in a folder (``settings.index`` when none is named), or make one.

        The built-in embedder is loaded by the first search or addition, any other one here.

        Raises:
            StoreError: the folder cannot be used, or holds no index and ``create`` is False.
            FingerprintError: another embedder, cleaner or passage size made this index.
            ModelError: an embedder other than the built-in one cannot be loaded.
        """
        settings = settings or Settings()
        place = str(path or settings.index)
        _check_folder(place, create)
        embedder = get_embedder(settings)
        made_by = fingerprint(embedder, settings)
        dimension = embedder.fingerprint.dimension
        store = open_store(place, settings.store, made_by if create else None, dimension)
        check_fingerprint(place, store.metadata, made_by)
        return cls(place, store, embedder, settings)

    @classmethod
    def in_memory(cls, settings: Settings | None = None) -> Index:
        """Return an empty index that lives as long as the process."""
        settings = settings or Settings()
        embedder = get_embedder(settings)
        made_by = fingerprint(embedder, settings)
        store = LanceStore.open(MEMORY, made_by, embedder.fingerprint.dimension)
        return cls(MEMORY, store, embedder, settings)

    def add(self, articles: Iterable[Article], on_progress: Progress | None = None) -> AddReport:
        """Add articles; those with a known id replace, those that are unchanged cost nothing.

        Every finished chunk of 16 is on disk: an interrupted call keeps what it has done, and the
        same call again carries on. ``on_progress`` gets (done, total); the total of a stream is
        what has been seen of it.

        Raises:
            StoreError: the folder cannot be written, or its disk is full.
            ModelError: the embedder cannot be loaded.
        """
        total = len(articles) if isinstance(articles, list | tuple) else 0
        report, done = AddReport(), 0
        for number, chunk in enumerate(_chunks(articles), start=1):
            with self._writing:
                report += add_chunk(chunk, self._store, self.embedder, self.settings)
                if number % _TIDY_EVERY == 0:
                    self._store.optimize()
            done += len(chunk)
            if on_progress:
                on_progress(done, max(total, done))
        with self._writing:
            self._store.optimize()
        return report

    def remove(self, article_ids: str | Iterable[str]) -> int:
        """Remove one article or several by id; return how many were there.

        Raises:
            StoreError: the folder cannot be written.
        """
        wanted = [article_ids] if isinstance(article_ids, str) else list(article_ids)
        with self._writing:
            return self._store.remove(wanted)

    def search(
        self,
        question: str,
        *,
        limit: int = 8,
        filters: Filters | None = None,
        mode: Mode = "hybrid",
    ) -> list[Hit]:
        """Return up to ``limit`` passages for a question, best first; none for an empty one.

        The hybrid mode uses the reranker, where the settings name one.

        Raises:
            StoreError: the index cannot be read.
            ModelError: the embedder cannot be loaded.
        """
        if not question.strip():
            return []
        asked, settings = well_formed(question), self.settings.retrieval
        reranker = get_reranker(self.settings, self.embedder) if mode == "hybrid" else None
        hits = find(
            asked,
            self._store,
            self.embedder,
            settings,
            limit=max(limit, settings.rerank) if reranker else limit,
            filters=filters or Filters(),
            mode=mode,
        )
        if reranker:
            best, rest = hits[: settings.rerank], hits[settings.rerank :]
            hits = [*reranker.rerank(asked, best), *rest]
        return hits[:limit]

    def articles(
        self,
        filters: Filters | None = None,
        limit: int | None = None,
        offset: int = 0,
        words: str = "",
    ) -> list[Article]:
        """Return articles, newest first, undated ones last.

        With ``words``, only those whose title or text has each of them, as a whole word or inside
        one, in upper or lower case. The store looks through the texts; none is loaded for it.

        Raises:
            StoreError: the index cannot be read.
        """
        wanted = unicodedata.normalize("NFC", words).split()
        found = self._store.articles(filters or Filters(), limit, offset, wanted)
        return [item.article for item in found]

    def article(self, article_id: str) -> Article:
        """Return one article.

        Raises:
            StoreError: no article has this id.
        """
        found = self._store.get([article_id])
        if article_id not in found:
            raise StoreError(
                f"no article '{article_id}' in {self.path}: 'ringkas articles' lists them"
            )
        return found[article_id].article

    def counts(self) -> tuple[int, int]:
        """Return the number of articles and of passages; nothing else is read for it.

        Raises:
            StoreError: the index cannot be read.
        """
        return self._store.counts()

    def stats(self) -> IndexStats:
        """Count what the index holds; no article is loaded for it."""
        articles, passages = self._store.counts()
        facets = self._store.facets()
        return IndexStats(
            path=self.path,
            articles=articles,
            passages=passages,
            languages=facets.languages,
            sources=facets.sources,
            fingerprint=fingerprint(self.embedder, self.settings),
        )


def _check_folder(place: str, create: bool) -> None:
    """Refuse before the models load what cannot become an index."""
    if "://" in place:
        return
    folder = Path(place)
    if folder.is_file():
        raise StoreError(f"{place} is a file; an index is a folder: choose another with --index")
    if not create and not folder.is_dir():
        raise StoreError(
            f"there is no index in {place}. Make one with: ringkas --index {place} add FILE_OR_URL"
        )


def _chunks(articles: Iterable[Article]) -> Iterator[list[Article]]:
    stream = iter(articles)
    while chunk := list(islice(stream, _CHUNK)):
        yield chunk
