"""Which of several articles tell one story, and which of them are copies of one text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

from ringkas.embedding import Embedder
from ringkas.text.names import names_of
from ringkas.text.sentences import split
from ringkas.text.shingles import is_copy, shingles
from ringkas.text.vocabulary import same_word
from ringkas.types import Article

# Calibrated on the sample articles and the stories in tests/summarizer/digesting/stories: pairs of
# one story score 0.953 and more in one language and 0.90 and more across two, other pairs at most
# 0.925 and 0.87. In a month of Indonesian news and in BBC news, pairs above these values are two
# reports of one affair, or two days of one market, which the names they share mostly tell apart.
_LEAST_SCORE = 0.945
_LEAST_SCORE_ACROSS = 0.885
_NAMES_WEIGHT = 0.1
_LEAST_NAMES = 0.25  # of the names of the article that has fewer
# Reports of one event come close together; months later it is a new story.
_LONGEST_APART = timedelta(days=30)
_LEAD_SENTENCES = 3
_LEAD_CHARACTERS = 700


def stories(articles: Sequence[Article], embedder: Embedder) -> list[list[int]]:
    """Return the articles' indices grouped by the story they tell, the largest group first."""
    vectors = embedder.embed_passages([_lead(article) for article in articles])
    cosines = vectors @ vectors.T
    names = [_names(article) for article in articles]

    def one_story(one: int, other: int) -> bool:
        if _far_apart(articles[one], articles[other]):
            return False
        fewer = min(len(names[one]), len(names[other]))
        shared = len(names[one] & names[other]) / fewer if fewer else _LEAST_NAMES
        across = articles[one].language != articles[other].language
        score = float(cosines[one, other]) + _NAMES_WEIGHT * shared
        return shared >= _LEAST_NAMES and score >= (_LEAST_SCORE_ACROSS if across else _LEAST_SCORE)

    return sorted(_groups(len(articles), one_story), key=len, reverse=True)


def voices(articles: Sequence[Article]) -> list[list[int]]:
    """Return the articles' indices grouped by text: outlets that print wire copy are one voice."""
    runs = [shingles(article.text) for article in articles]
    return _groups(len(articles), lambda one, other: is_copy(runs[one], runs[other]))


def _groups(count: int, together: Callable[[int, int], bool]) -> list[list[int]]:
    """Return the connected groups of ``range(count)``, in order of their first members."""
    groups: list[list[int]] = []
    for index in range(count):
        near = [group for group in groups if any(together(other, index) for other in group)]
        merged = sorted([*(member for group in near for member in group), index])
        groups = sorted([group for group in groups if group not in near] + [merged])
    return groups


def _lead(article: Article) -> str:
    sentences = split(article.text)[:_LEAD_SENTENCES]
    lead = " ".join(span.of(article.text) for span in sentences)
    return f"{article.title}\n{lead}"[:_LEAD_CHARACTERS]


def _names(article: Article) -> frozenset[str]:
    texts = [article.title, *(span.of(article.text) for span in split(article.text))]
    return frozenset(same_word(name.casefold()) for text in texts for name in names_of(text))


def _far_apart(one: Article, other: Article) -> bool:
    if one.published is None or other.published is None:
        return False
    days = abs(one.published.date() - other.published.date())
    return days > _LONGEST_APART
