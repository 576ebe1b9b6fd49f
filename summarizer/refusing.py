"""What is asked for and cannot be done is refused before any model is loaded."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ringkas.errors import LanguageError, SummaryError
from ringkas.types import Article, Language, OutputLanguage, Span

# A text with fewer words in sentences is its own summary, or a page without an article.
_FEWEST_WORDS = 25
# A line without a full stop is a sentence if it is this long; else a heading or a link.
_SENTENCE_WORDS = 15
_FEWEST_IN_SENTENCE = 4
_ENDED = re.compile(r"[.!?…][\"'”’»)\]]*$")
_NOTICE = re.compile(
    r"\bcookies?\b|\b(?:log|sign) ?in\b|\bprivacy (?:policy|settings)|\bkebijakan privasi"
    r"|\bsilakan masuk\b|\bmasuk ke akun\b",
    re.IGNORECASE,
)
_NAMES = {"id": "Indonesian", "en": "English"}


def check_request(max_words: int, style: str) -> None:
    """Refuse a length or style that makes no sense.

    Raises:
        SummaryError: ``max_words`` is below 1, or there is no such ``style``.
    """
    if max_words < 1:
        raise SummaryError(f"max_words is {max_words}; give the words wanted, such as 60")
    if style not in ("paragraph", "bullets", "headline"):
        raise SummaryError(f"style is '{style}'; choose 'paragraph', 'bullets' or 'headline'")


def check_text(text: str, sentences: Sequence[Span]) -> None:
    """Refuse a text that is no article: almost empty, a list of links, a notice.

    Raises:
        SummaryError: its sentences have too few words, those of cookie and login notices aside.
    """
    words = sum(_prose(span.of(text)) for span in sentences)
    if words < _FEWEST_WORDS:
        raise SummaryError(
            f"there are only {words} words in sentences to summarize; at least {_FEWEST_WORDS} "
            "are needed. Give the whole article, not a login page, a list of links or a notice."
        )


def _prose(sentence: str) -> int:
    """Return the number of words, 0 for a heading, a link or a notice."""
    words = len(sentence.split())
    short = words < _FEWEST_IN_SENTENCE
    if short or _NOTICE.search(sentence):
        return 0
    return words if _ENDED.search(sentence) or words >= _SENTENCE_WORDS else 0


def written_language(article: Article, wanted: OutputLanguage | None) -> OutputLanguage:
    """Return the summary's language: extracted sentences are in the article's.

    Malay, Javanese and Sundanese articles are quoted as they are and count as Indonesian.

    Raises:
        LanguageError: another language is wanted than that of the article, or it is unknown.
    """
    if wanted is not None and article.language == "unknown":
        raise LanguageError(
            "the article's language cannot be told, so a summary in "
            f"{_NAMES[wanted]} cannot be promised. Leave the language out."
        )
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
