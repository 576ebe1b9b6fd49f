"""How likely two articles tell one story: the likeness of their leads, and the names they share.

Digests compare the few articles they are given, newsletters thousands; both ask here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ringkas.text.names import names_of
from ringkas.text.sentences import split
from ringkas.text.vocabulary import same_word
from ringkas.types import Article, OutputLanguage
from summarizer.refusing import own_language

# Calibrated on the sample articles and the stories in tests/summarizer/digesting/stories: pairs of
# one story score 0.953 and more in one language and 0.90 and more across two, other pairs at most
# 0.925 and 0.87. In a month of Indonesian news and in BBC news, pairs above these values are two
# reports of one affair, or two days of one market, which the names they share mostly tell apart.
LEAST_SCORE = 0.945
LEAST_SCORE_ACROSS = 0.885
NAMES_WEIGHT = 0.1
_LEAST_NAMES = 0.25  # of the names of the article that has fewer
# Reports of one event come close together; months later it is a new story.
_LONGEST_APART = timedelta(days=30)
_LEAD_SENTENCES = 3
_LEAD_CHARACTERS = 700


@dataclass(frozen=True, slots=True)
class Signs:
    """What is compared of an article besides its lead: names, language and day."""

    names: frozenset[str]
    language: OutputLanguage
    day: date | None


def signs(article: Article) -> Signs:
    """Return what is compared of an article besides its lead."""
    texts = [article.title, *(span.of(article.text) for span in split(article.text))]
    names = frozenset(same_word(name.casefold()) for text in texts for name in names_of(text))
    day = article.published.date() if article.published else None
    return Signs(names, own_language(article.language), day)


def leads(articles: Sequence[Article]) -> list[str]:
    """Return what is embedded of each article: its title and first sentences."""
    return [_lead(article) for article in articles]


def _lead(article: Article) -> str:
    sentences = split(article.text)[:_LEAD_SENTENCES]
    lead = " ".join(span.of(article.text) for span in sentences)
    return f"{article.title}\n{lead}"[:_LEAD_CHARACTERS]


def margin(cosine: float, one: Signs, other: Signs) -> float | None:
    """Return how far two articles are above the score of one story; below 0 they tell two.

    None: they are weeks apart, or share too few names, however alike their leads.
    """
    if _far_apart(one, other):
        return None
    fewer = min(len(one.names), len(other.names))
    shared = len(one.names & other.names) / fewer if fewer else _LEAST_NAMES
    if shared < _LEAST_NAMES:
        return None
    return cosine + NAMES_WEIGHT * shared - least_score(one.language, other.language)


def least_score(one: OutputLanguage, other: OutputLanguage) -> float:
    """Return the score from which two articles in these languages tell one story."""
    return LEAST_SCORE if one == other else LEAST_SCORE_ACROSS


def _far_apart(one: Signs, other: Signs) -> bool:
    if one.day is None or other.day is None:
        return False
    return abs(one.day - other.day) > _LONGEST_APART
