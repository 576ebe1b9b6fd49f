"""Digests that a model writes, from the numbered articles; each sentence is tied to its sources.

The articles are put one behind the other, with a heading each, and written from and checked as
one text. Offsets in it lead back to the articles.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from ringkas.embedding import Embedder
from ringkas.errors import LanguageError, SettingsError
from ringkas.settings import Settings
from ringkas.text.language import detect_language
from ringkas.text.sentences import split
from ringkas.types import (
    Article,
    Citation,
    DigestSentence,
    Flag,
    Language,
    OutputLanguage,
    Span,
    SummarySentence,
)
from summarizer import support
from summarizer.abstractive import write_draft
from summarizer.digesting.naming import days_of, source_name, wording
from summarizer.digesting.reading import Reading, cited, holds
from summarizer.digesting.telling import LEAST_COSINE, LEAST_COSINE_ACROSS
from summarizer.writers import get_writer
from summarizer.writing import Brief

_NAMES = {"id": "Indonesian", "en": "English"}
_T = TypeVar("_T")


@dataclass(frozen=True)
class Written:
    """What a model wrote that can be shown, none where too little is left, and what cannot."""

    sentences: tuple[DigestSentence, ...]
    dropped: tuple[DigestSentence, ...]
    coverage: float
    model: str


@dataclass(frozen=True)
class Joined:
    """Articles one behind the other. ``places`` tells where in ``text`` each one's text starts."""

    text: str
    sentences: tuple[Span, ...]
    articles: tuple[Article, ...]
    places: tuple[int, ...]

    def origin(self, span: Span) -> tuple[Article, Span] | None:
        """Return the article a span of ``text`` is of, and its place there; None for a heading."""
        for article, start in zip(self.articles, self.places, strict=True):
            if start <= span.start and span.end <= start + len(article.text):
                return article, Span(span.start - start, span.end - start)
        return None


def write(
    reading: Reading, language: OutputLanguage, max_words: int, settings: Settings
) -> Written:
    """Have the configured model write the digest.

    Raises:
        SettingsError: no model is configured.
        LanguageError: the model does not write ``language``.
        ModelError: the model cannot be loaded, or fails.
    """
    writer = get_writer(settings)
    if writer is None:
        raise SettingsError("no model is configured: set generator.kind, or method='extractive'")
    if language not in writer.languages:
        raise LanguageError(
            f"'{writer.name}' does not write {_NAMES[language]}. Ask for the other language, name "
            "a model that writes both in the configuration, or use method='extractive'."
        )
    joined = join([reading.articles[group[0]] for group in reading.voices], language)
    spoken = _source_language(joined.articles, language)
    brief = Brief(language, spoken, max_words, tone=settings.summary.tone)
    whole = Article(id="digest", title="", text=joined.text, language=brief.source_language)
    sentences = joined.sentences
    if writer.translates(brief):  # headings are for models that read everything
        sentences = tuple(span for span in sentences if joined.origin(span))
    draft = _result(
        write_draft(
            whole,
            sentences,
            brief,
            writer,
            reading.embedder,
            settings.summary.unsupported,
        )
    )
    kept = [tied(sentence, joined, reading) for sentence in draft.sentences]
    marked = settings.summary.unsupported == "mark"
    shown = tuple(one for one in kept if one.citations or marked)
    lost = (one for one in kept if one not in shown)
    withheld = (DigestSentence(one.text, (), _unplaced(one)) for one in draft.dropped)
    return Written(
        sentences=shown if draft.stands else (),
        dropped=(*lost, *withheld, *(() if draft.stands else shown)),
        coverage=draft.coverage,
        model=writer.name,
    )


def join(articles: Sequence[Article], language: OutputLanguage) -> Joined:
    """Return the articles as one numbered text: "Sumber 1 (Sagara, 3 Mei):" and what it says."""
    words = wording(language)
    days = days_of([article.published for article in articles], language)
    text, places, sentences = "", [], []
    for number, (article, day) in enumerate(zip(articles, days, strict=True), start=1):
        shape = words["source_dated" if day else "source"]
        heading = shape.format(number=number, name=source_name(article), day=day)
        sentences.append(Span(len(text), len(text) + len(heading)))
        text += f"{heading}\n\n"
        places.append(len(text))
        sentences += [
            Span(len(text) + span.start, len(text) + span.end) for span in split(article.text)
        ]
        text += f"{article.text}\n\n"
    return Joined(text.rstrip(), tuple(sentences), tuple(articles), tuple(places))


def tied(sentence: SummarySentence, joined: Joined, reading: Reading) -> DigestSentence:
    """Return a written sentence with the places in each article that tell it.

    First come those that the check of the whole found, then other articles that hold it as well.
    """
    origins = [origin for span in sentence.spans if (origin := joined.origin(span))]
    found = [cited(article, span) for article, span in origins]
    named = {citation.article.id for citation in found}
    for article in reading.articles:
        if article.id not in named:
            found += _also(sentence.text, article, reading.embedder)
    return DigestSentence(sentence.text, tuple(found), _unplaced(sentence))


def _also(text: str, article: Article, embedder: Embedder) -> Iterable[Citation]:
    """Return where another article holds a sentence, if it does."""
    if not holds(text, article, embedder):
        return []
    (checked,) = support.check([text], article, embedder)
    vectors = embedder.embed_passages([text, *(span.of(article.text) for span in checked.spans)])
    nearest = float((vectors[1:] @ vectors[0]).max())
    across = (detect_language(text) == "en") != (article.language == "en")
    least = LEAST_COSINE_ACROSS if across else LEAST_COSINE
    return [cited(article, span) for span in checked.spans] if nearest >= least else []


def _unplaced(sentence: SummarySentence) -> tuple[Flag, ...]:
    """Return the flags without what the source says instead: it lies in the joined text."""
    return tuple(replace(flag, nearest=None) for flag in sentence.flags)


def _source_language(articles: Sequence[Article], language: OutputLanguage) -> Language:
    """Return the language to translate from: another one than is asked for, if there is one."""
    others = [article.language for article in articles if article.language != language]
    return others[0] if others else language


def _result(steps: Generator[str, None, _T]) -> _T:
    """Run the writing to its end and return what came of it."""
    while True:
        try:
            next(steps)
        except StopIteration as done:
            result: _T = done.value
            return result
