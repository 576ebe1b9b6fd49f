"""The HTTP API: the same verbs as in Python, with plain JSON in and out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Protocol

from ringkas import records
from ringkas.errors import QuestionError, RingkasError
from ringkas.page import intake
from ringkas.page.exports import file_name
from ringkas.page.issues import FILES
from ringkas.page.requests import IssueRequest
from ringkas.settings import Settings
from ringkas.types import Answer, Article, Failure, Hit, OutputLanguage, Style, Summary, Tone, Turn
from summarizer.newsletters import Format, render
from summarizer.newsletters.issue import Newsletter
from summarizer.summarizing import Method

_MOST_HITS = 100


class Library(Protocol):
    """What the API needs of an index."""

    def add(self, articles: Iterable[Article]) -> Any:
        """Add articles and return a dataclass of counts."""

    def remove(self, ids: Iterable[str]) -> int:
        """Remove articles and return how many were there."""

    def articles(
        self, filters: Any = None, limit: int | None = None, offset: int = 0
    ) -> Sequence[Article]:
        """Return the articles that pass the filters, newest first."""

    def search(self, question: str, *, limit: int) -> Sequence[Hit]:
        """Return the passages nearest to a question."""


@dataclass(frozen=True)
class Api:
    """The verbs over HTTP. Nothing is remembered between two calls.

    The names of the methods are those of the endpoints, their docstrings the descriptions.
    """

    settings: Settings
    index: Library
    answer: Callable[..., Answer]
    summarizer: Callable[..., Summary]
    publisher: Callable[..., Newsletter]

    def ask(
        self,
        question: str,
        language: OutputLanguage | None = None,
        history: list[dict[str, str]] | None = None,
    ) -> dict[str, Any]:
        """Answer a question from the articles in the index.

        Args:
            question: in Indonesian or English.
            language: "id" or "en" for the language of the reply; that of the question if null.
            history: earlier exchanges, oldest first: [{"question": "...", "answer": "..."}].
        """
        answer = self.answer(question, self.index, language=language, history=_turns(history))
        return records.answer_record(answer)

    def summarize(
        self,
        source: str,
        language: OutputLanguage | None = None,
        max_words: int = 60,
        style: Style = "paragraph",
        query: str | None = None,
        method: Method = "auto",
    ) -> dict[str, Any]:
        """Summarize one article, each sentence tied to spans of its text.

        Args:
            source: the article's URL or its text.
            language: "id" or "en"; that of the article if null.
            max_words: the longest summary, in words.
            style: "paragraph", "bullets" or "headline".
            query: what the summary should be about, if anything in particular.
            method: "extractive" chooses sentences, "lead" takes the first, "abstractive" lets the
                configured model write; "auto" is the last where there is one, else the first.
        """
        article = intake.only_article(intake.received(source, None, self.settings))
        summary = self.summarizer(
            article,
            language=language,
            max_words=max_words,
            style=style,
            query=query,
            method=method,
        )
        return records.summary_record(summary)

    def newsletter(
        self,
        source: str | None = None,
        since: str | None = None,
        until: str | None = None,
        language: OutputLanguage | None = None,
        format: Format = "markdown",
        title: str | None = None,
        max_stories: int | None = None,
        max_words: int | None = None,
        keywords: list[str] | None = None,
        unticked: list[str] | None = None,
        tone: Tone | None = None,
    ) -> dict[str, Any]:
        """Write a newsletter: the stories of a period, each line with its sources.

        Args:
            source: one or more URLs of articles or feeds; null for the articles in the index.
            since: the first day, such as "2023-06-01"; from the beginning if null.
            until: the last day, included; to the end if null.
            language: "id" or "en"; that of most articles if null.
            format: "html", "text", "markdown", "rss", "atom", "json" or "eml".
            title: the newsletter's; named after its days if null.
            max_stories: how many stories at most.
            max_words: how many words a story has at most.
            keywords: stories with one of them come first.
            unticked: stories not to print, each by its id or that of one of its articles.
            tone: "neutral", "brisk" or "warm"; the configured one if null.
        """
        request = IssueRequest(
            given=source is not None,
            since=intake.as_date(since),
            until=intake.as_date(until),
            keywords=tuple(keywords or ()),
        )
        issue = self.publisher(
            self._material(source, request),
            request.since,
            request.until,
            language,
            title=title,
            max_stories=max_stories,
            max_words=max_words,
            unticked=unticked or (),
            tone=tone,
            settings=request.settings(self.settings),
        )
        content = render(issue, format)
        return {
            "title": issue.title,
            "language": issue.language,
            "format": format,
            "file": f"{file_name(issue.title, 'newsletter')}.{FILES[format][0]}",
            "content": content.decode() if isinstance(content, bytes) else content,
            "stories": [item.story.id for item in issue.items],
            "left_out": [
                {"id": one.story.id, "title": one.story.lead.title, "reason": one.reason}
                for one in issue.left_out
            ],
            "failures": _failed(issue.failures),
        }

    def _material(self, source: str | None, request: IssueRequest) -> Iterable[Article | Failure]:
        if source is not None:
            return intake.received(source, None, self.settings)
        return self.index.articles(request.filters(), limit=None, offset=0)

    def search(self, question: str, limit: int = 5) -> list[dict[str, Any]]:
        """Find the passages nearest to a question, best first.

        Args:
            question: in Indonesian or English; passages in both are found.
            limit: how many passages to return, at most 100.
        """
        found = self.index.search(question, limit=_bounded("limit", limit, _MOST_HITS))
        return [records.hit_record(hit) for hit in found]

    def articles(self, limit: int = 100, offset: int = 0) -> list[dict[str, Any]]:
        """List the articles in the index, newest first.

        Args:
            limit: how many to return.
            offset: how many to pass over first.
        """
        found = self.index.articles(
            limit=_bounded("limit", limit), offset=_bounded("offset", offset)
        )
        return [records.article_record(article) for article in found]

    def add(self, source: str) -> dict[str, Any]:
        """Add articles to the index; adding the same article twice changes nothing.

        Args:
            source: one or more URLs of articles or feeds, or the text of one article.
        """
        failures: list[Failure] = []
        items = intake.received(source, None, self.settings)
        added = self.index.add(intake.sorted_out(items, failures))
        return {**asdict(added), "failures": _failed(failures)}

    def remove(self, ids: list[str]) -> int:
        """Remove articles from the index and return how many were there.

        Args:
            ids: article ids, as ``articles`` lists them.
        """
        return self.index.remove(ids)


def _failed(failures: Iterable[Failure]) -> list[dict[str, str]]:
    return [{"source": each.source, "error": each.message} for each in failures]


def _turns(history: list[dict[str, str]] | None) -> list[Turn]:
    try:
        return [Turn(turn["question"], turn["answer"]) for turn in history or []]
    except KeyError as missing:
        raise QuestionError(
            f"an exchange in history has no {missing}; write each as "
            '{"question": "...", "answer": "..."}'
        ) from None


def _bounded(name: str, value: int, most: int | None = None) -> int:
    """Return a number that came over the wire, if it is from 0 to ``most``."""
    if value < 0 or (most is not None and value > most):
        wanted = "0 or more" if most is None else f"0 to {most}"
        raise RingkasError(f"{name} is {value}; give {wanted}")
    return value
