"""Stores: where articles, vectors and terms live. One file an engine, one protocol for all."""

from retrieval.stores.base import Facets, Filters, Store, StoredArticle, StoredPassage

__all__ = ["Facets", "Filters", "Store", "StoredArticle", "StoredPassage"]
