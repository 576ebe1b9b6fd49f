"""The verb ``summarize``: checks what is asked, chooses a method, keeps the promises."""

from __future__ import annotations

import logging
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ringkas.embedding import get_embedder
from ringkas.errors import LanguageError, ModelError, SettingsError, SummaryError
from ringkas.settings import Settings
from ringkas.text.language import detect_language
from ringkas.text.sentences import split
from ringkas.types import (
    Article,
    OutputLanguage,
    Span,
    Style,
    Summary,
    SummarySentence,
)
from summarizer.abstractive import Draft, write_draft
from summarizer.extractive import choose, quote
from summarizer.fitting import MOST_SENTENCES, coverage
from summarizer.lead import lead
from summarizer.long import Progress
from summarizer.measured import measured
from summarizer.refusing import (
    LANGUAGES,
    check_request,
    check_text,
    check_writes,
    own_language,
    quoted_language,
    who_writes,
)
from summarizer.replies import joined
from summarizer.tongues import is_foreign
from summarizer.trimming import spliced
from summarizer.writers import get_writer
from summarizer.writing import Brief, Writer

log = logging.getLogger(__name__)

Method = Literal["auto", "extractive", "abstractive", "lead"]
# A headline is short, however long a summary may be.
HEADLINE_WORDS = 16
# A model that takes no instructions is given the sentences about the query, this many times as
# long as the summary.
_ABOUT_QUERY = 8


def summarize(
    text_or_article: str | Article,
    language: OutputLanguage | None = None,
    max_words: int = 60,
    style: Style = "paragraph",
    query: str | None = None,
    method: Method = "auto",
    settings: Settings | None = None,
    on_progress: Progress | None = None,
) -> Summary:
    """Summarize an article, each sentence tied to its place in it.

    Nothing is filled up to ``max_words``: what adds little is left out.

    Arguments:
        text_or_article: an article, or its text.
        language: the language that the summary must be in; the article's own by default.
        max_words: the most words the summary may have; where every sentence has more, one
            sentence is the summary.
        style: one paragraph, bullet points, or a headline (one sentence or clause, short, without
            a full stop).
        query: what the reader cares about; sentences about it are preferred.
        method: ``"extractive"`` chooses the article's most telling sentences, ``"lead"`` its
            first; ``"abstractive"`` lets the configured model write, and what it writes is
            checked. ``"auto"`` is abstractive where a model is configured, else extractive; a
            model in whose folder figures say that it is worse (``measured.json``) is left out.
            Where what was written does not hold, the extractive summary stands in
            (``fell_back``); with ``"auto"`` also where the model fails.
        settings: the configuration; the embedded defaults without one.
        on_progress: called with (done, total) parts of an article that the model cannot read at
            once; the total may grow.

    Raises:
        SummaryError: there is too little running text, ``max_words``, ``style`` or ``method``
            make no sense, or the article holds nothing of what was written in its other language.
        LanguageError: the summary cannot be had in the language asked for.
        SettingsError: ``"abstractive"`` is asked for and no model is configured.
        ModelError: the embedder cannot be loaded; the model fails and nothing can stand in.
    """
    stream = stream_summary(
        text_or_article, language, max_words, style, query, method, settings, on_progress
    )
    (summary,) = (item for item in stream if isinstance(item, Summary))
    return summary


def stream_summary(
    text_or_article: str | Article,
    language: OutputLanguage | None = None,
    max_words: int = 60,
    style: Style = "paragraph",
    query: str | None = None,
    method: Method = "auto",
    settings: Settings | None = None,
    on_progress: Progress | None = None,
) -> Generator[str | Summary, None, None]:
    """Yield pieces of text while a model writes, then the Summary. Arguments as for `summarize`.

    The pieces add up to a first version, which the Summary replaces once it is checked. A piece
    may be empty: nothing new to show, but a moment to close the stream, which stops the model.
    Without a model there is only the Summary.

    Raises:
        What :func:`summarize` raises.
    """
    settings = settings or Settings()
    check_request(max_words, style, method)
    article = _article(text_or_article)
    sentences = split(article.text)
    check_text(article.text, sentences)
    task = _Task(article, sentences, language, max_words, style, _query(query), settings)
    try:
        writer = _writer(task, method)
    except (ModelError, LanguageError) as error:
        _let_stand_in(task, method, error)
        yield replace(_quoted(task, "extractive"), fell_back=True)
        return
    if writer is not None:
        yield (yield from _written(task, method, writer, on_progress))
    else:
        yield _quoted(task, method)


@dataclass(frozen=True)
class _Task:
    """What is asked, checked as far as no model is needed for it."""

    article: Article
    sentences: Sequence[Span]
    wanted: OutputLanguage | None
    max_words: int
    style: Style
    query: str | None
    settings: Settings

    @property
    def language(self) -> OutputLanguage:
        """The language to write in."""
        return self.wanted or own_language(self.article.language)

    @property
    def can_be_quoted(self) -> bool:
        """Whether the article's own sentences are in the language asked for."""
        try:
            quoted_language(self.article, self.wanted)
        except LanguageError:
            return False
        return True


def _article(given: str | Article) -> Article:
    if isinstance(given, Article):
        if given.language != "unknown":
            return given
        return replace(given, language=detect_language(given.text))
    if not given.strip():
        raise SummaryError("the text is empty: paste the article, or give its address or file")
    from ringkas.sources import article_from_text

    return article_from_text(given)


