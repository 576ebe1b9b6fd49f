"""One story read: its voices, units, figures, and what its articles have in common."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from ringkas.embedding import Embedder
from ringkas.text.sentences import paragraphs
from ringkas.types import Article, Citation, Conflict, OutputLanguage, Passage, Span
from summarizer import support
from summarizer.digesting.comparing import Comparison
from summarizer.digesting.conflicts import Difference, differences
from summarizer.digesting.pool import Pool
from summarizer.digesting.quantities import quantities
from summarizer.digesting.side_by_side import conflict
from summarizer.digesting.stories import voices
from summarizer.digesting.telling import Telling
from summarizer.support.reading import read

# Share of a sentence's figures and names that an article named as its source may lack. On the
# labelled stories half gives the best of precision and recall; none at all, a recall of 0.63.
_MOST_MISSING = 0.5


@dataclass(frozen=True)
class Reading:
    """The articles of one story, read together."""

    articles: tuple[Article, ...]
    embedder: Embedder
    most_sentences: int

    @cached_property
    def pool(self) -> Pool:
        """Their units."""
        return Pool(self.articles, self.embedder, self.most_sentences)

    @cached_property
    def comparison(self) -> Comparison:
        """Their figures."""
        found = (
            quantity
            for told in self.pool.told
            for quantity in quantities(told, self.articles[told.article].text)
        )
        return Comparison(self.pool, found)

    @cached_property
    def telling(self) -> Telling:
        """Which units tell the same."""
        return Telling(self.comparison)

    @cached_property
    def differences(self) -> list[Difference]:
        """The figures that they give differently."""
        return differences(self.comparison)

    @cached_property
    def voices(self) -> list[list[int]]:
        """The articles' indices, copies together."""
        return voices(self.articles)

    @property
    def voice_of(self) -> list[int]:
        """The voice of each article."""
        place = {index: voice for voice, group in enumerate(self.voices) for index in group}
        return [place[index] for index in range(len(self.articles))]

    def conflicts(self, language: OutputLanguage) -> tuple[Conflict, ...]:
        """Return the differing figures side by side, in ``language``."""
        return tuple(conflict(one, self.articles, language) for one in self.differences)

    def sources(self, index: int) -> list[int]:
        """Return one unit an article that tells what a unit tells, itself first.

        An article counts only if the check finds every figure and name of the unit in it.
        """
        own = self.pool.told[index]
        return [
            other
            for other in self.telling.sources(index)
            if other == index or holds(own.unit.text, self._article(other), self.embedder)
        ]

    def _article(self, index: int) -> Article:
        return self.articles[self.pool.told[index].article]

    def citations(self, units: Iterable[int]) -> tuple[Citation, ...]:
        """Return where the units stand, each inside its paragraph."""
        told = (self.pool.told[index] for index in units)
        return tuple(cited(self.articles[one.article], one.unit.span) for one in told)


def holds(text: str, article: Article, embedder: Embedder) -> bool:
    """Tell whether an article has most of the figures and names of a sentence in their places.

    One that lacks more tells of something else, or hardly anything of it.
    """
    (checked,) = support.check([text], article, embedder)
    reading = read(text, translate=False)
    stated = len(reading.numbers) + sum(not name.opens for name in reading.names)
    missing = sum(flag.kind in ("number", "name") for flag in checked.flags)
    return bool(checked.spans) and missing <= _MOST_MISSING * stated


def cited(article: Article, span: Span) -> Citation:
    """Return a citation of the span, inside the paragraphs that hold it."""
    around = _around(paragraphs(article.text), span)
    return Citation(article, Passage(article.id, around.start, around.end), span.start, span.end)


def _around(found: Sequence[Span], span: Span) -> Span:
    touched = [one for one in found if one.start < span.end and one.end > span.start]
    return Span(touched[0].start, touched[-1].end) if touched else span
