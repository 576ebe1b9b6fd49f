"""Search: dense and lexical hits, fused, copies of one article folded into one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from retrieval.fusion import reciprocal_rank_fusion
from retrieval.questions import question_language
from retrieval.stores import Filters, Store, StoredArticle, StoredPassage
from retrieval.terms import query_terms
from ringkas.embedding import Embedder
from ringkas.settings import RetrievalSettings
from ringkas.types import Hit, Passage

Mode = Literal["hybrid", "dense", "lexical"]


@dataclass(frozen=True, slots=True)
class _Found:
    """Both searches' results; ``passages`` says what the ids of the rankings stand for."""

    passages: Mapping[Passage, StoredPassage]
    dense: Mapping[Passage, float]
    lexical: Mapping[Passage, float]


def find(
    question: str,
    store: Store,
    embedder: Embedder,
    settings: RetrievalSettings,
    *,
    limit: int,
    filters: Filters,
    mode: Mode = "hybrid",
) -> list[Hit]:
    """Return up to ``limit`` passages for a question, best first.

    Reciprocal rank fusion weighs a lexical hit by whether question and passage share a language:
    across languages only names and numbers can match, and the rest is noise.
    """
    wanted = max(settings.candidates, limit)
    nearest = [] if mode == "lexical" else _nearest(question, store, embedder, wanted, filters)
    matching = [] if mode == "dense" else store.lexical(query_terms(question), wanted, filters)
    found = _Found(
        {item.passage: item for item, _ in [*nearest, *matching]},
        {item.passage: score for item, score in nearest},
        {item.passage: score for item, score in matching},
    )
    ranking = reciprocal_rank_fusion(
        [list(found.dense), list(found.lexical)],
        [lambda _: settings.dense_weight, _lexical_weight(question, found, settings)],
        settings.rrf_k,
    )
    return _hits(ranking, found, store, limit)


def _nearest(
    question: str, store: Store, embedder: Embedder, limit: int, filters: Filters
) -> list[tuple[StoredPassage, float]]:
    return store.nearest(embedder.embed_queries([question])[0], limit, filters)


def _lexical_weight(
    question: str, found: _Found, settings: RetrievalSettings
) -> Callable[[Passage], float]:
    language = question_language(question)

    def weight(passage: Passage) -> float:
        same = found.passages[passage].language == language
        return settings.lexical_weight if same else settings.lexical_weight_cross

    return weight


def _hits(
    ranking: Iterable[tuple[Passage, float]], found: _Found, store: Store, limit: int
) -> list[Hit]:
    """Look up the articles; pass over stale passages; fold copies into the best-ranked one."""
    ranked = list(ranking)
    owners = store.get(passage.article_id for passage, _ in ranked)
    hits: dict[Passage, Hit] = {}
    speakers: dict[str, Passage] = {}  # group -> the first hit of the article that speaks for it
    for passage, score in ranked:
        owner = owners.get(passage.article_id)
        if owner is None or owner.revision != found.passages[passage].revision:
            continue
        first = speakers.get(owner.group)
        if first is not None and first.article_id != passage.article_id:
            hits[first] = _with_copy(hits[first], owner)
        elif len(hits) < limit:
            speakers.setdefault(owner.group, passage)
            hits[passage] = Hit(
                passage, owner.article, score, found.dense.get(passage), found.lexical.get(passage)
            )
    return list(hits.values())


def _with_copy(hit: Hit, copy: StoredArticle) -> Hit:
    if copy.article.id in hit.copies:
        return hit
    return replace(hit, copies=(*hit.copies, copy.article.id))
