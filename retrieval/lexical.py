"""Lexical search: a question's own terms, and its translation in articles of the other language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from retrieval.questions import told_language
from retrieval.stores import Filters, Store, StoredPassage
from retrieval.terms import query_terms, translated_terms
from ringkas.types import OutputLanguage

_OTHER: Mapping[OutputLanguage, OutputLanguage] = {"id": "en", "en": "id"}

Found = list[tuple[StoredPassage, float]]


def lexical_search(question: str, store: Store, limit: int, filters: Filters) -> Found:
    """Return passages by BM25, best first: about ``limit`` of each of the two languages.

    Passages of the other language are searched by translated words too. In those of the question's
    own they would match loan words, and names that mean something else. A few bare words that tell
    no language are put into both.
    """
    told = told_language(question)
    if told is None:
        both = [*translated_terms(question, "id"), *translated_terms(question, "en")]
        return store.lexical(list(dict.fromkeys(both)), limit, filters)
    own, other = query_terms(question), _OTHER[told]
    if not filters.languages or other in filters.languages:
        across = replace(filters, languages=(other,))
        found = store.lexical(translated_terms(question, other), limit, across)
    else:
        found = []
    if filters.languages != (other,):
        # Twice as many, since those of the other language are left to the search above.
        found += _without(other, store.lexical(own, 2 * limit, filters))
    return sorted(found, key=lambda one: -one[1])


def _without(language: OutputLanguage, found: Found) -> Found:
    return [(passage, score) for passage, score in found if passage.language != language]
