"""A typed client of a running Ringkas page.

    python examples/client.py http://127.0.0.1:7860 "Siapa yang membuka rapat?"

Copy it into your own program; it needs nothing but the package ``gradio_client``.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Any, Literal

from gradio_client import Client

Language = Literal["id", "en"]


@dataclass(frozen=True, slots=True)
class Source:
    """Words of an article, letter for letter, and where they stand."""

    quote: str
    title: str
    outlet: str | None
    url: str | None
    published: str | None

    @classmethod
    def of(cls, article: dict[str, Any], quote: str) -> Source:
        """Return a source from an article's record."""
        return cls(quote, *(article[name] for name in ("title", "source", "url", "published")))


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer; where nothing was found, ``nearest`` are the passages that come closest."""

    text: str
    found: bool
    language: Language
    sources: tuple[Source, ...]
    nearest: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """A summary, and its sentences that are not wholly in the article."""

    text: str
    language: Language
    title: str
    coverage: float
    doubtful: tuple[str, ...]


class Ringkas:
    """The verbs of a page. Raises ``gradio_client.exceptions.AppError`` with what is wrong."""

    def __init__(self, url: str, login: tuple[str, str] | None = None) -> None:
        self._client = Client(
            url, auth=login, verbose=False, analytics_enabled=False, httpx_kwargs={"timeout": 60}
        )

    def ask(self, question: str, language: Language | None = None) -> Answer:
        """Answer a question from the articles in the library."""
        record = self._client.predict(question, language, api_name="/ask")
        nearest = () if record["found"] else record["nearest"]
        return Answer(
            record["text"],
            record["found"],
            record["language"],
            tuple(Source.of(each["article"], each["quote"]) for each in record["citations"]),
            tuple(Source.of(each["article"], each["text"]) for each in nearest),
        )

    def summarize(
        self, source: str, language: Language | None = None, max_words: int = 60
    ) -> Summary:
        """Summarize an article, given by its address or its text."""
        record = self._client.predict(source, language, max_words, api_name="/summarize")
        doubtful = [each["text"] for each in record["sentences"] if not each["supported"]]
        title = record["article"]["title"]
        return Summary(
            record["text"], record["language"], title, record["coverage"], tuple(doubtful)
        )

    def search(self, question: str, limit: int = 5) -> tuple[Source, ...]:
        """Return the passages nearest to a question, best first."""
        found = self._client.predict(question, limit, api_name="/search")
        return tuple(Source.of(each["article"], each["text"]) for each in found)


def main(url: str, question: str) -> None:
    """Ask one question, and print the answer with its sources."""
    answer = Ringkas(url).ask(question)
    print(answer.text)
    for source in answer.sources or answer.nearest:
        print(f"  “{source.quote}” ({source.title}, {source.outlet}, {source.published})")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: python examples/client.py URL QUESTION")
    main(*sys.argv[1:])
