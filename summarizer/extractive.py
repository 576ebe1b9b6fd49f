"""The extractive summarizer: the units that tell most, each new beside the others.

Units are taken one after the other by maximal marginal relevance (Carbonell and Goldstein,
SIGIR 1998) over the embedder's vectors.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ringkas.embedding import Embedder
from ringkas.types import Article, Span, Style
from summarizer.headline import headline
from summarizer.scoring import Scored, Weights, score
from summarizer.units import Unit, units

WEIGHTS = Weights()
# A headline names the main event, which news tells first. Set by hand on the sample articles.
_HEADLINE_POSITION = 3.0


def choose(
    article: Article,
    sentences: Sequence[Span],
    embedder: Embedder,
    max_words: int,
    style: Style,
    query: str | None,
) -> list[Span]:
    """Return what of the article to show, in its order; at least one span.

    A span is a sentence, or several that share a quotation; for a headline it may be a clause.
    """
    parts = units(article.text, sentences)
    if style == "headline":
        weights = replace(WEIGHTS, position=_HEADLINE_POSITION)
        return [
            headline(article.text, _scored(article, parts, embedder, query, weights), max_words)
        ]
    scored = _scored(article, parts, embedder, query, WEIGHTS)
    return [parts[index].span for index in sorted(fill(scored, max_words))]


def fill(scored: Scored, max_words: int) -> list[int]:
    """Return the indices of the units taken, best first: what fits and still adds something."""
    chosen: list[int] = []
    left = max_words
    while fitting := [
        index
        for index, unit in enumerate(scored.units)
        if index not in chosen and unit.words <= left
    ]:
        best = max(fitting, key=lambda index: scored.gain(index, chosen))
        if chosen and scored.gain(best, chosen) < scored.weights.least:
            break
        chosen.append(best)
        left -= scored.units[best].words
    return chosen or [_best_of_long(scored)]


def _scored(
    article: Article, parts: Sequence[Unit], embedder: Embedder, query: str | None, weights: Weights
) -> Scored:
    vectors = embedder.embed_passages([*(unit.text for unit in parts), article.title])
    title = None if _derived(article) else vectors[-1]
    asked = embedder.embed_queries([query])[0] if query and query.strip() else None
    return score(parts, vectors[:-1], title, asked, weights)


def _derived(article: Article) -> bool:
    """Return whether the title is the text's first words, which says nothing more."""
    return article.text.startswith(article.title.rstrip("…"))


def _best_of_long(scored: Scored) -> int:
    """Return the best unit where none fits, with its length held against it."""
    worth = [scored.gain(i, ()) - 0.05 * unit.words for i, unit in enumerate(scored.units)]
    return worth.index(max(worth))
