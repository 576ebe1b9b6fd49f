"""An article as the check reads it: sentences, what each says, and their vectors when needed."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise
from threading import Lock
from typing import Protocol, TypeVar

import numpy as np

from ringkas.embedding import Embedder
from ringkas.embedding.base import Vectors
from ringkas.text.days import Day
from ringkas.text.language import detect_language
from ringkas.text.names import held_words
from ringkas.text.sentences import split
from ringkas.types import Article, Span
from summarizer.support.names import Name
from summarizer.support.numbers import Number
from summarizer.support.quotes import Quote, quotes, tokens
from summarizer.support.reading import Sentence, read
from summarizer.support.slots import Mention, mention, place_of
from summarizer.support.words import Word, words

_KEPT = 8  # articles


class _Placed(Protocol):
    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


_P = TypeVar("_P", bound=_Placed)


@dataclass(frozen=True)
class Mentions:
    """What an article mentions, with the words around each mention."""

    numbers: tuple[Mention[Number], ...]
    days: tuple[Mention[Day], ...]
    names: tuple[Mention[Name], ...]


_read: OrderedDict[tuple[Article, int], Source] = OrderedDict()
_lock = Lock()


def source_of(article: Article, embedder: Embedder) -> Source:
    """Return the article read, once for all the sentences that are checked against it."""
    key = (article, id(embedder))
    with _lock:
        source = _read.pop(key, None) or Source(article, embedder)
        _read[key] = source
        while len(_read) > _KEPT:
            _read.popitem(last=False)
        return source


class Source:
    """An article's sentences, read once."""

    def __init__(self, article: Article, embedder: Embedder) -> None:
        self.article = article
        self.spans = split(article.text)
        self._embedder = embedder
        self._vectors: dict[int, Vectors] = {}
        self._readings: dict[bool, tuple[Sentence, ...]] = {}
        self._mentions: dict[bool, Mentions] = {}
        self._keys: dict[bool, frozenset[str]] = {}

    @cached_property
    def english(self) -> bool:
        """Whether the article is in English; every other language is read as Indonesian."""
        language = self.article.language
        known = language if language != "unknown" else detect_language(self.article.text)
        return known == "en"

    def sentences(self, *, translate: bool) -> tuple[Sentence, ...]:
        """Return the sentences; ``translate`` an English article for an Indonesian summary."""
        if translate not in self._readings:
            text = self.article.text
            self._readings[translate] = tuple(
                read(span.of(text), span.start, translate=translate) for span in self.spans
            )
        return self._readings[translate]

    def mentions(self, *, translate: bool) -> Mentions:
        """Return what the sentences mention; ``translate`` as in ``sentences``."""
        if translate not in self._mentions:
            sentences = self.sentences(translate=translate)
            self._mentions[translate] = Mentions(
                _mentioned(sentences, lambda sentence: sentence.numbers),
                _mentioned(sentences, lambda sentence: sentence.days),
                _mentioned(sentences, lambda sentence: sentence.names),
            )
        return self._mentions[translate]

    def verbatim(self, text: str) -> tuple[Span, ...]:
        """Return the article's sentences that ``text`` repeats word for word; none if it does not.

        It must begin and end where sentences do: a part of one can say something else.
        """
        wanted = " ".join(text.split())
        for first in range(len(self.spans)):
            if not wanted.startswith(self._plain[first]):
                continue
            for last in range(first, len(self.spans)):
                joined = " ".join(self._plain[first : last + 1])
                if joined == wanted:
                    return tuple(self.spans[first : last + 1])
                if not wanted.startswith(joined):
                    break
        return ()

    @cached_property
    def _plain(self) -> list[str]:
        return [" ".join(span.of(self.article.text).split()) for span in self.spans]

    @cached_property
    def quotable(self) -> list[str]:
        """The words of title and text as quotations are compared."""
        return tokens(f"{self.article.title}\n{self.article.text}")

    @cached_property
    def quotable_text(self) -> str:
        """The same words in one line, with a space at either end."""
        return f" {' '.join(self.quotable)} "

    @cached_property
    def quotes(self) -> list[Quote]:
        """The quotations of the text."""
        return quotes(self.article.text)

    @cached_property
    def published(self) -> date | None:
        """The day of publication, where it is known."""
        return self.article.published.date() if self.article.published else None

    def keys(self, *, translate: bool) -> frozenset[str]:
        """Return the keys of all words of the text."""
        if translate not in self._keys:
            found = self.sentences(translate=translate)
            keys = (word.keys for sentence in found for word in sentence.words)
            self._keys[translate] = frozenset[str]().union(*keys)
        return self._keys[translate]

    def successors(self, word: Word) -> list[frozenset[str]]:
        """Return the keys of the words that follow a word in the article's names."""
        names = (one.value.words for one in self.mentions(translate=False).names)
        return [
            following.keys
            for name in names
            for before, following in pairwise(name)
            if before.keys & word.keys
        ]

    def has_near(self, word: Word, following: Word) -> bool:
        """Tell whether one word stands shortly before another somewhere in the text."""
        return any(
            first.keys & word.keys
            and any(after.keys & following.keys for after in sentence.words[place + 1 : place + 4])
            for sentence in self.sentences(translate=False)
            for place, first in enumerate(sentence.words)
        )

    @cached_property
    def plain_words(self) -> list[str]:
        """The words of the text in order, without case and function words."""
        found = self.sentences(translate=False)
        return [word.folded for one in found for word in one.words if word.weight == 1]

    @cached_property
    def lower_words(self) -> frozenset[str]:
        """The distinct words that a short form may be among."""
        return frozenset(word for word in self.plain_words if word.isalpha())

    @cached_property
    def lower_case(self) -> frozenset[str]:
        """The words that the text writes without a capital."""
        found = self.sentences(translate=False)
        return frozenset(word.text for one in found for word in one.words if word.text.islower())

    @cached_property
    def title(self) -> frozenset[str]:
        """The keys of the words of the title, which a summary may use as well."""
        keys = [word.keys for word in words(self.article.title, translate=self.english)]
        return frozenset[str]().union(*keys)

    @cached_property
    def held(self) -> frozenset[str]:
        """The words that may stand for a name, with acronyms of the names written out."""
        return held_words(f"{self.article.title}\n{self.article.text}")

    def cosines(self, vector: Vectors, places: Sequence[int]) -> Vectors:
        """Return the cosine of ``vector`` and each of the sentences at ``places``."""
        missing = [place for place in places if place not in self._vectors]
        texts = [self.spans[place].of(self.article.text) for place in missing]
        for place, made in zip(missing, self._embedder.embed_passages(texts), strict=True):
            self._vectors[place] = made
        return np.asarray(np.stack([self._vectors[place] for place in places]) @ vector)

    def embed(self, text: str) -> Vectors:
        """Return the vector of a summary's sentence."""
        return np.asarray(self._embedder.embed_passages([text])[0])


def _mentioned(
    sentences: Sequence[Sentence], found: Callable[[Sentence], Iterable[_P]]
) -> tuple[Mention[_P], ...]:
    return tuple(
        mention(
            one,
            Span(sentence.start + one.start, sentence.start + one.end),
            place,
            place_of(one.start, one.end, sentence.words),
        )
        for place, sentence in enumerate(sentences)
        for one in found(sentence)
    )
