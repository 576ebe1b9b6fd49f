"""Articles made ready for the store: cut, embedded, stemmed, grouped with their copies."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

import numpy as np

from retrieval.duplicates import is_copy, shingles
from retrieval.passages import cut, passage_input, passage_words
from retrieval.stores import Store, StoredArticle, StoredPassage
from retrieval.terms import terms
from retrieval.wellformed import well_formed_article
from ringkas.embedding import Embedder
from ringkas.embedding.base import Vectors
from ringkas.settings import PassageSettings, Settings
from ringkas.types import Article, Passage

# A copy's opening passage lies among the nearest few of its original's, as the tests' copies do.
_LIKELY_COPIES = 8


@dataclass(frozen=True, slots=True)
class AddReport:
    """What adding did, in articles. ``copies`` of the added or replaced are near-duplicates.

    An article given again in the same call counts as unchanged.
    """

    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    copies: int = 0

    def __add__(self, other: AddReport) -> AddReport:
        return AddReport(
            self.added + other.added,
            self.replaced + other.replaced,
            self.unchanged + other.unchanged,
            self.copies + other.copies,
        )


def revision(article: Article) -> str:
    """Return a short hash of everything of an article that is shown or searched."""
    published = article.published.isoformat() if article.published else ""
    parts = (
        article.id, article.title, article.text, article.language,
        article.url or "", article.source or "", published,
        article.author or "", *sorted(f"{k}={v}" for k, v in article.notes.items()),
    )  # fmt: skip
    return hashlib.sha256("\x00".join(parts).encode()).hexdigest()[:16]


def add_chunk(
    articles: Sequence[Article], store: Store, embedder: Embedder, settings: Settings
) -> AddReport:
    """Store a few articles in one write; unchanged ones are neither embedded nor written."""
    latest = {article.id: article for article in map(well_formed_article, articles)}
    known = store.get(latest)
    fresh = [
        article
        for article in latest.values()
        if article.id not in known or known[article.id].revision != revision(article)
    ]
    if not fresh:
        return AddReport(unchanged=len(articles))
    passages = [
        (article, passage) for article in fresh for passage in cut(article, settings.passages)
    ]
    replaced = {article.id: known[article.id] for article in fresh if article.id in known}
    vectors = _vectors(passages, replaced, store, embedder, settings.passages)
    groups = _groups(fresh, passages, vectors, replaced, store)
    store.put(
        [StoredArticle(article, revision(article), groups[article.id]) for article in fresh],
        [_stored(article, passage) for article, passage in passages],
        vectors,
    )
    return AddReport(
        added=len(fresh) - len(replaced),
        replaced=len(replaced),
        unchanged=len(articles) - len(fresh),
        copies=sum(not _leads(groups[article.id], article) for article in fresh),
    )


def _stored(article: Article, passage: Passage) -> StoredPassage:
    text = passage_words(article, passage)
    return StoredPassage(
        passage, revision(article), article.language, " ".join(terms(text, article.language))
    )


def _vectors(
    passages: Sequence[tuple[Article, Passage]],
    replaced: dict[str, StoredArticle],
    store: Store,
    embedder: Embedder,
    settings: PassageSettings,
) -> Vectors:
    """Embed passages, taking over the vectors of those that a replaced article had already."""
    inputs = [passage_input(article, passage, settings) for article, passage in passages]
    kept: dict[str, Vectors] = {}
    for old in replaced.values():
        for (start, end), vector in store.vectors_of(old).items():
            passage = Passage(old.article.id, start, end)
            kept[passage_input(old.article, passage, settings)] = vector
    missing = [text for text in dict.fromkeys(inputs) if text not in kept]
    kept.update(zip(missing, embedder.embed_passages(missing), strict=True))
    if not inputs:
        return np.zeros((0, embedder.fingerprint.dimension), np.float32)
    return np.stack([kept[text] for text in inputs])


def _groups(
    fresh: Sequence[Article],
    passages: Sequence[tuple[Article, Passage]],
    vectors: Vectors,
    replaced: dict[str, StoredArticle],
    store: Store,
) -> dict[str, str]:
    """Return the group of each article: that of the one it is a near-duplicate of, or its own.

    A replaced article stays in its group only while its text is still much the same.
    """
    openings: dict[str, Vectors] = {}
    for (article, _), vector in zip(passages, vectors, strict=True):
        openings.setdefault(article.id, vector)
    likely = _likely_copies(openings, store)
    groups: dict[str, str] = {}
    earlier: list[StoredArticle] = []
    shingled = cache(shingles)
    for article in fresh:
        before = [replaced[article.id]] if article.id in replaced else []
        others = [
            other
            for other in [*earlier, *likely.get(article.id, ())]
            if other.article.id != article.id
        ]
        groups[article.id] = _group(article, [*before, *others], shingled)
        earlier.append(StoredArticle(article, "", groups[article.id]))
    return groups


def _likely_copies(openings: Mapping[str, Vectors], store: Store) -> dict[str, list[StoredArticle]]:
    """Return for each article the stored ones with a passage near its opening one."""
    if not openings:
        return {}
    near = [
        [passage.passage.article_id for passage, _ in found]
        for found in store.nearest_each(np.stack(list(openings.values())), _LIKELY_COPIES)
    ]
    known = store.get(chain.from_iterable(near))
    return {
        article_id: [known[other] for other in dict.fromkeys(others) if other in known]
        for article_id, others in zip(openings, near, strict=True)
    }


def _group(
    article: Article,
    others: Iterable[StoredArticle],
    shingled: Callable[[str], frozenset[tuple[str, ...]]],
) -> str:
    own = shingled(article.text)
    for other in others:
        if is_copy(own, shingled(other.article.text)):
            return other.group
    return f"{article.id}@{revision(article)}"


def _leads(group: str, article: Article) -> bool:
    return group.startswith(f"{article.id}@")
