"""Summaries of news, each sentence tied to its place in the article.

``summarize(text_or_article, …)``; ``stream_summary`` shows a model's text as it is written;
for many articles, ``batch(sources, output, …)``; for one story that several articles tell,
``digest(articles, …)``; for an issue of a newsletter, ``newsletter(articles, …)``. Importing this
package loads no model library.
"""

from summarizer.batching import batch
from summarizer.digesting import digest
from summarizer.newsletters import newsletter
from summarizer.summarizing import stream_summary, summarize

__all__ = ["batch", "digest", "newsletter", "stream_summary", "summarize"]
