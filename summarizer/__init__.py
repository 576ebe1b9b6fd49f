"""Summaries of news, each sentence tied to its place in the article.

``summarize(text_or_article, …)``. Importing this package loads no model library.
"""

from summarizer.summarizing import summarize

__all__ = ["summarize"]
