"""One sentence of a summary beside the article, as the checks of each kind see it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from summarizer.support.aligning import Alignment
from summarizer.support.reading import Sentence
from summarizer.support.slots import Place, place_of
from summarizer.support.source import Mentions, Source


@dataclass(frozen=True)
class Evidence:
    """A sentence, its article, and how they are aligned; ``across`` two languages or not."""

    sentence: Sentence
    source: Source
    sentences: tuple[Sentence, ...]
    alignment: Alignment
    across: bool

    @cached_property
    def mentions(self) -> Mentions:
        """The article's numbers, days and names."""
        return self.source.mentions(translate=self.across and self.source.english)

    @property
    def aligned(self) -> tuple[Sentence, ...]:
        """The article's sentences that it rests on, best first."""
        return tuple(self.sentences[place] for place in self.alignment.places)

    def place(self, start: int, end: int) -> Place:
        """Return the words around ``[start, end)`` of the sentence."""
        return place_of(start, end, self.sentence.words)
