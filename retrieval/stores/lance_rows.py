"""Articles and passages as rows of the LanceDB tables, and filters as its SQL."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from retrieval.stores.base import Filters, StoredArticle, StoredPassage, moment
from ringkas.embedding.base import Vectors
from ringkas.types import Article, Passage

if TYPE_CHECKING:
    import pyarrow as pa


def article_row(item: StoredArticle) -> dict[str, Any]:
    """Return the row of an article."""
    article = item.article
    return {
        "id": article.id,
        "title": article.title,
        "text": article.text,
        "language": article.language,
        "url": article.url,
        "source": article.source,
        "published": article.published.isoformat() if article.published else None,
        "author": article.author,
        "notes": json.dumps(dict(article.notes), ensure_ascii=False),
        "moment": moment(article),
        "revision": item.revision,
        "group": item.group,
    }


def stored_article(row: Mapping[str, Any]) -> StoredArticle:
    """Return the article of a row."""
    published = datetime.fromisoformat(row["published"]) if row["published"] else None
    article = Article(
        row["id"], row["title"], row["text"], row["language"], row["url"], row["source"],
        published, row["author"], json.loads(row["notes"]),
    )  # fmt: skip
    return StoredArticle(article, row["revision"], row["group"])


def passage_rows(
    passages: Sequence[StoredPassage],
    vectors: Vectors,
    articles: Sequence[StoredArticle],
    schema: pa.Schema,
) -> pa.Table:
    """Return the rows of passages, which repeat what filters ask of their articles."""
    import pyarrow as pa

    owners = {item.article.id: item.article for item in articles}
    rows = [
        {
            "article_id": item.passage.article_id,
            "start": item.passage.start,
            "end": item.passage.end,
            "revision": item.revision,
            "language": item.language,
            "source": owners[item.passage.article_id].source,
            "moment": moment(owners[item.passage.article_id]),
            "terms": item.terms,
            "vector": vector,
        }
        for item, vector in zip(passages, vectors, strict=True)
    ]
    return pa.Table.from_pylist(rows, schema=schema)


def stored_passage(row: Mapping[str, Any]) -> StoredPassage:
    """Return the passage of a row, without its vector."""
    passage = Passage(row["article_id"], row["start"], row["end"])
    return StoredPassage(passage, row["revision"], row["language"], row["terms"])


def vectors_of_column(column: pa.ChunkedArray) -> Vectors:
    """Return a column of vectors as one array. *Shape:* (rows, dim)."""
    flat = column.combine_chunks()
    vectors: Vectors = flat.flatten().to_numpy().reshape(len(flat), flat.type.list_size)
    return vectors


def where_clause(filters: Filters, id_column: str) -> str:
    """Return the SQL condition for the filters, empty where they allow everything."""
    parts = []
    if filters.start:
        parts.append(f"moment >= {_timestamp(filters.start)}")
    if filters.end:
        parts.append(f"moment <= {_timestamp(filters.end)}")
    for column, values in (
        ("source", filters.sources),
        ("language", filters.languages),
        (id_column, filters.article_ids),
    ):
        if values:
            parts.append(f"{column} IN {quote_all(values)}")
    return " AND ".join(parts)


def holds_all(words: Iterable[str]) -> str:
    """Return the SQL condition that an article's title or text has each of the words."""
    return " AND ".join(
        f"(contains(lower(title), {word}) OR contains(lower(text), {word}))"
        for word in (quote(word.lower()) for word in words)
    )


def _timestamp(day: datetime) -> str:
    text = day.replace(tzinfo=None).isoformat(" ", "microseconds")
    return f"CAST('{text}' AS TIMESTAMP(6))"  # a bare literal has nanoseconds, and ends in 2262


def quote(value: str) -> str:
    """Return a string as an SQL literal."""
    return "'" + value.replace("'", "''") + "'"


def quote_all(values: Iterable[str]) -> str:
    """Return strings as an SQL list."""
    return "(" + ", ".join(quote(value) for value in values) + ")"
