"""The baseline that every summarizer must beat: the article's first sentences."""

from __future__ import annotations

from collections.abc import Sequence

from ringkas.types import Span, Style
from summarizer.fitting import words_of
from summarizer.headline import shorten
from summarizer.trimming import trim


def lead(text: str, sentences: Sequence[Span], max_words: int, style: Style) -> list[Span]:
    """Return the first sentences while they fit, without the dateline; at least the first.

    For a headline, the first sentence is brought to a clause of at most ``max_words`` words
    where it can be.
    """
    first = trim(text, sentences[0], first=True)
    if style == "headline":
        return [shorten(text, first, max_words)]
    chosen = [first]
    left = max_words - words_of(first.of(text))
    for span in sentences[1:]:
        left -= words_of(span.of(text))
        if left < 0:
            break
        chosen.append(span)
    return chosen
