"""Search: dense and lexical hits, fused, copies of one article folded into one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Literal

from retrieval.fusion import reciprocal_rank_fusion, score_fusion
from retrieval.lexical import lexical_search
from retrieval.questions import question_language
from retrieval.stores import Filters, Store, StoredArticle, StoredPassage
from retrieval.terms import query_terms
from ringkas.embedding import Embedder
from ringkas.settings import RetrievalSettings
from ringkas.types import Hit, Passage

Mode = Literal["hybrid", "dense", "lexical"]
_Ranked = Sequence[tuple[StoredPassage, float]]


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

    Hybrid hits are ordered by ``settings.fusion`` of the two searches; the other modes keep the
    order of their search.
    """
    wanted = max(settings.candidates, limit)
    search = _own_terms if settings.fusion == "rrf" else lexical_search
    nearest, matching = _searched(
        lambda: store.nearest(embedder.embed_queries([question])[0], wanted, filters),
        lambda: search(question, store, wanted, filters),
        mode,
    )
    owners = store.get(item.passage.article_id for item, _ in [*nearest, *matching])
    found = _Found(owners, _current(nearest, owners), _current(matching, owners))
    return _hits(_ranking(question, found, settings, mode), found, limit)


def _ranking(
    question: str, found: _Found, settings: RetrievalSettings, mode: Mode
) -> list[tuple[Passage, float]]:
    if mode != "hybrid":
        return list((found.dense if mode == "dense" else found.lexical).items())
    if settings.fusion == "scores":
        return score_fusion(found.dense, found.lexical, settings.bm25_weight)
    return reciprocal_rank_fusion(
        [list(found.dense), list(found.lexical)],
        [lambda _: settings.dense_weight, _lexical_weight(question, found, settings)],
        settings.rrf_k,
    )


def _current(
    results: Iterable[tuple[StoredPassage, float]], owners: Mapping[str, StoredArticle]
) -> dict[Passage, float]:
    """Drop the passages of other revisions: an article is being replaced, or its writer died."""
    return {
        item.passage: score
        for item, score in results
        if (owner := owners.get(item.passage.article_id)) and owner.revision == item.revision
    }


def _searched(
    dense: Callable[[], _Ranked], lexical: Callable[[], _Ranked], mode: Mode
) -> tuple[_Ranked, _Ranked]:
    """Return dense and lexical results; the lexical search runs while the question is embedded."""
    if mode != "hybrid":
        return (dense(), []) if mode == "dense" else ([], lexical())
    with ThreadPoolExecutor(1, "lexical-search") as beside:
        matching = beside.submit(lexical)
        return dense(), matching.result()


def _own_terms(question: str, store: Store, limit: int, filters: Filters) -> _Ranked:
    """Search by the question's own terms: a rank does not say how little a translation is worth."""
    return store.lexical(query_terms(question), limit, filters)


def _lexical_weight(
    question: str, found: _Found, settings: RetrievalSettings
) -> Callable[[Passage], float]:
    """Weigh a lexical hit by whether question and passage share a language."""
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
