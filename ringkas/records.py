"""The nouns as plain dictionaries, ready for JSON: what the HTTP API returns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ringkas.types import (
    Answer,
    Article,
    Citation,
    Digest,
    DigestSentence,
    Hit,
    Span,
    Summary,
    SummarySentence,
)


def article_record(article: Article) -> dict[str, Any]:
    """Return an article without its text; ``published`` is ISO 8601 or None."""
    return {
        "id": article.id,
        "title": article.title,
        "source": article.source,
        "url": article.url,
        "published": article.published.isoformat() if article.published else None,
        "author": article.author,
        "language": article.language,
    }


def citation_record(citation: Citation) -> dict[str, Any]:
    """Return a citation: ``start`` and ``end`` count the characters of the article's text."""
    return {
        "article": article_record(citation.article),
        "passage": {
            "start": citation.passage.start,
            "end": citation.passage.end,
            "text": citation.article.text[citation.passage.start : citation.passage.end],
        },
        "start": citation.start,
        "end": citation.end,
        "quote": citation.quote,
    }


def hit_record(hit: Hit) -> dict[str, Any]:
    """Return a passage that was found, with its scores and its near-duplicates' ids."""
    return {
        "article": article_record(hit.article),
        "start": hit.passage.start,
        "end": hit.passage.end,
        "text": hit.text,
        "score": hit.score,
        "dense": hit.dense,
        "lexical": hit.lexical,
        "copies": list(hit.copies),
    }


def answer_record(answer: Answer) -> dict[str, Any]:
    """Return an answer with its citations, differing answers and nearest passages."""
    return {
        "question": answer.question,
        "asked": answer.asked,
        "text": answer.text,
        "found": answer.found,
        "score": answer.score,
        "language": answer.language,
        "method": answer.method,
        "citations": _citations(answer.citations),
        "variants": [
            {
                "text": variant.text,
                "score": variant.score,
                "citations": _citations(variant.citations),
            }
            for variant in answer.variants
        ],
        "nearest": [hit_record(hit) for hit in answer.nearest],
    }


def summary_record(summary: Summary) -> dict[str, Any]:
    """Return a summary; spans count characters of ``article_text``, flags those of the sentence.

    A flag's ``nearest`` is what the article says in its place; ``dropped`` are sentences that a
    model wrote and that were withheld.
    """
    return {
        "text": summary.text,
        "words": summary.words,
        "language": summary.language,
        "style": summary.style,
        "method": summary.method,
        "model": summary.model,
        "fell_back": summary.fell_back,
        "coverage": summary.coverage,
        "support": summary.support,
        "sentences": [_sentence(sentence, summary.article) for sentence in summary.sentences],
        "dropped": [_sentence(sentence, summary.article) for sentence in summary.dropped],
        "article": article_record(summary.article),
        "article_text": summary.article.text,
    }


def _sentence(sentence: SummarySentence, article: Article) -> dict[str, Any]:
    return {
        "text": sentence.text,
        "supported": sentence.supported,
        "spans": [_span(span) for span in sentence.spans],
        "flags": [
            {
                "kind": flag.kind,
                "start": flag.start,
                "end": flag.end,
                "text": sentence.text[flag.start : flag.end],
                "nearest": flag.nearest
                and {**_span(flag.nearest), "text": flag.nearest.of(article.text)},
            }
            for flag in sentence.flags
        ],
    }


def _span(span: Span) -> dict[str, int]:
    return {"start": span.start, "end": span.end}


def _citations(citations: Sequence[Citation]) -> list[dict[str, Any]]:
    return [citation_record(citation) for citation in citations]


def digest_record(digest: Digest) -> dict[str, Any]:
    """Return a digest: each sentence with its citations, and the figures that differ.

    ``articles`` are those that tell the story; ``voices`` groups the ids of those that print the
    same text; ``failures`` names what was left out, and why.
    """
    return {
        "text": digest.text,
        "words": digest.words,
        "language": digest.language,
        "method": digest.method,
        "model": digest.model,
        "fell_back": digest.fell_back,
        "coverage": digest.coverage,
        "sentences": [_digest_sentence(sentence) for sentence in digest.sentences],
        "dropped": [_digest_sentence(sentence) for sentence in digest.dropped],
        "conflicts": [
            {
                "subject": conflict.subject,
                "text": conflict.text,
                "updated": conflict.updated,
                "statements": [
                    {
                        "value": statement.value,
                        "published": (
                            statement.published.isoformat() if statement.published else None
                        ),
                        "citations": _citations(statement.citations),
                    }
                    for statement in conflict.statements
                ],
            }
            for conflict in digest.conflicts
        ],
        "articles": [article_record(article) for article in digest.articles],
        "voices": [list(ids) for ids in digest.voices],
        "failures": [
            {"source": failure.source, "error": failure.message} for failure in digest.failures
        ],
    }


def _digest_sentence(sentence: DigestSentence) -> dict[str, Any]:
    return {
        "text": sentence.text,
        "citations": _citations(sentence.citations),
        "flags": [
            {"kind": flag.kind, "start": flag.start, "end": flag.end} for flag in sentence.flags
        ],
    }
