"""What an index needs of a store: articles, their passages, and two searches over them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, Protocol

from ringkas.embedding.base import Vectors
from ringkas.types import Article, Language, Passage


@dataclass(frozen=True, slots=True)
class Filters:
    """Which articles a search may return; an empty tuple or None allows all.

    ``since`` and ``until`` are days, both included, compared with the publication time in UTC.
    """

    since: date | None = None
    until: date | None = None
    sources: tuple[str, ...] = ()
    languages: tuple[Language, ...] = ()
    article_ids: tuple[str, ...] = ()

    @property
    def start(self) -> datetime | None:
        """The first moment of ``since``."""
        return datetime.combine(self.since, time.min, UTC) if self.since else None

    @property
    def end(self) -> datetime | None:
        """The last moment of ``until``."""
        return datetime.combine(self.until, time.max, UTC) if self.until else None


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article as the store keeps it.

    ``revision`` changes whenever anything that is shown or searched changes. ``group`` is shared
    by near-duplicates; it says nothing by itself.
    """

    article: Article
    revision: str
    group: str


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage with what its searches need: its vector (dimension,) and its stemmed terms."""

    passage: Passage
    revision: str
    language: Language
    terms: str


@dataclass(frozen=True, slots=True)
class Facets:
    """How many articles there are in each language and of each source, "" where it is unknown."""

    languages: Mapping[str, int]
    sources: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class StorePage:
    """Some articles with all their passages. *Shape of vectors:* (len(passages), dim)."""

    articles: Sequence[StoredArticle]
    passages: Sequence[StoredPassage]
    vectors: Vectors


def moment(article: Article) -> datetime | None:
    """Return the publication time in UTC; a source that states no zone is taken as UTC."""
    if article.published is None:
        return None
    aware = article.published.replace(tzinfo=article.published.tzinfo or UTC)
    return aware.astimezone(UTC)


# The article and the revision that a passage belongs to.
Owner = tuple[str, str]


class Store(Protocol):
    """A place that keeps articles and finds their passages.

    ``put`` replaces articles by id and is the only writer besides ``remove``; an article is
    visible with all its passages or not at all, also after a killed process.
    """

    @property
    def metadata(self) -> Mapping[str, Any]:
        """Return what the store was created with."""

    def put(
        self, articles: Sequence[StoredArticle], passages: Sequence[StoredPassage], vectors: Vectors
    ) -> None:
        """Store articles and all their passages. *Shape of vectors:* (len(passages), dim)."""

    def remove(self, article_ids: Iterable[str]) -> int:
        """Remove articles; return how many were there."""

    def get(self, article_ids: Iterable[str]) -> dict[str, StoredArticle]:
        """Return the articles of these ids that are here."""

    def articles(
        self,
        filters: Filters,
        limit: int | None = None,
        offset: int = 0,
        words: Sequence[str] = (),
    ) -> list[StoredArticle]:
        """Return articles, newest first, undated ones last.

        With ``words``, only those whose title or text has each of them, as a whole word or inside
        one, in upper or lower case.
        """

    def vectors_of(self, item: StoredArticle) -> Mapping[tuple[int, int], Vectors]:
        """Return the vectors of an article's passages, of this very revision, by (start, end)."""

    def nearest(
        self, vector: Vectors, limit: int, filters: Filters
    ) -> list[tuple[StoredPassage, float]]:
        """Return passages by cosine similarity, best first. *Shape of vector:* (dim,)."""

    def nearest_each(self, vectors: Vectors, limit: int) -> list[list[tuple[StoredPassage, float]]]:
        """Return for each vector what ``nearest`` does, in one pass. *Shape:* (n, dim)."""

    def lexical(
        self, terms: Sequence[str], limit: int, filters: Filters
    ) -> list[tuple[StoredPassage, float]]:
        """Return passages by BM25 over their terms, best first."""

    def counts(self) -> tuple[int, int]:
        """Return the number of articles and of passages."""

    def facets(self) -> Facets:
        """Count the articles by language and by source."""

    def pages(self, size: int = 256, after: str = "") -> Iterator[StorePage]:
        """Yield all articles by ascending id, ``size`` at a time, beginning behind ``after``.

        Each article comes whole, whatever is written meanwhile.
        """

    def owners(self) -> Mapping[Owner, int]:
        """Count the passages of each article and revision, also of those that are not here."""

    def compact(self) -> None:
        """Merge files, fold all rows into the indexes, and give back the room of replaced rows.

        Unlike ``optimize`` it does so whether or not there is much to gain, and says when it fails.
        """

    def optimize(self) -> None:
        """Tidy up after many writes, so that later calls stay quick; failing loses nothing."""
