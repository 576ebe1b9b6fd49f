"""The verb ``digest``: checks what is asked, reads the story, chooses a method."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Literal

from ringkas.embedding import get_embedder
from ringkas.errors import LanguageError, SettingsError, SummaryError
from ringkas.settings import Settings
from ringkas.types import (
    Article,
    Conflict,
    Digest,
    DigestSentence,
    Failure,
    OutputLanguage,
)
from summarizer.digesting.choosing import choose
from summarizer.digesting.gathering import Gathered, gather
from summarizer.digesting.naming import source_names
from summarizer.digesting.reading import Reading
from summarizer.digesting.remembering import Remembering
from summarizer.measured import measured
from summarizer.refusing import check_request, own_language

Method = Literal["auto", "extractive", "abstractive"]
_METHODS = ("auto", "extractive", "abstractive")
# Sentences that are read of all articles together. Embedding them takes about 10 s on two cores;
# what lies beyond is left out of ``coverage``, and so said.
_MOST_SENTENCES = 600
_NAMES = {"id": "Indonesian", "en": "English"}


def digest(
    articles: Iterable[str | Article | Failure],
    language: OutputLanguage | None = None,
    max_words: int = 120,
    method: Method = "auto",
    settings: Settings | None = None,
) -> Digest:
    """Write one summary of the one story that several articles tell, each sentence with sources.

    Figures that the articles give differently are shown side by side, each with its sources and
    day. Articles that print the same text count as one voice with several sources. An article
    that tells another story than most is left out and named in ``failures``.

    Arguments:
        articles: articles, their texts, or the failures of reading some, as ``iter_articles``
            yields them; failures are passed on.
        language: the language that the digest must be in; that of most articles by default.
        max_words: the most words of its sentences; the names of sources and the lines on
            differing figures come on top.
        method: ``"extractive"`` shows sentences of the articles, ``"abstractive"`` has the
            configured model write new ones, ``"auto"`` does so where a model is configured and
            no figures in its folder say that it is worse.
        settings: the configuration; the embedded defaults without one.

    Raises:
        SummaryError: fewer than two articles can be used, they do not tell one story, or
            ``max_words`` or ``method`` make no sense.
        LanguageError: the digest cannot be in the language asked for.
        SettingsError: ``method`` is ``"abstractive"`` and no model is configured.
        ModelError: a model cannot be loaded, or fails.
    """
    settings = settings or Settings()
    _check(max_words, method)
    written = method != "extractive" and settings.generator.kind != "none"
    if method == "abstractive" and not written:
        raise SettingsError(
            "method='abstractive' needs a model that writes, and generator.kind is 'none'. Name "
            "one in the configuration (configs/llm-server.toml shows how), or use 'extractive'."
        )
    embedder = Remembering(get_embedder(settings))
    gathered = gather(articles, embedder)
    reading = Reading(gathered.articles, embedder, _MOST_SENTENCES)
    wanted = language or _most_common(gathered.articles)
    if written and (method == "abstractive" or _measures_up(gathered.articles, wanted, settings)):
        return _written(reading, gathered, wanted, max_words, settings)
    return _digest(reading, gathered, wanted, _extracted(reading, wanted, max_words))


def _measures_up(articles: Sequence[Article], language: OutputLanguage, settings: Settings) -> bool:
    """Tell whether the model's own figures, if it has any, allow it to write from these articles.

    Raises:
        ModelError: the figures are damaged.
    """
    figures = measured(settings.generator.model) if settings.generator.kind == "seq2seq" else None
    spoken = {own_language(article.language) for article in articles}
    return figures is None or not any(
        figures.shortfall(own, language, "paragraph") for own in spoken
    )


def _written(
    reading: Reading,
    gathered: Gathered,
    language: OutputLanguage,
    max_words: int,
    settings: Settings,
) -> Digest:
    """Return what the model wrote, or the extractive digest where too little of it holds."""
    from summarizer.digesting.writing import write

    draft = write(reading, language, max_words, settings)
    made = _digest(
        reading,
        gathered,
        language,
        draft.sentences or _extracted(reading, language, max_words),
    )
    written = replace(made, model=draft.model, dropped=draft.dropped)
    if not draft.sentences:
        return replace(written, fell_back=True)
    return replace(written, method="abstractive", coverage=draft.coverage)


def _check(max_words: int, method: str) -> None:
    check_request(max_words, "paragraph")
    if method not in _METHODS:
        raise SummaryError(f"method is '{method}'; choose one of: {', '.join(_METHODS)}")


def _most_common(articles: Sequence[Article]) -> OutputLanguage:
    """Return the language of most articles; that of the first where it is a tie."""
    counted = Counter(_own(article) for article in articles)
    return max(counted, key=lambda language: counted[language])


def _own(article: Article) -> OutputLanguage:
    return "en" if article.language == "en" else "id"


def _extracted(
    reading: Reading, language: OutputLanguage, max_words: int
) -> tuple[DigestSentence, ...]:
    if all(_own(article) != language for article in reading.articles):
        raise LanguageError(
            f"none of the {len(reading.articles)} articles is in {_NAMES[language]}, and sentences "
            "of the articles are shown as they are. Ask for the articles' own language, or "
            "configure a model that writes (configs/llm-server.toml shows how)."
        )
    chosen = choose(
        reading.pool,
        reading.telling,
        reading.differences,
        reading.voice_of,
        language,
        reading.embedder,
        max_words,
    )
    return tuple(
        DigestSentence(
            reading.pool.told[index].unit.text,
            reading.citations(reading.sources(index)),
        )
        for index in chosen
    )


def _digest(
    reading: Reading,
    gathered: Gathered,
    language: OutputLanguage,
    sentences: tuple[DigestSentence, ...],
) -> Digest:
    """Return an extractive digest of these sentences."""
    conflicts = reading.conflicts(language)
    articles = gathered.articles
    return Digest(
        text=_text(sentences, conflicts, language),
        sentences=sentences,
        articles=articles,
        voices=tuple(tuple(articles[index].id for index in group) for group in reading.voices),
        language=language,
        method="extractive",
        coverage=reading.pool.coverage,
        conflicts=conflicts,
        failures=gathered.failures,
    )


def _text(
    sentences: Sequence[DigestSentence], conflicts: Sequence[Conflict], language: OutputLanguage
) -> str:
    """Return the digest as it is read: sentences with their sources, then differing figures."""
    told = " ".join(_with_sources(sentence, language) for sentence in sentences)
    return "\n\n".join([told, *(conflict.text for conflict in conflicts)])


def _with_sources(sentence: DigestSentence, language: OutputLanguage) -> str:
    """Return "… masih hilang (A dan B)."; the sources stand before a full stop."""
    names = source_names((citation.article for citation in sentence.citations), language)
    if not names:
        return sentence.text
    if sentence.text.endswith(".") and not sentence.text.endswith(".."):
        return f"{sentence.text[:-1]} ({names})."
    return f"{sentence.text} ({names})"
