"""Articles in: from a URL, feed, file, folder or pasted text to clean Articles."""

from typing import TYPE_CHECKING, Any

from ringkas.sources.build import article_from_text
from ringkas.sources.identity import article_id, canonical_url
from ringkas.sources.reading import iter_articles, read, samples

if TYPE_CHECKING:
    from ringkas.sources.crawl import Crawl

__all__ = [
    "Crawl",
    "article_from_text",
    "article_id",
    "canonical_url",
    "iter_articles",
    "read",
    "samples",
]


def __getattr__(name: str) -> Any:
    """Load what fetches on first use: it brings httpx."""
    if name == "Crawl":
        from ringkas.sources.crawl import Crawl

        return Crawl
    raise AttributeError(f"module 'ringkas.sources' has no attribute '{name}'")
