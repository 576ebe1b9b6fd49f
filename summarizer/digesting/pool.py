"""The units of several articles side by side: what they say, and which tell the same fact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ringkas.embedding import Embedder
from ringkas.generation.hostile import news_sentences
from ringkas.text.sentences import split
from ringkas.types import Article
from summarizer.support.reading import Sentence, read
from summarizer.units import Unit, units

Matrix = NDArray[np.float32]


@dataclass(frozen=True)
class Told:
    """One unit of one article: ``article`` and ``place`` are its indices."""

    article: int
    place: int
    unit: Unit
    english: bool

    @cached_property
    def reading(self) -> Sentence:
        """Its words, numbers, days and names; an English one can be compared with Indonesian."""
        return read(self.unit.text, translate=self.english)


class Pool:
    """The units of all articles, in the articles' order.

    ``read`` are the units that were embedded, ``coverage`` the share of all characters that they
    hold, in [0, 1].
    """

    def __init__(
        self, articles: Sequence[Article], embedder: Embedder, most_sentences: int
    ) -> None:
        self.articles = articles
        per_article = max(1, most_sentences // len(articles))
        self.told: list[Told] = []
        seen = 0
        for index, article in enumerate(articles):
            sentences = news_sentences(article.text, split(article.text))[:per_article]
            english = article.language == "en"
            found = units(article.text, sentences)
            self.told += [Told(index, place, unit, english) for place, unit in enumerate(found)]
            seen += sum(_visible(span.of(article.text)) for span in sentences)
        self.coverage = seen / max(1, sum(_visible(article.text) for article in articles))
        self.vectors = embedder.embed_passages([told.unit.text for told in self.told])

    @cached_property
    def cosines(self) -> Matrix:
        """Cosines between units. *Shape:* (n, n)."""
        return np.asarray(self.vectors @ self.vectors.T, np.float32)

    def of(self, article: int) -> list[int]:
        """Return the indices of an article's units."""
        return [index for index, told in enumerate(self.told) if told.article == article]

    @cached_property
    def shares(self) -> Matrix:
        """How much of the words of unit i stand in unit j, in [0, 1]. *Shape:* (n, n)."""
        keys = [[(word.keys, word.weight) for word in told.reading.words] for told in self.told]
        held = [frozenset[str]().union(*(key for key, _ in words)) for words in keys]
        totals = [max(sum(weight for _, weight in words), 1e-9) for words in keys]
        return np.array(
            [
                [
                    sum(weight for key, weight in words if not key.isdisjoint(other)) / total
                    for other in held
                ]
                for words, total in zip(keys, totals, strict=True)
            ],
            np.float32,
        )


def _visible(text: str) -> int:
    return len("".join(text.split()))
