"""What was given, sorted: articles that tell the story, and what cannot be used, each with why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ringkas.embedding import Embedder
from ringkas.errors import RingkasError, SummaryError
from ringkas.text.sentences import split
from ringkas.types import Article, Failure
from summarizer.digesting.naming import source_name
from summarizer.digesting.stories import stories
from summarizer.refusing import check_text

_FEWEST = 2
_MOST_NAMED = 4


@dataclass(frozen=True)
class Gathered:
    """Articles of one story, in the order given, and a failure for each thing left out."""

    articles: tuple[Article, ...]
    failures: tuple[Failure, ...]


def gather(given: Iterable[str | Article | Failure], embedder: Embedder) -> Gathered:
    """Return the articles that tell the story most of them tell.

    Raises:
        SummaryError: fewer than two articles can be used, or no two tell one story, or they tell
            several stories equally often.
    """
    articles: dict[str, Article] = {}
    failures: list[Failure] = []
    for number, item in enumerate(given, start=1):
        read = item if isinstance(item, Failure) else _read(item, f"source {number}")
        if isinstance(read, Failure):
            failures.append(read)
        else:
            articles.setdefault(read.id, read)
    usable = list(articles.values())
    _require_two(usable, failures)
    groups = stories(usable, embedder)
    _require_one_story(groups, usable)
    told = groups[0]
    apart = [usable[index] for index in range(len(usable)) if index not in told]
    failures += [_tells_another(article) for article in apart]
    return Gathered(tuple(usable[index] for index in told), tuple(failures))


def _read(item: str | Article, name: str) -> Article | Failure:
    """Return the article, or why it cannot be used."""
    label = source_name(item) if isinstance(item, Article) else name
    try:
        if isinstance(item, str):
            from ringkas.sources import article_from_text

            item = article_from_text(item)
        check_text(item.text, split(item.text))
    except RingkasError as error:
        return Failure(label, error)
    return item


def _require_two(articles: Sequence[Article], failures: Sequence[Failure]) -> None:
    if len(articles) >= _FEWEST:
        return
    reasons = "; ".join(f"{failure.source}: {failure.message}" for failure in failures)
    because = f" Could not be used: {reasons}" if reasons else ""
    raise SummaryError(
        f"a digest needs at least {_FEWEST} different articles on one story, and there "
        f"{'is 1' if articles else 'are none'}. For one article, use summarize.{because}"
    )


def _require_one_story(groups: Sequence[Sequence[int]], articles: Sequence[Article]) -> None:
    largest = len(groups[0])
    tied = [group for group in groups if len(group) == largest]
    if largest >= _FEWEST and len(tied) == 1:
        return
    titles = [f"“{articles[group[0]].title}”" for group in groups[:_MOST_NAMED]]
    more = f" and {len(groups) - _MOST_NAMED} more" if len(groups) > _MOST_NAMED else ""
    raise SummaryError(
        f"these articles tell {len(groups)} different stories: {', '.join(titles)}{more}. Give "
        "the articles on one story at a time, or summarize each by itself."
    )


def _tells_another(article: Article) -> Failure:
    reason = SummaryError(
        f"“{article.title}” tells another story than most of the articles, and was left out"
    )
    return Failure(source_name(article), reason)
