"""The tools. They read and never write, and remember nothing between two calls."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Annotated, Literal, TypeVar

from mcp.server.mcpserver.exceptions import ToolError
from pydantic import Field

import retrieval
import summarizer
from ringkas import sources
from ringkas.errors import QuestionError, RingkasError
from ringkas.mcp import records
from ringkas.mcp.records import Condensed, Found, Told
from ringkas.observing import conclude, noted, request
from ringkas.settings import Settings
from ringkas.types import Article, Failure, OutputLanguage, Style

T = TypeVar("T")

_MOST_PASSAGES = 20
Day = Annotated[date | None, Field(description='A day such as "2024-06-03"; included.')]
Outlets = Annotated[
    list[str] | None, Field(description='Only articles of these outlets, such as "kompas.com".')
]
Language = Annotated[
    OutputLanguage | None,
    Field(description='"id" or "en"; left out, the language of the question or article.'),
]


@dataclass(frozen=True)
class Tools:
    """The verbs over an open index. The methods' docstrings are the tools' descriptions."""

    index: retrieval.Index
    settings: Settings

    def ask(
        self,
        question: Annotated[str, Field(description="In Indonesian or English.")],
        language: Language = None,
        since: Day = None,
        until: Day = None,
        outlets: Outlets = None,
    ) -> Told:
        """Answer a question from the news articles in the index, with quotes that prove it.

        Articles in Indonesian and English are read, whatever the language of the question. Where
        they do not say, `found` is false: then say so, and do not answer from memory.
        """

        def answer() -> Told:
            filters = retrieval.Filters(since=since, until=until, sources=tuple(outlets or ()))
            found = retrieval.answer(question, self.index, language, filters=filters)
            conclude("answered" if found.found else "not_found")
            return records.told(found)

        return _served("ask", question, answer)

    def summarize(
        self,
        source: Annotated[
            str,
            Field(description="An article's id in the index, its web address, or its whole text."),
        ],
        language: Language = None,
        max_words: Annotated[int, Field(ge=1, le=1000)] = 60,
        style: Annotated[Style, Field(description="How it is set.")] = "paragraph",
        about: Annotated[
            str | None, Field(description="What it should be about, if anything in particular.")
        ] = None,
    ) -> Condensed:
        """Summarize one news article; each sentence comes with the words it was taken from."""

        def summary() -> Condensed:
            article = self._article(source)
            made = summarizer.summarize(
                article, language, max_words, style, about, settings=self.settings
            )
            return records.condensed(made)

        return _served("summarize", source, summary)

    def search(
        self,
        question: Annotated[str, Field(description="A question or words, in either language.")],
        limit: Annotated[int, Field(ge=1, le=_MOST_PASSAGES)] = 5,
        since: Day = None,
        until: Day = None,
        outlets: Outlets = None,
    ) -> Found:
        """Find the passages of the news articles in the index that are nearest to a question."""

        def passages() -> Found:
            filters = retrieval.Filters(since=since, until=until, sources=tuple(outlets or ()))
            hits = self.index.search(question, limit=limit, filters=filters)
            return Found([records.passage(hit) for hit in hits])

        return _served("search", question, passages)

    def _article(self, source: str) -> Article:
        """Return the article. A path is never opened: an assistant may be told to name one."""
        text = source.strip()
        if not text:
            raise QuestionError("nothing was given; an id, a web address or a text was expected")
        if " " in text or "\n" in text:
            return sources.article_from_text(text, min_words=self.settings.sources.min_words)
        if text.startswith(("http://", "https://")):
            return _only(sources.iter_articles(text, self.settings), text)
        return self.index.article(text)


def _only(items: Iterable[Article | Failure], source: str) -> Article:
    first, *more = islice(items, 2)
    if more:
        raise QuestionError(f"{source} holds several articles; give the address of one")
    if isinstance(first, Failure):
        raise first.error
    return first


def _served(verb: Literal["ask", "summarize", "search"], content: str, does: Callable[[], T]) -> T:
    """Serve one call. An error that nobody raised on purpose is logged, and not told."""
    with request(verb, "mcp", content) as ours:
        try:
            return does()
        except Exception as error:
            known = isinstance(noted(error), RingkasError)
            message = str(error) if known else f"an unexpected error, logged with the id {ours.id}"
            raise ToolError(message) from error
