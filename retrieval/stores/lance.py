"""LanceDB in a folder, in memory, on object storage (``s3://``), or at any URI it opens.

Two tables. ``articles`` is the truth: an article exists once its row does. ``passages`` are
written before it under the article's revision and removed after it, so a process killed between
the two leaves at most passages that no article owns. Searches pass over those. In a folder the
next write clears them, elsewhere the next ``put`` or ``remove`` of the article.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from retrieval.stores.base import Facets, Filters, Owner, StoredArticle, StoredPassage, StorePage
from retrieval.stores.lance_errors import clear_errors
from retrieval.stores.lance_indexes import (
    LOOKED_UP_EVERY,
    REFINE,
    keep_lookups,
    tidy,
    tidy_all,
    view_of,
)
from retrieval.stores.lance_leftovers import noted, sweep
from retrieval.stores.lance_rows import (
    article_row,
    holds_all,
    passage_rows,
    quote,
    quote_all,
    stored_article,
    stored_passage,
    vectors_of_column,
    where_clause,
)
from retrieval.stores.lance_tables import ROW_IDS_STAY, create_tables, metadata_of
from retrieval.stores.locking import only_writer
from ringkas.embedding.base import Vectors
from ringkas.errors import StoreError

if TYPE_CHECKING:
    import pyarrow as pa

log = logging.getLogger(__name__)

MEMORY = "memory://"
_PASSAGE_COLUMNS = ["article_id", "start", "end", "revision", "language", "terms"]
# Between two writes there are milliseconds, and a try takes no longer.
_MOMENT_TRIES = 50


class LanceStore:
    """A :class:`retrieval.stores.base.Store` on LanceDB."""

    def __init__(
        self, place: str, database: Any, tables: tuple[Any, Any], metadata: Mapping[str, Any]
    ) -> None:
        self._place = place
        self._database = database
        self._articles, self._passages = tables
        self._written = 0
        self.metadata = metadata

    @classmethod
    def open(
        cls,
        uri: str,
        metadata: Mapping[str, Any] | None,
        dimension: int,
        storage: Mapping[str, str] | None = None,
    ) -> LanceStore:
        """Open the store at ``uri``; create it with ``metadata`` where there is none.

        With ``metadata=None`` nothing is created. The metadata it was created with is in
        ``metadata`` afterwards: comparing is the caller's affair. ``storage`` holds LanceDB's
        options for object storage.

        Raises:
            StoreError: the folder cannot be read or written, is damaged, or holds no store.
        """
        # Otherwise the engine warns on standard error whenever it is asked about a graph.
        os.environ.setdefault("LANCE_INCLUDE_VECTOR_CENTROIDS", "false")
        import lancedb

        with clear_errors(uri):
            options = {**ROW_IDS_STAY, **(storage or {})}
            database = lancedb.connect(
                uri, read_consistency_interval=timedelta(0), storage_options=options
            )
            names = set(database.list_tables().tables)
            if {"articles", "passages"} <= names:
                tables = database.open_table("articles"), database.open_table("passages")
            elif metadata is None:
                raise StoreError(
                    f"there is no index at {uri}. Make one: ringkas --index {uri} add FILE_OR_URL"
                )
            else:
                tables = create_tables(database, metadata, dimension)
            kept = metadata_of(tables[1].schema, uri)
        return cls(uri, database, tables, kept)

    def put(
        self, articles: Sequence[StoredArticle], passages: Sequence[StoredPassage], vectors: Vectors
    ) -> None:
        """Store articles and all their passages, replacing those of the same ids."""
        ids = quote_all(item.article.id for item in articles)
        revisions = quote_all(item.revision for item in articles)
        with self._writing([item.article.id for item in articles]), clear_errors(self._place):
            # A put that was killed may have left passages of this very revision.
            self._passages.delete(f"article_id IN {ids} AND revision IN {revisions}")
            if passages:
                self._passages.add(passage_rows(passages, vectors, articles, self._passages.schema))
            (
                self._articles.merge_insert("id")
                .when_matched_update_all()
                .when_not_matched_insert_all()
                .execute([article_row(item) for item in articles])
            )
            self._passages.delete(f"article_id IN {ids} AND revision NOT IN {revisions}")
        self._written += len(passages)
        if self._written > LOOKED_UP_EVERY:
            self._written = 0
            self._saving_time(keep_lookups)

    def remove(self, article_ids: Iterable[str]) -> int:
        """Remove articles; return how many were there."""
        wanted = list(article_ids)
        if not wanted:
            return 0
        with self._writing(wanted), clear_errors(self._place):
            count = int(self._articles.count_rows(f"id IN {quote_all(wanted)}"))
            self._articles.delete(f"id IN {quote_all(wanted)}")
            self._passages.delete(f"article_id IN {quote_all(wanted)}")
        return count

    def get(self, article_ids: Iterable[str]) -> dict[str, StoredArticle]:
        """Return the articles of these ids that are here."""
        wanted = list(dict.fromkeys(article_ids))
        if not wanted:
            return {}
        with clear_errors(self._place):
            rows = self._articles.search().where(f"id IN {quote_all(wanted)}").limit(None).to_list()
        return {row["id"]: stored_article(row) for row in rows}

    def articles(
        self,
        filters: Filters,
        limit: int | None = None,
        offset: int = 0,
        words: Sequence[str] = (),
    ) -> list[StoredArticle]:
        """Return articles with all ``words``, newest first, undated ones last."""
        where = " AND ".join(filter(None, (where_clause(filters, "id"), holds_all(words))))
        with clear_errors(self._place):
            query = self._articles.search().select(["id", "moment"]).limit(None)
            table = (query.where(where) if where else query).to_arrow()
        newest_first = table.sort_by([("moment", "descending"), ("id", "descending")])
        page = newest_first["id"].slice(offset, limit).to_pylist()
        found = self.get(page)
        return [found[key] for key in page if key in found]

    def vectors_of(self, item: StoredArticle) -> dict[tuple[int, int], Vectors]:
        """Return the vectors of an article's passages, of this very revision, by (start, end)."""
        own = f"article_id = {quote(item.article.id)} AND revision = {quote(item.revision)}"
        with clear_errors(self._place):
            rows = (
                self._passages.search()
                .where(own)
                .select(["start", "end", "vector"])
                .limit(None)
                .to_list()
            )
        return {(row["start"], row["end"]): np.asarray(row["vector"], np.float32) for row in rows}

    def nearest(
        self, vector: Vectors, limit: int, filters: Filters
    ) -> list[tuple[StoredPassage, float]]:
        """Return passages by cosine similarity, best first."""
        with clear_errors(self._place):
            query = self._in_view(self._passages.search(vector), limit)
            rows = _filtered(query, filters).select([*_PASSAGE_COLUMNS, "_distance"]).to_list()
        return [_with_cosine(row) for row in rows]

    def nearest_each(self, vectors: Vectors, limit: int) -> list[list[tuple[StoredPassage, float]]]:
        """Return for each vector what ``nearest`` does, in one pass. *Shape:* (n, dim)."""
        found: list[list[tuple[StoredPassage, float]]] = [[] for _ in vectors]
        if not found:
            return found
        with clear_errors(self._place):
            # Several vectors in one query are numbered in its result; one by itself is not.
            query = self._in_view(self._passages.search(list(vectors)), limit)
            rows = query.select([*_PASSAGE_COLUMNS, "_distance"]).to_list()
        for row in rows:
            found[row.get("query_index", 0)].append(_with_cosine(row))
        return found

    def _in_view(self, query: Any, limit: int) -> Any:
        """Say how to compare, and how far to look where there is a graph; else all is looked at."""
        view = max(view_of(self._passages.count_rows()), REFINE * limit)
        return query.distance_type("cosine").limit(limit).refine_factor(REFINE).ef(view)

    def lexical(
        self, terms: Sequence[str], limit: int, filters: Filters
    ) -> list[tuple[StoredPassage, float]]:
        """Return passages by BM25 over their terms, best first."""
        from lancedb.query import MatchQuery

        if not terms:
            return []
        with clear_errors(self._place):
            match = MatchQuery(" ".join(terms), "terms")  # type: ignore[call-arg]
            query = self._passages.search(match, query_type="fts").limit(limit)
            rows = _filtered(query, filters).select([*_PASSAGE_COLUMNS, "_score"]).to_list()
        return [(stored_passage(row), float(row["_score"])) for row in rows]

    def counts(self) -> tuple[int, int]:
        """Return the number of articles and of passages."""
        with clear_errors(self._place):
            return int(self._articles.count_rows()), int(self._passages.count_rows())

    def facets(self) -> Facets:
        """Count the articles by language and by source."""
        with clear_errors(self._place):
            table = self._articles.search().select(["language", "source"]).limit(None).to_arrow()
        return Facets(_tally(table["language"]), _tally(table["source"]))

    def pages(self, size: int = 256, after: str = "") -> Iterator[StorePage]:
        """Yield all articles by ascending id, as they were when the first page was asked for."""
        with clear_errors(self._place):
            articles, passages = self._at_one_moment()
            query = articles.search().select(["id"]).where(f"id > {quote(after)}").limit(None)
            ids = query.to_arrow().sort_by("id")["id"]
        for start in range(0, len(ids), size):
            wanted = ids.slice(start, size).to_pylist()
            with clear_errors(self._place):
                page = _page(articles, passages, wanted)
            yield page

    def _at_one_moment(self) -> tuple[Any, Any]:
        """Return both tables at versions that belong together.

        The articles have not changed from before the passages' version was read until after it:
        so the two are what a search would have seen at that moment.
        """
        for _ in range(_MOMENT_TRIES):
            articles, passages = map(self._database.open_table, ("articles", "passages"))
            versions = articles.version, passages.version
            if self._articles.version == versions[0]:
                articles.checkout(versions[0])
                passages.checkout(versions[1])
                return articles, passages
        raise StoreError(
            f"{self._place} is written to without a pause: try again when less is being added"
        )

    def owners(self) -> dict[Owner, int]:
        """Count the passages of each article and revision, also of those that are not here."""
        with clear_errors(self._place):
            query = self._passages.search().select(["article_id", "revision"]).limit(None)
            counted = (
                query.to_arrow().group_by(["article_id", "revision"]).aggregate([([], "count_all")])
            )
        return {
            (row["article_id"], row["revision"]): row["count_all"] for row in counted.to_pylist()
        }

    def compact(self) -> None:
        """Merge all files, fold all rows into the indexes, and drop what was replaced.

        What was replaced in the last ten minutes stays: somebody may be reading it.
        """
        with clear_errors(self._place):
            tidy_all(self._articles, self._passages)

    def optimize(self) -> None:
        """Merge the files of many small writes, and keep the indexes that the size asks for.

        What a write left that was cut short is cleared, unless somebody is writing right now.
        """
        with only_writer(self._place, patience=0) as alone:
            if alone:
                self._clear()
        self._saving_time(tidy)

    @contextmanager
    def _writing(self, ids: Sequence[str]) -> Iterator[None]:
        """Keep others from writing while something is done to the articles ``ids``."""
        with only_writer(self._place) as alone:
            if not alone:
                yield
                return
            self._clear()
            with noted(self._place, ids):
                yield

    def _clear(self) -> None:
        """Clear what a write left; where that cannot be done, the next write tries."""
        self._saving_time(partial(sweep, self._place))

    def _saving_time(self, action: Callable[[Any, Any], None]) -> None:
        """Do what only saves time: where another process gets in the way, the next call does it."""
        try:
            action(self._articles, self._passages)
        except (OSError, RuntimeError, ValueError) as error:
            log.info("%s could not be tidied up: %s", self._place, error)


