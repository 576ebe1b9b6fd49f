"""Plans made by hand from the sample articles, for tests of what is done with them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from ringkas.sources import samples
from ringkas.types import Article, OutputLanguage
from summarizer.newsletters.issue import Plan, PlannedSection, Rank, Story


@cache
def sample(word: str) -> Article:
    """Return the sample article with this word in its title."""
    return next(article for article in samples() if word in article.title)


def story(*articles: Article, rank: float = 0.5) -> Story:
    voices = tuple((article.id,) for article in articles)
    return Story(articles, voices, Rank(0.0, 0.0, 0.0, 0.0, 0.0, rank))


def told(*words: str, rank: float = 0.5) -> Story:
    """Return the story of the sample articles with these words in their titles."""
    return story(*map(sample, words), rank=rank)


def planned(*stories: Story, language: OutputLanguage = "id", name: str = "Daerah") -> Plan:
    return Plan((PlannedSection(name, stories),), language)


def sectioned(sections: Sequence[tuple[str, Sequence[Story]]], language: OutputLanguage) -> Plan:
    return Plan(tuple(PlannedSection(name, tuple(found)) for name, found in sections), language)
