"""What is asked for and cannot be done is refused before any model is loaded."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from ringkas.errors import LanguageError, SummaryError
from ringkas.text.sentences import ENDED
from ringkas.types import Article, Language, OutputLanguage, Span, SummaryLanguage

# A text with fewer words in sentences is its own summary, or a page without an article.
_FEWEST_WORDS = 25
# A line without a full stop is a sentence if it is this long; else a heading or a link.
_SENTENCE_WORDS = 15
_FEWEST_IN_SENTENCE = 4
_NOTICE = re.compile(
    r"\bcookies?\b|\bkuki\b|\bmitra kami\b|\bour (?:\d+ )?partners\b"
    r"|\bberlangganan (?:untuk|agar)\b|\bsubscribe (?:to|now)\b"
    r"|\b(?:log|sign) ?in\b|\bprivacy (?:policy|settings)|\bkebijakan privasi"
    r"|\bsilakan masuk\b|\bmasuk ke akun\b",
    re.IGNORECASE,
)
LANGUAGES: dict[OutputLanguage, str] = {"id": "Indonesian", "en": "English"}
_NEIGHBOURS: dict[Language, str] = {"jv": "Javanese", "su": "Sundanese"}
_STYLES = ("paragraph", "bullets", "headline")
METHODS = ("auto", "extractive", "abstractive", "lead")


def check_request(max_words: int, style: str, method: str = "auto") -> None:
    """Refuse a length, style or method that makes no sense.

    Raises:
        SummaryError: ``max_words`` is below 1, or there is no such ``style`` or ``method``.
    """
    if max_words < 1:
        raise SummaryError(f"max_words is {max_words}; give the words wanted, such as 60")
    for name, value, known in (("style", style, _STYLES), ("method", method, METHODS)):
        if value not in known:
            choices = ", ".join(f"'{each}'" for each in known)
            raise SummaryError(f"{name} is '{value}'; choose one of {choices}")


def check_text(text: str, sentences: Sequence[Span]) -> None:
    """Refuse a text that is no article: almost empty, a list of links, a notice.

    Raises:
        SummaryError: its sentences have too few words, those of cookie and login notices aside.
    """
    words = sum(_prose(span.of(text)) for span in sentences)
    if len(sentences) > 1 and not any(ENDED.search(span.of(text)) for span in sentences):
        words = 0  # a list of headlines, however long they are
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
    return words if ENDED.search(sentence) or words >= _SENTENCE_WORDS else 0


def quoted_language(article: Article, wanted: OutputLanguage | None) -> SummaryLanguage:
    """Return the language of a summary in the article's own sentences.

    Malay counts as Indonesian. Javanese and Sundanese articles are quoted, as Indonesian ones are,
    where no language is wanted, and so are those in a language that cannot be told.

    Raises:
        LanguageError: another language is wanted than that of the article, or it is unknown.
    """
    own = own_language(article.language)
    if article.language == "unknown":
        if wanted is None:
            return "unknown"
        raise LanguageError(
            "the article's language cannot be told, so a summary in its own sentences cannot be "
            f"promised in {LANGUAGES[wanted]}. Leave the language out. {who_writes(wanted)}"
        )
    if wanted is None or (wanted == own and article.language not in _NEIGHBOURS):
        return own
    if wanted == own:
        raise LanguageError(
            f"the article is in {_NEIGHBOURS[article.language]}, and this configuration summarizes "
            f"by choosing sentences, which cannot turn it into {LANGUAGES[wanted]}. Leave the "
            f"language out. {who_writes(wanted)}"
        )
    raise LanguageError(
        f"the article is in {LANGUAGES[own]}, and this configuration summarizes by choosing "
        f"sentences, which cannot turn it into {LANGUAGES[wanted]}. Ask for language='{own}', or "
        f"leave the language out. {who_writes(wanted)}"
    )


def check_writes(name: str, languages: Collection[OutputLanguage], wanted: OutputLanguage) -> None:
    """Refuse a language that the model ``name``, which writes ``languages``, does not write.

    Raises:
        LanguageError: ``wanted`` is none of them.
    """
    if wanted not in languages:
        written = " and ".join(LANGUAGES[each] for each in sorted(languages))
        raise LanguageError(
            f"a summary in {LANGUAGES[wanted]} is wanted, and '{name}' writes {written}. "
            f"{who_writes(wanted)}"
        )


def who_writes(language: OutputLanguage) -> str:
    """Return a sentence that says which configuration gives a summary in ``language``."""
    return (
        f"A chat model that knows {LANGUAGES[language]} can write it: name one in a copy of "
        "configs/llm-server.toml (a server) or configs/gpu.toml (this machine), and pass that "
        "with --config."
    )


def own_language(language: Language) -> OutputLanguage:
    """Return the language in which a summary is written where none is asked for."""
    return "en" if language == "en" else "id"
