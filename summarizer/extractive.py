"""The extractive summarizer: the units that a human summary would most likely repeat.

A trained scorer tells what share of each unit's words that would be. Units are then taken one
after the other so that the summary as a whole, as long as it gets, repeats the largest share of a
human one: the expected ROUGE F-measure, with what a unit has in common with others counted once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ringkas.embedding import Embedder
from ringkas.types import Article, Span, Style, SummarySentence
from summarizer.features import Profile
from summarizer.headline import headline
from summarizer.scorer import shipped
from summarizer.scoring import Scored, Weights, score
from summarizer.trimming import pared, spliced
from summarizer.units import Unit, units

WEIGHTS = Weights()
# A headline names the main event, which news tells first. Set by hand on the sample articles.
_FIRST = 0.3


def quote(
    article: Article,
    sentences: Sequence[Span],
    embedder: Embedder,
    max_words: int,
    style: Style,
    query: str | None,
) -> tuple[SummarySentence, ...]:
    """Return the summary in the article's own words and order; at least one sentence.

    A sentence may be several of the article that share a quotation, or be without a part that
    only frames it; for a headline it may be a clause. Its text is that of its spans.

    Raises:
        ModelError: the weights are missing or damaged.
    """
    scored = _scored(article, sentences, embedder, query)
    if style == "headline":
        shown: list[tuple[Span, ...]] = [(_headline(article, scored, max_words),)]
    else:
        parts = [pared(article.text, unit.span) for unit in scored.units]
        words = [len(spliced(article.text, spans).split()) for spans in parts]
        shown = [parts[index] for index in sorted(fill(scored, words, max_words))]
    return tuple(SummarySentence(spliced(article.text, spans), spans) for spans in shown)


def choose(
    article: Article,
    sentences: Sequence[Span],
    embedder: Embedder,
    max_words: int,
    style: Style,
    query: str | None,
) -> list[Span]:
    """Return what of the article tells most, in its order, whole; at least one span.

    A span is a sentence, or several that share a quotation; for a headline it may be a clause.

    Raises:
        ModelError: the weights are missing or damaged.
    """
    scored = _scored(article, sentences, embedder, query)
    if style == "headline":
        return [_headline(article, scored, max_words)]
    words = [unit.words for unit in scored.units]
    return [scored.units[index].span for index in sorted(fill(scored, words, max_words))]


def fill(scored: Scored, words: Sequence[int], max_words: int) -> list[int]:
    """Return the indices of the units taken, best first: what fits and still adds something.

    Arguments:
        scored: the units.
        words: the number of words of each as it would be shown.
        max_words: the most words of all together.
    """
    chosen: list[int] = []
    used, gained = 0, 0.0
    expected = scored.weights.expected * max_words
    while fitting := [
        index
        for index, length in enumerate(words)
        if index not in chosen and used + length <= max_words
    ]:
        totals = {i: gained + scored.gain(i, chosen) * words[i] for i in fitting}
        best = max(fitting, key=lambda i: totals[i] / (used + words[i] + expected))
        if chosen and totals[best] / (used + words[best] + expected) <= gained / (used + expected):
            break
        chosen.append(best)
        gained, used = totals[best], used + words[best]
    return chosen or [_best_of_long(scored, words)]


def own_title(article: Article) -> str | None:
    """Return the title; None where it is the text's first words, which says nothing more."""
    return None if article.text.startswith(article.title.rstrip("…")) else article.title


def _headline(article: Article, scored: Scored, max_words: int) -> Span:
    early = _FIRST / np.arange(1, len(scored.units) + 1)
    return headline(article.text, replace(scored, worth=scored.worth + early), max_words)


def _scored(
    article: Article, sentences: Sequence[Span], embedder: Embedder, query: str | None
) -> Scored:
    parts = units(article.text, sentences)
    asked = embedder.embed_queries([query])[0] if query and query.strip() else None
    return score(_profile(article, parts, embedder), asked, WEIGHTS, shipped())


def _profile(article: Article, parts: Sequence[Unit], embedder: Embedder) -> Profile:
    title = own_title(article)
    texts = [unit.text for unit in parts]
    vectors = embedder.embed_passages([*texts, title] if title else texts)
    known = (title, vectors[len(texts)]) if title else None
    return Profile(parts, vectors[: len(texts)], known, english=article.language == "en")


def _best_of_long(scored: Scored, words: Sequence[int]) -> int:
    """Return the best unit where none fits, with its length held against it."""
    worth = [scored.gain(i, ()) - 0.02 * length for i, length in enumerate(words)]
    return worth.index(max(worth))
