"""The verb ``summarize``: checks what is asked, chooses a method, keeps the promises."""

from __future__ import annotations

from ringkas.embedding import get_embedder
from ringkas.errors import LanguageError, SummaryError
from ringkas.settings import Settings
from ringkas.text.sentences import split
from ringkas.types import (
    Article,
    Language,
    OutputLanguage,
    Span,
    Style,
    Summary,
    SummarySentence,
)
from summarizer.extractive import choose
from summarizer.trimming import trim

# A text shorter than this is its own summary, or a page without an article.
_FEWEST_WORDS = 25
# Sentences that are read. Embedding them takes about 10 s on two cores; what lies beyond is
# left out of ``coverage``, and so said.
_MOST_SENTENCES = 600
_NAMES = {"id": "Indonesian", "en": "English"}


def summarize(
    text_or_article: str | Article,
    language: OutputLanguage | None = None,
    max_words: int = 60,
    style: Style = "paragraph",
    query: str | None = None,
    settings: Settings | None = None,
) -> Summary:
    """Summarize an article by its most telling sentences, in the article's order.

    Arguments:
        text_or_article: an article, or its text.
        language: the language that the summary must be in; the article's own by default.
        max_words: the most words the summary may have; where even the shortest sentence has
            more, that one sentence is the summary.
        style: one paragraph, bullet points, or a headline (one short sentence).
        query: what the reader cares about; sentences about it are preferred.
        settings: the configuration; the embedded defaults without one.

    Raises:
        SummaryError: there is too little text, or ``max_words`` or ``style`` make no sense.
        LanguageError: the article is in another language than the one asked for.
        ModelError: the embedder cannot be loaded.
    """
    settings = settings or Settings()
    article = _article(text_or_article)
    _check(article, max_words, style)
    written = _language(article, language)
    sentences = split(article.text)[:_MOST_SENTENCES]
    trimmed = [trim(article.text, span, first=index == 0) for index, span in enumerate(sentences)]
    chosen = choose(article, trimmed, get_embedder(settings), max_words, style, query)
    parts = tuple(_sentence(article.text, trimmed[index]) for index in chosen)
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


def _check(article: Article, max_words: int, style: str) -> None:
    if max_words < 1:
        raise SummaryError(f"max_words is {max_words}; give the words wanted, such as 60")
    if style not in ("paragraph", "bullets", "headline"):
        raise SummaryError(f"style is '{style}'; choose 'paragraph', 'bullets' or 'headline'")
    words = len(article.text.split())
    if words < _FEWEST_WORDS:
        raise SummaryError(
            f"there are only {words} words to summarize; at least {_FEWEST_WORDS} are needed. "
            "Is it a whole article, not a login page or a notice?"
        )


def _language(article: Article, wanted: OutputLanguage | None) -> OutputLanguage:
    """Return the summary's language: extracted sentences are in the article's.

    Malay, Javanese and Sundanese articles are quoted as they are and count as Indonesian.
    """
    own = _own_language(article.language)
    if wanted is not None and wanted != own:
        raise LanguageError(
            f"the article is in {_NAMES[own]}, and this configuration summarizes by choosing "
            f"sentences, which cannot turn it into {_NAMES[wanted]}. "
            f"Ask for language='{own}', or leave the language out."
        )
    return own


def _own_language(language: Language) -> OutputLanguage:
    return "en" if language == "en" else "id"


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
