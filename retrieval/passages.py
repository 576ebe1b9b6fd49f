"""Articles cut into passages: runs of whole sentences with exact offsets."""

from __future__ import annotations

from ringkas.settings import PassageSettings
from ringkas.text.sentences import split
from ringkas.types import Article, Passage, Span


def cut(article: Article, settings: PassageSettings) -> list[Passage]:
    """Cut an article into passages of at most ``max_words`` words.

    A passage holds whole sentences; a sentence that is longer by itself is a passage of its own.
    Neighbours share ``overlap`` sentences, so an answer that leans on the sentence before it
    stands in one passage with it. Every sentence is in at least one passage.
    """
    sentences = split(article.text)
    lengths = [len(span.of(article.text).split()) for span in sentences]
    passages: list[Passage] = []
    first = 0
    while first < len(sentences):
        last = _last_that_fits(lengths, first, settings.max_words)
        passages.append(_passage(article, sentences[first], sentences[last]))
        if last == len(sentences) - 1:
            break
        first = max(first + 1, last + 1 - settings.overlap)
    return passages


def _last_that_fits(lengths: list[int], first: int, max_words: int) -> int:
    words, last = lengths[first], first
    while last + 1 < len(lengths) and words + lengths[last + 1] <= max_words:
        last += 1
        words += lengths[last]
    return last


def _passage(article: Article, first: Span, last: Span) -> Passage:
    return Passage(article.id, first.start, last.end)


def passage_input(article: Article, passage: Passage) -> str:
    """Return what the embedder sees of a passage: the article's title, then the passage."""
    text = article.text[passage.start : passage.end]
    return f"{article.title}\n{text}" if article.title else text
