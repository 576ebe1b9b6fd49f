"""The verb ``summarize``: checks what is asked, chooses a method, keeps the promises."""

from __future__ import annotations

from ringkas.embedding import get_embedder
from ringkas.errors import SummaryError
from ringkas.settings import Settings
from ringkas.text.sentences import split
from ringkas.types import (
    Article,
    OutputLanguage,
    Span,
    Style,
    Summary,
    SummarySentence,
)
from summarizer.extractive import choose
from summarizer.refusing import check_request, check_text, written_language

# Sentences that are read. Embedding them takes about 10 s on two cores; what lies beyond is
# left out of ``coverage``, and so said.
_MOST_SENTENCES = 600


def summarize(
    text_or_article: str | Article,
    language: OutputLanguage | None = None,
    max_words: int = 60,
    style: Style = "paragraph",
    query: str | None = None,
    settings: Settings | None = None,
) -> Summary:
    """Summarize an article by its most telling sentences, in the article's order.

    Nothing is filled up to ``max_words``: what adds little is left out.

    Arguments:
        text_or_article: an article, or its text.
        language: the language that the summary must be in; the article's own by default.
        max_words: the most words the summary may have; where every sentence has more, one
            sentence is the summary.
        style: one paragraph, bullet points, or a headline (one sentence or clause, short, without
            a full stop).
        query: what the reader cares about; sentences about it are preferred.
        settings: the configuration; the embedded defaults without one.

    Raises:
        SummaryError: there is too little running text, or ``max_words`` or ``style`` make no sense.
        LanguageError: the article is in another language than the one asked for.
        ModelError: the embedder cannot be loaded.
    """
    settings = settings or Settings()
    check_request(max_words, style)
    article = _article(text_or_article)
    sentences = split(article.text)
    check_text(article.text, sentences)
    written = written_language(article, language)
    sentences = sentences[:_MOST_SENTENCES]
    chosen = choose(article, sentences, get_embedder(settings), max_words, style, query)
    parts = tuple(_sentence(article.text, span) for span in chosen)
    return Summary(
        text=_joined(parts, style),
        sentences=parts,
        article=article,
        language=written,
        style=style,
        method="extractive",
        coverage=_coverage(article.text, sentences),
    )


def _article(given: str | Article) -> Article:
    if isinstance(given, Article):
        return given
    if not given.strip():
        raise SummaryError("the text is empty: paste the article, or give its address or file")
    from ringkas.sources import article_from_text

    return article_from_text(given)


def _sentence(text: str, span: Span) -> SummarySentence:
    return SummarySentence(" ".join(span.of(text).split()), (span,))


def _joined(parts: tuple[SummarySentence, ...], style: Style) -> str:
    if style == "bullets":
        return "\n".join(f"• {part.text}" for part in parts)
    return " ".join(part.text for part in parts)


def _coverage(text: str, read: list[Span]) -> float:
    """Return the share of the article's visible characters that were read."""
    visible = len("".join(text.split()))
    seen = sum(len("".join(span.of(text).split())) for span in read)
    return seen / visible if visible else 1.0
