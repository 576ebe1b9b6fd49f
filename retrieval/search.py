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
    """Both searches' results, and the articles that own them."""

    owners: Mapping[str, StoredArticle]
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
    owners = store.get(item.passage.article_id for item, _ in [*nearest, *matching])
    found = _Found(owners, _current(nearest, owners), _current(matching, owners))
    ranking = reciprocal_rank_fusion(
        [list(found.dense), list(found.lexical)],
        [lambda _: settings.dense_weight, _lexical_weight(question, found, settings)],
        settings.rrf_k,
    )
    return _hits(ranking, found, limit)


def _current(
    results: Iterable[tuple[StoredPassage, float]], owners: Mapping[str, StoredArticle]
) -> dict[Passage, float]:
    """Drop the passages of other revisions: an article is being replaced, or its writer died."""
    return {
        item.passage: score
        for item, score in results
        if (owner := owners.get(item.passage.article_id)) and owner.revision == item.revision
    }


def _nearest(
    question: str, store: Store, embedder: Embedder, limit: int, filters: Filters
) -> list[tuple[StoredPassage, float]]:
    return store.nearest(embedder.embed_queries([question])[0], limit, filters)


def _lexical_weight(
    question: str, found: _Found, settings: RetrievalSettings
) -> Callable[[Passage], float]:
    language = question_language(question)

    def weight(passage: Passage) -> float:
        same = found.owners[passage.article_id].article.language == language
        return settings.lexical_weight if same else settings.lexical_weight_cross

    return weight


def _hits(ranking: Iterable[tuple[Passage, float]], found: _Found, limit: int) -> list[Hit]:
    """Return the best hits, with copies folded into the best-ranked one of their group."""
    hits: dict[Passage, Hit] = {}
    speakers: dict[str, Passage] = {}  # group -> the first hit of the article that speaks for it
    for passage, score in ranking:
        owner = found.owners[passage.article_id]
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
