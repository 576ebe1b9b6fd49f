"""Stores: where articles, vectors and terms live. One file an engine, one protocol for all."""

from retrieval.stores.base import (
    Facets,
    Filters,
    Owner,
    Store,
    StoredArticle,
    StoredPassage,
    StorePage,
)

__all__ = [
    "Facets",
    "Filters",
    "Owner",
    "Store",
    "StorePage",
    "StoredArticle",
    "StoredPassage",
]
