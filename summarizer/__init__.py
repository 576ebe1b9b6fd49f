"""Summaries of news, each sentence tied to its place in the article.

``summarize(text_or_article, …)`` and, for many articles, ``batch(sources, output, …)``.
Importing this package loads no model library.
"""

from summarizer.batching import batch
from summarizer.summarizing import summarize

__all__ = ["batch", "summarize"]
