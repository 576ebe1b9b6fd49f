"""Articles cut into passages: runs of whole sentences with exact offsets."""

from __future__ import annotations

import re

from ringkas.settings import PassageSettings
from ringkas.text.sentences import split
from ringkas.types import Article, Passage, Span

# A "sentence" of more than this many times ``max_words`` is a list or a transcript without full
# stops; the embedder would not see its end.
_TOO_LONG = 2


def cut(article: Article, settings: PassageSettings) -> list[Passage]:
    """Cut an article into passages of at most ``max_words`` words.

    A passage holds whole sentences; a sentence that is longer by itself is a passage of its own,
    or several when it is more than twice as long. Neighbours share ``overlap`` sentences where
    these leave room for a new one, so an answer that leans on the sentence before it stands in
    one passage with it. Every sentence is in at least one passage.
    """
    sentences = _sentences(article.text, settings.max_words)
    lengths = [len(span.of(article.text).split()) for span in sentences]
    passages: list[Passage] = []
    first = 0
    while first < len(sentences):
        last = _last_that_fits(lengths, first, settings.max_words)
        passages.append(_passage(article, sentences[first], sentences[last]))
        first = _next_first(lengths, first, last, settings)
    return passages


def _sentences(text: str, max_words: int) -> list[Span]:
    """Return the sentences, overlong ones in pieces of ``max_words`` words."""
    pieces: list[Span] = []
    for sentence in split(text):
        words = [match.span() for match in re.finditer(r"\S+", sentence.of(text))]
        step = max_words if len(words) > _TOO_LONG * max_words else len(words)
        for at in range(0, len(words), step):
            start, end = words[at][0], words[min(at + step, len(words)) - 1][1]
            pieces.append(Span(sentence.start + start, sentence.start + end))
    return pieces


def _next_first(lengths: list[int], first: int, last: int, settings: PassageSettings) -> int:
    """Return where the next passage begins: repeating what leaves room for a new sentence."""
    for start in range(max(first + 1, last + 1 - settings.overlap), last + 1):
        if last + 1 < len(lengths) and sum(lengths[start : last + 2]) <= settings.max_words:
            return start
    return last + 1


def _last_that_fits(lengths: list[int], first: int, max_words: int) -> int:
    words, last = lengths[first], first
    while last + 1 < len(lengths) and words + lengths[last + 1] <= max_words:
        last += 1
        words += lengths[last]
    return last


def _passage(article: Article, first: Span, last: Span) -> Passage:
    return Passage(article.id, first.start, last.end)


def passage_input(article: Article, passage: Passage, settings: PassageSettings) -> str:
    """Return what the embedder sees of a passage; the title before it if ``settings.title``."""
    if settings.title:
        return passage_words(article, passage)
    return article.text[passage.start : passage.end]


def passage_words(article: Article, passage: Passage) -> str:
    """Return what lexical search sees of a passage: the article's title, then the passage."""
    text = article.text[passage.start : passage.end]
    return f"{article.title}\n{text}" if article.title else text
