"""Summaries of news, each sentence tied to its place in the article.

``summarize(text_or_article, …)``; for many articles, ``batch(sources, output, …)``; for one
story that several articles tell, ``digest(articles, …)``.
Importing this package loads no model library.
"""

from summarizer.batching import batch
from summarizer.digesting import digest
from summarizer.summarizing import summarize

__all__ = ["batch", "digest", "summarize"]
