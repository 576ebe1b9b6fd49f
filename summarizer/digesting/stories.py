"""Which of several articles tell one story, and which of them are copies of one text."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ringkas.embedding import Embedder
from ringkas.text.shingles import is_copy, shingles
from ringkas.types import Article
from summarizer.same_story import leads, margin, signs


def stories(articles: Sequence[Article], embedder: Embedder) -> list[list[int]]:
    """Return the articles' indices grouped by the story they tell, the largest group first."""
    vectors = embedder.embed_passages(leads(articles))
    cosines = vectors @ vectors.T
    compared = [signs(article) for article in articles]

    def one_story(one: int, other: int) -> bool:
        above = margin(float(cosines[one, other]), compared[one], compared[other])
        return above is not None and above >= 0

    return sorted(_groups(len(articles), one_story), key=len, reverse=True)


def voices(articles: Sequence[Article]) -> list[list[int]]:
    """Return the articles' indices grouped by text: outlets that print wire copy are one voice."""
    runs = [shingles(article.text) for article in articles]
    return _groups(len(articles), lambda one, other: is_copy(runs[one], runs[other]))


def _groups(count: int, together: Callable[[int, int], bool]) -> list[list[int]]:
    """Return the connected groups of ``range(count)``, in order of their first members."""
    groups: list[list[int]] = []
    for index in range(count):
        near = [group for group in groups if any(together(other, index) for other in group)]
        merged = sorted([*(member for group in near for member in group), index])
        groups = sorted([group for group in groups if group not in near] + [merged])
    return groups
