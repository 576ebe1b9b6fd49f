"""Lexical search: a question's own terms, and its translation in articles of the other language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from retrieval.questions import question_language
from retrieval.stores import Filters, Store, StoredPassage
from retrieval.terms import query_terms, translated_terms
from ringkas.types import OutputLanguage

_OTHER: Mapping[OutputLanguage, OutputLanguage] = {"id": "en", "en": "id"}


def lexical_search(
    question: str, store: Store, limit: int, filters: Filters
) -> list[tuple[StoredPassage, float]]:
    """Return passages by BM25, best first: up to ``limit`` of each of the two languages.

    Only passages of the other language are searched by translated words: in those of the question's
    own they would match loan words and names that mean something else.
    """
    own = store.lexical(query_terms(question), limit, filters)
    other = _OTHER[question_language(question)]
    if filters.languages and other not in filters.languages:
        return own
    across = store.lexical(
        translated_terms(question, other), limit, replace(filters, languages=(other,))
    )
    here = [found for found in own if found[0].language != other]
    return sorted([*here, *across], key=lambda found: -found[1])
