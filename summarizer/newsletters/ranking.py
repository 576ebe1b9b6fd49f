"""Why one story stands above another: coverage, recency, sources, keywords, the editor's weights.

Every part is a number from 0 to 1 of its own, whatever else is in the issue, so that an editor
who changes one weight knows what it does.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache

from ringkas.errors import SettingsError
from ringkas.settings import NewsletterSettings
from ringkas.text.sentences import split
from ringkas.types import Article
from summarizer.digesting.naming import source_name
from summarizer.newsletters.issue import Rank
from summarizer.newsletters.period import Period

# So many voices and outlets are as much as a story can have; each doubling counts alike. In three
# days of nine outlets 4 of 1,224 stories had more than 16 voices.
_MOST_VOICES = 32
_MOST_OUTLETS = 8
_UNLISTED = 0.5
_IN_TEXT = 0.5  # a keyword that stands below the lead counts half
_LEAD_SENTENCES = 3
_PARTS = ("coverage", "diversity", "recency", "keywords", "editor")
NO_RANK = Rank(0.0, 0.0, 0.0, 0.0, 0.0, 0.0)


def check_weights(settings: NewsletterSettings) -> None:
    """Refuse weights that order nothing.

    Raises:
        SettingsError: a weight is negative, all are 0, or one that is a share is not in [0, 1].
    """
    weights = {name: getattr(settings.rank, name) for name in _PARTS}
    if min(weights.values()) < 0 or not sum(weights.values()):
        raise SettingsError(
            f"newsletter.rank is {weights}; give weights of 0 or more, at least one above 0"
        )
    shares = {f"source_weights.{name}": weight for name, weight in settings.source_weights.items()}
    for name, share in {"rank.affair": settings.rank.affair, **shares}.items():
        if not 0 <= share <= 1:
            raise SettingsError(f"newsletter.{name} is {share}; give a number from 0 to 1")


def rank(
    articles: Sequence[Article],
    voices: int,
    moments: Sequence[datetime],
    span: tuple[datetime, datetime] | None,
    settings: NewsletterSettings,
) -> Rank:
    """Return the parts of a story's rank and their weighted mean.

    Arguments:
        articles: those that tell the story.
        voices: how many different texts they are.
        moments: when they were published, where that is known.
        span: the period, or from the first to the last article where it is open.
        settings: keywords and weights.
    """
    parts = {
        "coverage": _doublings(voices, _MOST_VOICES),
        "recency": _recency(moments, span),
        "diversity": _doublings(_even_sources(articles), _MOST_OUTLETS),
        "keywords": max((_holds(word, articles) for word in settings.keywords), default=0.0),
        "editor": _editor(articles, settings.source_weights),
    }
    weights = {name: getattr(settings.rank, name) for name in _PARTS}
    total = sum(weights[name] * parts[name] for name in _PARTS) / sum(weights.values())
    return Rank(**parts, total=total)


def span_of(moments: Sequence[datetime], given: Period) -> tuple[datetime, datetime] | None:
    """Return the period's bounds, an open one where the first or last article lies."""
    if not moments:
        return None
    return given.since or min(moments), given.until or max(moments)


def _doublings(number: float, most: int) -> float:
    return min(1.0, math.log2(max(1.0, number)) / math.log2(most))


def _even_sources(articles: Sequence[Article]) -> float:
    """Return how many outlets of equal shares are as diverse: 2 to the entropy (Hill 1973)."""
    counted = Counter(source_name(article).casefold() for article in articles)
    shares = [count / len(articles) for count in counted.values()]
    return 2 ** -sum(share * math.log2(share) for share in shares)


def _recency(moments: Sequence[datetime], span: tuple[datetime, datetime] | None) -> float:
    """Return where in the period the latest article lies; the middle where nobody knows."""
    if not moments or span is None or span[1] <= span[0]:
        return 0.5
    passed: timedelta = max(moments) - span[0]
    return min(1.0, max(0.0, passed / (span[1] - span[0])))


def _holds(word: str, articles: Sequence[Article]) -> float:
    """Return 1 if a headline or lead holds the keyword, a half if only a text does."""
    if any(holds(word, lead(article)) for article in articles):
        return 1.0
    return _IN_TEXT if any(holds(word, article.text) for article in articles) else 0.0


def holds(word: str, text: str) -> bool:
    """Tell whether a text holds a keyword of one or more whole words, in capitals or not."""
    return bool(_pattern(word).search(text))


@cache
def _pattern(word: str) -> re.Pattern[str]:
    words = r"\s+".join(re.escape(part) for part in word.split())
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE) if words else re.compile(r"(?!)")


def lead(article: Article) -> str:
    """Return the headline and the first sentences."""
    sentences = split(article.text)[:_LEAD_SENTENCES]
    return "\n".join([article.title, *(span.of(article.text) for span in sentences)])


def _editor(articles: Sequence[Article], weights: Mapping[str, float]) -> float:
    """Return the highest weight of an outlet that tells the story."""
    known = {name.casefold(): weight for name, weight in weights.items()}
    names = {source_name(article).casefold() for article in articles}
    return max(known.get(name, _UNLISTED) for name in names)
