"""Summarizing a stretch of articles: here, in this process; ``on_ray`` does it on many machines."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from typing import Protocol

from ringkas.embedding import get_embedder
from ringkas.types import Article
from summarizer.batching.memory import ran_out
from summarizer.batching.outcome import Outcome
from summarizer.batching.request import Request
from summarizer.batching.together import Together

_WINDOW = 256
_CHARACTERS = 200_000  # summarized at once, unless a single article has more


class Engine(Protocol):
    """Turns articles into outcomes.

    It is given up to ``window`` articles at a time, which it may sort by length; ``patience`` is
    how many seconds to wait until so many are read.
    """

    window: int
    patience: float

    def load(self) -> None:
        """Get ready for the first article.

        Raises:
            RingkasError: that cannot be, so that the batch cannot go on.
        """

    def summarize(self, articles: Sequence[Article]) -> Generator[Mapping[int, Outcome]]:
        """Yield what became of some articles, by their place, until that of each is told.

        Closed before that, it stops working.
        """

    def close(self) -> None:
        """Let go of what ``load`` took."""


class LocalEngine:
    """Summarizes in this process, several articles at once."""

    window = _WINDOW
    patience = 0.0

    def __init__(self, request: Request) -> None:
        self._request = request
        self._together = Together(get_embedder(request.settings))
        self._most = request.at_once

    def load(self) -> None:
        """Load the models before the first article.

        Raises:
            ModelError: one cannot be loaded.
            MissingExtraError: the package that it needs is not installed.
        """
        self._together.writer = self._request.load_writer()
        try:
            if self._request.method != "lead":
                self._together.embedder.embed_passages(["Ringkas"])
        except Exception as error:
            if not ran_out(error):  # an article may need less than the loading did
                raise

    def summarize(self, articles: Sequence[Article]) -> Generator[Mapping[int, Outcome]]:
        """Yield the outcomes of one group of like length after the other."""
        for group in grouped(articles, range(len(articles)), self._most):
            yield from self._summarize(articles, group)

    def close(self) -> None:
        """Do nothing: the models serve the next batch."""

    def _summarize(
        self, articles: Sequence[Article], group: Sequence[int]
    ) -> Iterator[Mapping[int, Outcome]]:
        """Summarize articles together; in smaller groups where memory runs out."""
        started = time.perf_counter()
        results = self._together.each([articles[at] for at in group], self._request.summarize)
        seconds = time.perf_counter() - started
        per_character = seconds / max(sum(len(articles[at].text) for at in group), 1)
        done: dict[int, Outcome] = {}
        left: list[int] = []
        for at, result in zip(group, results, strict=True):
            if ran_out(result) and len(group) > 1:
                left.append(at)
            else:
                took = per_character * len(articles[at].text)
                done[at] = Outcome.of(result, took, writes=self._request.writes)
        yield done
        if left:
            self._most = max(1, min(self._most, len(group)) // 2)
            for smaller in grouped(articles, left, self._most):
                yield from self._summarize(articles, smaller)


def grouped(articles: Sequence[Article], places: Sequence[int], most: int) -> Iterator[list[int]]:
    """Yield the ``places`` in groups whose articles are of like length, short ones first."""
    group: list[int] = []
    characters = 0
    for at in sorted(places, key=lambda at: len(articles[at].text)):
        size = len(articles[at].text)
        if group and (len(group) >= most or characters + size > _CHARACTERS):
            yield group
            group, characters = [], 0
        group.append(at)
        characters += size
    if group:
        yield group
