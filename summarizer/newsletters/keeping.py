"""Stories told before, by what they were told from: an unchanged story costs nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from ringkas.errors import SummaryError
from ringkas.settings import Settings
from ringkas.types import (
    Article,
    Citation,
    Conflict,
    DigestSentence,
    Failure,
    FigureStatement,
    Flag,
    OutputLanguage,
    Passage,
    Span,
)
from summarizer.batching.cache import TextCache
from summarizer.batching.request import Request
from summarizer.newsletters.issue import Item, Story
from summarizer.newsletters.telling import Told


class Keeping:
    """Keeps stories in a cache under all that they depend on: articles, request, settings, code.

    What chosen sentences stand in for is not kept: the model shall have another try.
    """

    def __init__(
        self, cache: TextCache, language: OutputLanguage, max_words: int, settings: Settings
    ) -> None:
        self._request = Request(language, max_words, "paragraph", "auto", settings)
        self._cache = cache

    def get(self, story: Story) -> Told | None:
        """Return the story as it was told before, or None."""
        found = self._cache.text(self._key(story))
        try:
            return _told(json.loads(found), story) if found else None
        except (ValueError, TypeError, KeyError, IndexError):
            return None

    def put(self, story: Story, told: Told) -> None:
        """Keep a story as it was told."""
        if not told.stood_in:
            text = json.dumps(_record(told, story), ensure_ascii=False)
            self._cache.keep({self._key(story): text})

    def _key(self, story: Story) -> str:
        parts = [
            "\x00".join([self._request.digest(article), article.source or "", article.url or ""])
            for article in story.articles
        ]
        return hashlib.sha256("\x01".join(parts).encode("utf-8", "replace")).hexdigest()[:32]


def _record(told: Told, story: Story) -> dict[str, Any]:
    places = {article.id: place for place, article in enumerate(story.articles)}
    item = told.item
    return {
        "headline": _sentence(item.headline, places),
        "sentences": [_sentence(sentence, places) for sentence in item.sentences],
        "conflicts": [
            {
                "subject": conflict.subject,
                "text": conflict.text,
                "updated": conflict.updated,
                "statements": [_statement(one, places) for one in conflict.statements],
            }
            for conflict in item.conflicts
        ],
        "method": item.method,
        "model": item.model,
        "fell_back": item.fell_back,
        "failures": [[failure.source, failure.message] for failure in told.failures],
    }


def _statement(statement: FigureStatement, places: dict[str, int]) -> dict[str, Any]:
    return {
        "value": statement.value,
        "citations": [_citation(one, places) for one in statement.citations],
        "published": statement.published.isoformat() if statement.published else None,
    }


def _sentence(sentence: DigestSentence, places: dict[str, int]) -> dict[str, Any]:
    return {
        "text": sentence.text,
        "citations": [_citation(citation, places) for citation in sentence.citations],
        "flags": [
            [
                flag.kind,
                flag.start,
                flag.end,
                flag.nearest and [flag.nearest.start, flag.nearest.end],
            ]
            for flag in sentence.flags
        ],
    }


def _citation(citation: Citation, places: dict[str, int]) -> list[int]:
    passage = citation.passage
    place = places[citation.article.id]
    return [place, passage.start, passage.end, citation.start, citation.end]


def _told(record: dict[str, Any], story: Story) -> Told:
    articles = story.articles
    item = Item(
        story=story,
        headline=_sentence_of(record["headline"], articles),
        sentences=tuple(_sentence_of(one, articles) for one in record["sentences"]),
        method=record["method"],
        conflicts=tuple(_conflict_of(one, articles) for one in record["conflicts"]),
        model=record["model"],
        fell_back=record["fell_back"],
    )
    failures = (Failure(source, SummaryError(message)) for source, message in record["failures"])
    return Told(item, tuple(failures))


def _conflict_of(record: dict[str, Any], articles: Sequence[Article]) -> Conflict:
    return Conflict(
        subject=record["subject"],
        text=record["text"],
        statements=tuple(
            FigureStatement(
                one["value"],
                _citations_of(one["citations"], articles),
                datetime.fromisoformat(one["published"]) if one["published"] else None,
            )
            for one in record["statements"]
        ),
        updated=record["updated"],
    )


def _sentence_of(record: dict[str, Any], articles: Sequence[Article]) -> DigestSentence:
    flags = tuple(
        Flag(kind, start, end, Span(*nearest) if nearest else None)
        for kind, start, end, nearest in record["flags"]
    )
    return DigestSentence(record["text"], _citations_of(record["citations"], articles), flags)


def _citations_of(
    records: Sequence[Sequence[int]], articles: Sequence[Article]
) -> tuple[Citation, ...]:
    return tuple(
        Citation(articles[place], Passage(articles[place].id, around, until), start, end)
        for place, around, until, start, end in records
    )
