"""Articles in: from a URL, feed, file, folder or pasted text to clean Articles."""

from ringkas.sources.build import article_from_text
from ringkas.sources.identity import article_id, canonical_url
from ringkas.sources.reading import iter_articles, read, samples

__all__ = [
    "article_from_text",
    "article_id",
    "canonical_url",
    "iter_articles",
    "read",
    "samples",
]
