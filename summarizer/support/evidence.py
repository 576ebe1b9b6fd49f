"""One sentence of a summary beside the article, as the checks of each kind see it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from ringkas.types import Span
from summarizer.support.aligning import Alignment
from summarizer.support.gaps import agreements, gap_at, match
from summarizer.support.reading import Sentence
from summarizer.support.slots import Mention, Slot, place_of
from summarizer.support.source import Mentions, Source
from summarizer.support.swaps import Checked, Item

T = TypeVar("T")
_MATCHED = 3  # sentences whose words are matched in order, besides those aligned


@dataclass(frozen=True)
class Evidence:
    """A sentence, its article, and how they are aligned; ``across`` two languages or not."""

    sentence: Sentence
    source: Source
    sentences: tuple[Sentence, ...]
    alignment: Alignment
    across: bool
    english: bool
    _agreed: dict[int, NDArray[np.float64]] = field(default_factory=dict, compare=False)

    @cached_property
    def mentions(self) -> Mentions:
        """The article's numbers, days and names."""
        return self.source.mentions(translate=self.across and self.source.english)

    @property
    def aligned(self) -> tuple[Sentence, ...]:
        """The article's sentences that it rests on, best first."""
        return tuple(self.sentences[place] for place in self.alignment.places)

    @cached_property
    def shares(self) -> NDArray[np.float64]:
        """How much of the sentence each sentence of the article holds, in [0, 1]."""
        return self._shares_without(0, 0)

    @property
    def literalness(self) -> float:
        """How much of the sentence one sentence of the article holds."""
        return float(self.shares.max(initial=0.0))

    def item(
        self,
        kind: Checked,
        start: int,
        end: int,
        same: Iterable[Mention[T]],
        others: Iterable[tuple[Mention[T], bool]],
        *,
        missing: bool = False,
    ) -> Item:
        """Compare the mentions that say the same as ``[start, end)`` with the others.

        ``others`` come with whether they look alike, as two acronyms do.
        """
        slot = self._slot(start, end)
        listed = list(others)
        looks = {id(other): alike for other, alike in listed}
        held, _ = slot.best(same)
        rival, nearest = slot.best(other for other, _ in listed)
        alike = nearest is not None and looks[id(nearest)]
        span = slot.shown(nearest) if nearest else None
        return Item(kind, start, end, missing, held, rival, alike, self.across, span)

    def _slot(self, start: int, end: int) -> Slot:
        shares = self._shares_without(start, end)
        near = np.argsort(-shares, kind="stable")[:_MATCHED].tolist()
        within = [number for number, word in enumerate(self.sentence.words) if word.start >= start]
        first = within[0] if within else len(self.sentence.words)
        last = sum(word.start < end for word in self.sentence.words)
        gaps = {}
        for number in {*near, *self.alignment.places}:
            if gap := self._gap(number, first, last):
                gaps[number] = gap
        place = place_of(start, end, self.sentence.words)
        return Slot(place, shares, self.alignment.places, gaps)

    def _gap(self, number: int, first: int, last: int) -> tuple[Span, float] | None:
        """Return where in a sentence of the article the words ``[first, last)`` would stand."""
        other = self.sentences[number]
        matched = match(self._agreements(number), first, last)
        gap = gap_at(matched, first, last, len(other.words))
        if gap is None or gap.first == gap.last:
            return None
        start, end = other.words[gap.first].start, other.words[gap.last - 1].end
        return Span(other.start + start, other.start + end), gap.closeness * gap.density

    def _agreements(self, number: int) -> NDArray[np.float64]:
        if number not in self._agreed:
            self._agreed[number] = agreements(self.sentence.words, self.sentences[number].words)
        return self._agreed[number]

    def _shares_without(self, start: int, end: int) -> NDArray[np.float64]:
        """Return how much of the other words each sentence of the article holds."""
        words = self.sentence.words
        weights = np.array([0.0 if start <= word.start < end else word.weight for word in words])
        return np.asarray(self.alignment.held @ weights / max(float(weights.sum()), 1e-9))
