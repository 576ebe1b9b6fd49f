"""Digests: one summary of one story that several articles tell, with its sources and conflicts.

``digest(articles, …)``. Importing this package loads no model library.
"""

from summarizer.digesting.digesting import digest

__all__ = ["digest"]
