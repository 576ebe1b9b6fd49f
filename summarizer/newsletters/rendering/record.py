"""An issue as JSON, for programs; ``newsletter.schema.json`` beside this file is its schema."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from ringkas.records import article_record
from ringkas.types import Article, Citation, Conflict, DigestSentence
from summarizer.newsletters.issue import Item, Newsletter
from summarizer.newsletters.rendering.cleaning import web_address

VERSION = 1  # raise it when a key changes its meaning or goes


def newsletter_json(newsletter: Newsletter) -> str:
    """Return an issue as indented JSON."""
    written = json.dumps(newsletter_record(newsletter), ensure_ascii=False, indent=2)
    # Half of a character pair, from a broken page, cannot be written as UTF-8.
    return written.encode("utf-8", "replace").decode() + "\n"


def newsletter_record(newsletter: Newsletter) -> dict[str, Any]:
    """Return an issue as a dictionary, ready for JSON.

    Articles stand once under ``articles``; citations name them by id, and count characters of
    their text. An address that is not http or https is left out.
    """
    articles: dict[str, Article] = {}
    for item in newsletter.items:
        articles |= {one.id: one for one in item.story.articles}
        articles |= {one.article.id: one.article for one in _citations(item)}
    for sentence in newsletter.introduction:
        articles |= {one.article.id: one.article for one in sentence.citations}
    return {
        "version": VERSION,
        "title": newsletter.title,
        "language": newsletter.language,
        "made": newsletter.made.isoformat(),
        "since": _moment(newsletter.since),
        "until": _moment(newsletter.until),
        "introduction": [_sentence(sentence) for sentence in newsletter.introduction],
        "sections": [
            {"name": section.name, "stories": [_story(item) for item in section.items]}
            for section in newsletter.sections
        ],
        "articles": {name: _article(article) for name, article in articles.items()},
    }


def _citations(item: Item) -> Iterable[Citation]:
    for sentence in (item.headline, *item.sentences):
        yield from sentence.citations
    for conflict in item.conflicts:
        for statement in conflict.statements:
            yield from statement.citations


def _story(item: Item) -> dict[str, Any]:
    return {
        "id": item.story.id,
        "headline": _sentence(item.headline),
        "sentences": [_sentence(sentence) for sentence in item.sentences],
        "conflicts": [_conflict(conflict) for conflict in item.conflicts],
        "articles": [article.id for article in item.story.articles],
        "voices": [list(voice) for voice in item.story.voices],
        "method": item.method,
        "model": item.model,
        "fell_back": item.fell_back,
    }


def _sentence(sentence: DigestSentence) -> dict[str, Any]:
    return {
        "text": sentence.text,
        "supported": sentence.supported,
        "citations": [_citation(one) for one in sentence.citations],
        "flags": [
            {
                "kind": flag.kind,
                "start": flag.start,
                "end": flag.end,
                "text": sentence.text[flag.start : flag.end],
            }
            for flag in sentence.flags
        ],
    }


def _conflict(conflict: Conflict) -> dict[str, Any]:
    return {
        "subject": conflict.subject,
        "text": conflict.text,
        "updated": conflict.updated,
        "statements": [
            {
                "value": statement.value,
                "published": _moment(statement.published),
                "citations": [_citation(one) for one in statement.citations],
            }
            for statement in conflict.statements
        ],
    }


def _citation(one: Citation) -> dict[str, Any]:
    return {"article": one.article.id, "start": one.start, "end": one.end, "quote": one.quote}


def _article(article: Article) -> dict[str, Any]:
    return {**article_record(article), "url": web_address(article.url) or None}


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