def _page(articles: Any, passages: Any, ids: Sequence[str]) -> StorePage:
    """Return the articles of these ids with the passages of their revisions, in order."""
    wanted = quote_all(ids)
    rows = articles.search().where(f"id IN {wanted}").limit(None).to_list()
    found = {row["id"]: stored_article(row) for row in rows}
    query = passages.search().where(f"article_id IN {wanted}").limit(None)
    table = query.select([*_PASSAGE_COLUMNS, "vector"]).to_arrow()
    vectors = vectors_of_column(table["vector"])
    held = [stored_passage(row) for row in table.drop_columns("vector").to_pylist()]
    own = [
        n for n, item in enumerate(held) if found[item.passage.article_id].revision == item.revision
    ]
    own.sort(key=lambda n: (held[n].passage.article_id, held[n].passage.start, held[n].passage.end))
    return StorePage([found[id] for id in ids], [held[n] for n in own], vectors[own])


def _with_cosine(row: Mapping[str, Any]) -> tuple[StoredPassage, float]:
    return stored_passage(row), 1.0 - float(row["_distance"])


def _tally(column: pa.ChunkedArray) -> dict[str, int]:
    return {row["values"] or "": row["counts"] for row in column.value_counts().to_pylist()}


def _filtered(query: Any, filters: Filters) -> Any:
    where = where_clause(filters, "article_id")
    return query.where(where, prefilter=True) if where else query