def _query(query: str | None) -> str | None:
    return " ".join(query.split()) or None if query else None


def _writer(task: _Task, method: Method) -> Writer | None:
    """Return the model that shall write; None where sentences are to be chosen.

    Raises:
        SettingsError: one is asked for, and none is configured.
        LanguageError: it does not write the language.
        ModelError: it cannot be loaded.
    """
    if method in ("extractive", "lead"):
        return None
    writer = get_writer(task.settings)
    if writer is not None:
        check_writes(writer.name, writer.languages, task.language)
    if writer is not None and method == "auto" and (why := _shortfall(task, writer)):
        log.info("'%s' is left out, for it measured worse: %s", writer.name, why)
        return None
    if writer is None and method == "abstractive":
        raise SettingsError(
            "method is 'abstractive', and no model is configured to write (generator.kind is "
            "'none'). Name one in a copy of configs/llm-server.toml (a server), configs/gpu.toml "
            "or configs/indobart.toml (this machine), and pass that with --config."
        )
    return writer


def _shortfall(task: _Task, writer: Writer) -> str:
    """Return what the model's own figures lack for it to write this; nothing without figures.

    Raises:
        LanguageError: nothing can stand in for it.
    """
    figures = measured(writer.name)
    if figures is None:
        return ""
    why = figures.shortfall(own_language(task.article.language), task.language, task.style)
    if why and not task.can_be_quoted:
        raise LanguageError(
            f"'{writer.name}' does not write '{task.language}' from this article's language well "
            f"enough: {why}. Leave the language out, name another model in generator.model, or "
            "have it write all the same with method = 'abstractive'."
        )
    return why


def _written(
    task: _Task, method: Method, writer: Writer, on_progress: Progress | None
) -> Generator[str, None, Summary]:
    """Return what the model writes, if it holds; else the extractive summary, or an error."""
    try:
        draft = yield from _draft(task, writer, on_progress)
    except LanguageError as error:
        _let_stand_in(task, "auto", error)
        return replace(_quoted(task, "extractive"), fell_back=True)
    except ModelError as error:
        _let_stand_in(task, method, error)
        return replace(_quoted(task, "extractive"), fell_back=True)
    if not draft.stands and task.can_be_quoted:
        return replace(_quoted(task, "extractive"), fell_back=True, dropped=draft.dropped)
    if not draft.sentences:
        raise SummaryError(
            f"the article holds nothing of what '{writer.name}' wrote. Try a larger model, leave "
            "the language out, or see what it wrote with summary.unsupported = 'mark'."
        )
    return Summary(
        text=joined((sentence.text for sentence in draft.sentences), task.style),
        sentences=draft.sentences,
        article=task.article,
        language=task.language,
        style=task.style,
        method="abstractive",
        coverage=draft.coverage,
        model=writer.name,
        dropped=draft.dropped,
    )


def _draft(
    task: _Task, writer: Writer, on_progress: Progress | None
) -> Generator[str, None, Draft]:
    headline = task.style == "headline"
    most = min(task.max_words, HEADLINE_WORDS) if headline else task.max_words
    tone = task.settings.summary.tone
    brief = Brief(task.language, task.article.language, most, task.style, task.query, tone=tone)
    embedder = get_embedder(task.settings)
    sentences = task.sentences
    asks = task.query and not task.settings.generator.chats
    if asks and not writer.translates(brief):
        near = sentences[:MOST_SENTENCES]
        words = _ABOUT_QUERY * task.max_words
        sentences = choose(task.article, near, embedder, words, "paragraph", task.query)
    unsupported = task.settings.summary.unsupported
    return (
        yield from write_draft(
            task.article, sentences, brief, writer, embedder, unsupported, on_progress
        )
    )


def _let_stand_in(task: _Task, method: Method, error: ModelError | LanguageError) -> None:
    """Log why the extractive summary stands in; raise the error where it must not or cannot."""
    if method == "abstractive" or not task.can_be_quoted:
        raise error
    log.warning("the extractive summary stands in: %s", error)


def _quoted(task: _Task, method: Method) -> Summary:
    """Return a summary in the article's own sentences."""
    language = quoted_language(task.article, task.wanted)
    text = task.article.text
    sentences = _promised(task)
    if method == "lead":
        spans = lead(text, sentences, task.max_words, task.style)
        parts = tuple(SummarySentence(spliced(text, (span,)), (span,)) for span in spans)
        read: Sequence[Span] = spans
    else:
        read = sentences[:MOST_SENTENCES]
        embedder = get_embedder(task.settings)
        parts = quote(task.article, read, embedder, task.max_words, task.style, task.query)
    return Summary(
        text=joined((part.text for part in parts), task.style),
        sentences=parts,
        article=task.article,
        language=language,
        style=task.style,
        method="lead" if method == "lead" else "extractive",
        coverage=coverage(text, read),
    )


def _promised(task: _Task) -> Sequence[Span]:
    """Return the sentences that may be quoted: where a language is wanted, none in the other.

    Raises:
        LanguageError: none is left.
    """
    if task.wanted is None:
        return task.sentences
    text, wanted = task.article.text, task.wanted
    kept = [span for span in task.sentences if not is_foreign(span.of(text), wanted)]
    if not kept:
        raise LanguageError(
            f"no sentence of the article is in {LANGUAGES[wanted]}. Leave the language out. "
            f"{who_writes(wanted)}"
        )
    return kept
