"""The two tables of a LanceDB store, and what they were made with."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from ringkas.errors import StoreError

if TYPE_CHECKING:
    import pyarrow as pa

_METADATA_KEY = b"ringkas"
# Options of new tables. Rows keep their ids when files are merged; otherwise each merge makes all
# indexes anew (2,400 new rows among 20,000 with a graph: 68 s, with ids that stay 3 s).
ROW_IDS_STAY = {"new_table_enable_stable_row_ids": "true"}


def metadata_of(schema: pa.Schema, uri: str) -> dict[str, Any]:
    """Return what a store was created with, from its passages' schema.

    Raises:
        StoreError: Ringkas has not created it.
    """
    kept = (schema.metadata or {}).get(_METADATA_KEY)
    if kept is None:
        raise StoreError(f"{uri} holds another program's tables: choose a new folder with --index")
    return dict(json.loads(kept))


def create_tables(database: Any, metadata: Mapping[str, Any], dimension: int) -> tuple[Any, Any]:
    """Create what is missing of the articles and the passages, the articles last."""
    from lancedb.index import FTS

    articles_schema, passages_schema = _schemas(metadata, dimension)
    make = partial(database.create_table, exist_ok=True)
    passages = make("passages", schema=passages_schema)
    # The terms are stemmed and stopped already: LanceDB's own stemmer knows no Indonesian.
    plain = FTS(
        base_tokenizer="whitespace",
        lower_case=False,
        stem=False,
        remove_stop_words=False,
        ascii_folding=False,
    )
    passages.create_index("terms", config=plain)
    return make("articles", schema=articles_schema), passages


def _schemas(metadata: Mapping[str, Any], dimension: int) -> tuple[pa.Schema, pa.Schema]:
    import pyarrow as pa

    moment = pa.timestamp("us", "UTC")
    text = pa.string()
    columns = ["id", "title", "text", "language", "url", "source", "published", "author", "notes"]
    articles = [*((name, text) for name in columns), ("moment", moment)]
    passages = [
        ("article_id", text), ("start", pa.int32()), ("end", pa.int32()), ("revision", text),
        ("language", text), ("source", text), ("moment", moment), ("terms", text),
        ("vector", pa.list_(pa.float32(), dimension)),
    ]  # fmt: skip
    return (
        pa.schema([*articles, ("revision", text), ("group", text)]),
        pa.schema(passages, metadata={_METADATA_KEY: json.dumps(dict(metadata)).encode()}),
    )
