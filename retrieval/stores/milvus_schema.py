"""The three collections of a Milvus store; docs/stores.md tells why they are as they are."""

from __future__ import annotations

from typing import Any

from retrieval.stores.milvus_rows import MOST_BYTES, MOST_PIECES

ABOUT, ARTICLES, PASSAGES = "ringkas_about", "ringkas_articles", "ringkas_passages"
_ID_BYTES = 1_024
_NAME_BYTES = 4_096
# Of HNSW: links of a node, and out of how many they are chosen; usual values, not tuned here.
_LINKS, _CHOSEN_FROM = 16, 200


def make_collections(client: Any, dimension: int, consistency: str, *, small: bool) -> None:
    """Create what is missing. ``small`` searches vectors exactly, without a graph."""
    vector_index = (
        {"index_type": "FLAT", "params": {}}
        if small
        else {
            "index_type": "HNSW",
            "params": {"M": _LINKS, "efConstruction": _CHOSEN_FROM},
        }
    )
    collections = {
        PASSAGES: _passages(client, dimension, vector_index),
        ARTICLES: _articles(client),
        ABOUT: _about(client),
    }
    for name, (schema, index) in collections.items():
        if not client.has_collection(name):
            client.create_collection(name, schema=schema, consistency_level=consistency)
        # Waiting for the indexes of an empty collection would cost half a second for each.
        client.create_index(name, index, sync=False)


def _passages(client: Any, dimension: int, vector_index: dict[str, Any]) -> tuple[Any, Any]:
    from pymilvus import DataType, Function, FunctionType

    schema = client.create_schema(auto_id=False, enable_dynamic_field=False)
    schema.add_field("key", DataType.VARCHAR, max_length=64, is_primary=True)
    schema.add_field("article_id", DataType.VARCHAR, max_length=_ID_BYTES)
    schema.add_field("first", DataType.INT64)
    schema.add_field("behind", DataType.INT64)
    schema.add_field("revision", DataType.VARCHAR, max_length=64)
    _add_filtered(schema)
    # The terms are stemmed and stopped already, and written so that this tokenizer keeps them.
    schema.add_field(
        "terms",
        DataType.VARCHAR,
        max_length=MOST_BYTES,
        enable_analyzer=True,
        analyzer_params={"tokenizer": "standard"},
    )
    schema.add_field("weights", DataType.SPARSE_FLOAT_VECTOR)
    schema.add_field("vector", DataType.FLOAT_VECTOR, dim=dimension)
    schema.add_function(Function("bm25", FunctionType.BM25, ["terms"], ["weights"]))
    index = client.prepare_index_params()
    index.add_index("vector", metric_type="COSINE", **vector_index)
    index.add_index("weights", index_type="SPARSE_INVERTED_INDEX", metric_type="BM25", params={})
    for field in ("article_id", "language", "source", "moment"):
        index.add_index(field, index_type="INVERTED")
    return schema, index


def _articles(client: Any) -> tuple[Any, Any]:
    from pymilvus import DataType

    schema = client.create_schema(auto_id=False, enable_dynamic_field=False)
    schema.add_field("key", DataType.VARCHAR, max_length=64, is_primary=True)
    schema.add_field("id", DataType.VARCHAR, max_length=_ID_BYTES)
    schema.add_field("revision", DataType.VARCHAR, max_length=64)
    schema.add_field("story", DataType.VARCHAR, max_length=2 * _ID_BYTES)
    _add_filtered(schema)
    index = _with_record(client, schema)
    for field in ("id", "language", "source", "moment"):
        index.add_index(field, index_type="INVERTED")
    return schema, index


def _about(client: Any) -> tuple[Any, Any]:
    from pymilvus import DataType

    schema = client.create_schema(auto_id=False, enable_dynamic_field=False)
    schema.add_field("id", DataType.VARCHAR, max_length=64, is_primary=True)
    return schema, _with_record(client, schema)


def _add_filtered(schema: Any) -> None:
    from pymilvus import DataType

    schema.add_field("language", DataType.VARCHAR, max_length=64)
    schema.add_field("source", DataType.VARCHAR, max_length=_NAME_BYTES)
    schema.add_field("moment", DataType.INT64)


def _with_record(client: Any, schema: Any) -> Any:
    from pymilvus import DataType

    schema.add_field(
        "record",
        DataType.ARRAY,
        element_type=DataType.VARCHAR,
        max_capacity=MOST_PIECES,
        max_length=MOST_BYTES,
    )
    # A collection must have a vector, even one that is only looked up.
    schema.add_field("unused", DataType.FLOAT_VECTOR, dim=2)
    index = client.prepare_index_params()
    index.add_index("unused", index_type="FLAT", metric_type="L2", params={})
    return index
