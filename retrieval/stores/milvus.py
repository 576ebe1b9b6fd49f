"""Milvus through pymilvus: a cluster, one server, or Milvus Lite in a folder for trying it out.

The same order of writing as everywhere: passages go in under their article's revision, then the
article, then what it replaced goes out. A process killed between leaves at most passages that no
article owns; searches pass over those, and the next ``put`` or ``remove`` clears them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from retrieval.stores.base import (
    Facets,
    Filters,
    Owner,
    StoredArticle,
    StoredPassage,
    StorePage,
)
from retrieval.stores.milvus_link import clear_errors, connect
from retrieval.stores.milvus_rows import (
    article_key,
    article_row,
    encoded,
    expression,
    holds_all,
    joined,
    passage_rows,
    pieces,
    quote,
    quote_all,
    stored_article,
    stored_passage,
)
from retrieval.stores.milvus_schema import ABOUT, ARTICLES, PASSAGES, make_collections
from ringkas.embedding.base import Vectors
from ringkas.errors import StoreError
from ringkas.settings import StoreSettings

_PASSAGE_FIELDS = ["article_id", "first", "behind", "revision", "language", "terms"]
_ARTICLE_FIELDS = ["id", "revision", "story", "language", "record"]
# A reply may be 64 MB: a hundred articles of 100,000 letters are far below, and so are ten
# thousand rows without their texts.
_ARTICLES_A_REPLY = 100
_ROWS_A_REPLY = 10_000
_VECTORS_A_REPLY = 1_000
# An article that changes while it is read is read again.
_WHOLE_TRIES = 20


class MilvusStore:
    """A :class:`retrieval.stores.base.Store` on Milvus."""

    def __init__(
        self, place: str, client: Any, metadata: Mapping[str, Any], settings: StoreSettings
    ) -> None:
        self._place = place
        self._client = client
        self._settings = settings
        self.metadata = metadata

    @classmethod
    def open(
        cls,
        place: str,
        metadata: Mapping[str, Any] | None,
        dimension: int,
        settings: StoreSettings,
    ) -> MilvusStore:
        """Open the store at ``milvus://HOST:PORT/DATABASE`` or in a Milvus Lite folder.

        Where there is none it is created with ``metadata``, and its database too; with
        ``metadata=None`` nothing is created.

        Raises:
            StoreError: the server does not answer or refuses, or there is no store.
            MissingExtraError: pymilvus is not installed.
        """
        with clear_errors(place):
            client, small = connect(place, settings, create=metadata is not None)
            if not client.has_collection(ABOUT):
                if metadata is None:
                    raise StoreError(
                        f"there is no index at {place}. Make one: "
                        f"ringkas --index {place} add FILE_OR_URL"
                    )
                make_collections(client, dimension, settings.milvus_consistency, small=small)
            for name in (ABOUT, ARTICLES, PASSAGES):
                client.load_collection(name)
            store = cls(place, client, {}, settings)
            store.metadata = store._about(metadata)
        return store

    def _about(self, made_with: Mapping[str, Any] | None) -> dict[str, Any]:
        """Return the metadata; a making that was killed before it was written is made up for."""
        rows = self._client.query(ABOUT, filter='id == "metadata"', output_fields=["record"])
        if rows:
            return joined(rows[0]["record"])
        if made_with is None:
            raise StoreError(
                f"the making of the index at {self._place} was interrupted: add something to it"
            )
        row = {"id": "metadata", "record": pieces(made_with), "unused": [0.0, 1.0]}
        self._client.upsert(ABOUT, [row])
        return dict(made_with)

    def put(
        self, articles: Sequence[StoredArticle], passages: Sequence[StoredPassage], vectors: Vectors
    ) -> None:
        """Store articles and all their passages, replacing those of the same ids."""
        if not articles:
            return
        rows = passage_rows(passages, vectors, articles)
        ids = quote_all(item.article.id for item in articles)
        with clear_errors(self._place):
            for part in _parts(rows, _VECTORS_A_REPLY):
                self._client.upsert(PASSAGES, part)
            for part in _parts([article_row(item) for item in articles], _ARTICLES_A_REPLY):
                self._client.upsert(ARTICLES, part)
            kept = quote_all(row["key"] for row in rows)
            others = f" and key not in {kept}" if rows else ""
            self._client.delete(PASSAGES, filter=f"article_id in {ids}{others}")

    def remove(self, article_ids: Iterable[str]) -> int:
        """Remove articles; return how many were there."""
        count = 0
        with clear_errors(self._place):
            for part in _parts(list(dict.fromkeys(article_ids)), _VECTORS_A_REPLY):
                own = f"key in {quote_all(map(article_key, part))}"
                count += len(self._client.query(ARTICLES, filter=own, output_fields=["id"]))
                self._client.delete(ARTICLES, filter=own)
                self._client.delete(PASSAGES, filter=f"article_id in {quote_all(part)}")
        return count

    def get(self, article_ids: Iterable[str]) -> dict[str, StoredArticle]:
        """Return the articles of these ids that are here."""
        rows: list[Mapping[str, Any]] = []
        with clear_errors(self._place):
            for part in _parts(list(dict.fromkeys(article_ids)), _ARTICLES_A_REPLY):
                wanted = f"key in {quote_all(map(article_key, part))}"
                rows += self._client.query(ARTICLES, filter=wanted, output_fields=_ARTICLE_FIELDS)
        return {row["id"]: stored_article(row) for row in rows}

    def articles(
        self,
        filters: Filters,
        limit: int | None = None,
        offset: int = 0,
        words: Sequence[str] = (),
    ) -> list[StoredArticle]:
        """Return articles with all ``words``, newest first, undated ones last.

        Milvus neither sorts nor looks into texts: days and ids are sorted here, and for ``words``
        every article that the filters allow is read.
        """
        asked = [*_ARTICLE_FIELDS, "moment"] if words else ["id", "moment"]
        found = [
            (row["moment"], row["id"])
            for row in self._scan(ARTICLES, expression(filters, "id"), asked)
            if not words or holds_all(stored_article(row).article, words)
        ]
        found.sort(reverse=True)
        page = [id for _, id in found[offset : None if limit is None else offset + limit]]
        held = self.get(page)
        return [held[id] for id in page if id in held]

    def vectors_of(self, item: StoredArticle) -> dict[tuple[int, int], Vectors]:
        """Return the vectors of an article's passages, of this very revision, by (start, end)."""
        own = f"article_id == {quote(item.article.id)} and revision == {quote(item.revision)}"
        return {
            (row["first"], row["behind"]): np.asarray(row["vector"], np.float32)
            for row in self._scan(PASSAGES, own, ["first", "behind", "vector"])
        }

    def nearest(
        self, vector: Vectors, limit: int, filters: Filters
    ) -> list[tuple[StoredPassage, float]]:
        """Return passages by cosine similarity, best first."""
        return self._nearest(vector[np.newaxis], limit, expression(filters, "article_id"))[0]

    def nearest_each(self, vectors: Vectors, limit: int) -> list[list[tuple[StoredPassage, float]]]:
        """Return for each vector what ``nearest`` does, in one pass. *Shape:* (n, dim)."""
        return self._nearest(vectors, limit, "") if len(vectors) else []

    def _nearest(
        self, vectors: Vectors, limit: int, where: str
    ) -> list[list[tuple[StoredPassage, float]]]:
        ef = max(self._settings.milvus_ef, limit)
        with clear_errors(self._place):
            found = self._client.search(
                PASSAGES,
                data=vectors.tolist(),
                anns_field="vector",
                limit=limit,
                filter=where,
                output_fields=_PASSAGE_FIELDS,
                search_params={"metric_type": "COSINE", "params": {"ef": ef}},
            )
        return [_scored(hits) for hits in found]

    def lexical(
        self, terms: Sequence[str], limit: int, filters: Filters
    ) -> list[tuple[StoredPassage, float]]:
        """Return passages by BM25 over their terms, best first."""
        if not terms:
            return []
        with clear_errors(self._place):
            found = self._client.search(
                PASSAGES,
                data=[encoded(terms)],
                anns_field="weights",
                limit=limit,
                filter=expression(filters, "article_id"),
                output_fields=_PASSAGE_FIELDS,
                search_params={"metric_type": "BM25", "params": {}},
            )
        # Milvus Lite gives the scores of BM25 a minus sign, a server does not.
        return [(item, abs(score)) for item, score in _scored(found[0])]

    def counts(self) -> tuple[int, int]:
        """Return the number of articles and of passages."""
        with clear_errors(self._place):
            articles, passages = (
                self._client.query(name, filter="", output_fields=["count(*)"])[0]["count(*)"]
                for name in (ARTICLES, PASSAGES)
            )
        return int(articles), int(passages)

    def facets(self) -> Facets:
        """Count the articles by language and by source."""
        rows = list(self._scan(ARTICLES, "", ["language", "source"]))
        return Facets(
            Counter(row["language"] for row in rows), Counter(row["source"] for row in rows)
        )

    def pages(self, size: int = 256, after: str = "") -> Iterator[StorePage]:
        """Yield all articles by ascending id; each is whole, but they are not of one moment."""
        behind = f"id > {quote(after)}" if after else ""
        ids = [row["id"] for row in self._scan(ARTICLES, behind, ["id"])]
        for part in _parts(sorted(ids), size):
            yield self._whole(part)

    def _whole(self, ids: Sequence[str]) -> StorePage:
        """Return those of the articles that are here, with all the passages of their revisions.

        A replaced article's passages go only after the article itself has changed: passages that
        were read while it did not are all there.
        """
        for _ in range(_WHOLE_TRIES):
            before = self.get(ids)
            where = f"article_id in {quote_all(ids)}"
            rows = list(self._scan(PASSAGES, where, [*_PASSAGE_FIELDS, "vector"]))
            if self.get(ids) == before:
                return _page(before, rows)
        raise StoreError(
            f"{self._place} is written to without a pause: try again when less is being added"
        )

    def owners(self) -> dict[Owner, int]:
        """Count the passages of each article and revision, also of those that are not here."""
        rows = self._scan(PASSAGES, "", ["article_id", "revision"])
        return dict(Counter((row["article_id"], row["revision"]) for row in rows))

    def compact(self) -> None:
        """Write out what is in memory, and have the server merge its segments."""
        with clear_errors(self._place):
            for name in (ARTICLES, PASSAGES):
                self._client.flush(name)
                self._client.compact(name)

    def optimize(self) -> None:
        """Do nothing: the server tidies up by itself."""

    def _scan(self, collection: str, where: str, fields: Sequence[str]) -> Iterator[dict[str, Any]]:
        """Yield all rows, some at a time."""
        heavy = {"vector": _VECTORS_A_REPLY, "record": _ARTICLES_A_REPLY}
        size = min([_ROWS_A_REPLY, *(heavy[field] for field in fields if field in heavy)])
        with clear_errors(self._place):
            iterator = self._client.query_iterator(
                collection, batch_size=size, filter=where, output_fields=list(fields)
            )
            try:
                while rows := iterator.next():
                    yield from rows
            finally:
                iterator.close()


def _parts(items: Sequence[Any], size: int) -> Iterator[list[Any]]:
    for start in range(0, len(items), size):
        yield list(items[start : start + size])


def _scored(hits: Iterable[Mapping[str, Any]]) -> list[tuple[StoredPassage, float]]:
    return [(stored_passage(hit["entity"]), float(hit["distance"])) for hit in hits]


def _page(articles: Mapping[str, StoredArticle], rows: Iterable[Mapping[str, Any]]) -> StorePage:
    own = [
        row
        for row in rows
        if (owner := articles.get(row["article_id"])) and owner.revision == row["revision"]
    ]
    own.sort(key=lambda row: (row["article_id"], row["first"], row["behind"]))
    vectors = np.asarray([row["vector"] for row in own], np.float32)
    return StorePage(
        [articles[id] for id in sorted(articles)],
        [stored_passage(row) for row in own],
        vectors if own else np.zeros((0, 0), np.float32),
    )
