"""Quotations that the article does not have.

In the article's language the quoted words must stand in it. A translated quotation cannot: it is
flagged only where the article has next to none of its words' counterparts, and short ones, which
are mostly titles and single terms, are left to the other checks.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ringkas.types import Flag, Span
from summarizer.support.evidence import Evidence
from summarizer.support.quotes import Quote, is_said, quotes, tokens

_TRANSLATED_WORDS = 5  # of the shortest translated quotation that is checked
_TRANSLATED_SHARE = 0.25  # of its words that a sentence of the article must hold


def quote_flags(evidence: Evidence) -> Iterator[Flag]:
    """Yield the quotations of a sentence that the article does not have."""
    for quote in quotes(evidence.sentence.text):
        held = _is_translated(quote, evidence) if evidence.across else _is_said(quote, evidence)
        if not held:
            yield Flag("quote", quote.start, quote.end, _nearest(quote, evidence))


def _is_said(quote: Quote, evidence: Evidence) -> bool:
    source = evidence.source
    if is_said(quote.text, source.quotable, source.quotable_text):
        return True
    words = [word for word in evidence.sentence.words if quote.start <= word.start < quote.end]
    inflected = source.keys(translate=False)
    return len(words) <= 2 and all(word.keys & inflected for word in words)


def _is_translated(quote: Quote, evidence: Evidence) -> bool:
    words = evidence.sentence.words
    inside = np.array([quote.start <= word.start < quote.end for word in words])
    if inside.sum() < _TRANSLATED_WORDS:
        return True
    weights = np.array([word.weight for word in words]) * inside
    shares = evidence.alignment.held @ weights / weights.sum()
    return bool(shares.max(initial=0.0) >= _TRANSLATED_SHARE)


def _nearest(quote: Quote, evidence: Evidence) -> Span | None:
    """Return the quotation of the aligned sentences that has most of the words, or None."""
    wanted = set(tokens(quote.text))
    aligned = evidence.alignment.spans(evidence.source)
    found = [
        Span(one.start, one.end)
        for one in evidence.source.quotes
        if any(one.start < span.end and span.start < one.end for span in aligned)
    ]
    text = evidence.source.article.text
    return max(found, key=lambda span: len(wanted & set(tokens(span.of(text)))), default=None)
