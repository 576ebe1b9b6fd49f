"""Terms for lexical search: folded, stop words dropped, stemmed by language.

Names and numbers pass through, so they meet across languages.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import islice
from typing import TYPE_CHECKING

from retrieval import stems
from ringkas.text.lexicon import to_english, to_indonesian
from ringkas.text.vocabulary import stop_words
from ringkas.types import Language, OutputLanguage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

# "Rp1.500.000", "10.30", "COVID-19" and "PMI-NP" are kept whole; all but the second also in parts.
_WORD = re.compile(r"\w+(?:[.,]\d+)*(?:-\w+)*")
_STEMMED_AS_INDONESIAN = frozenset({"id", "ms"})
_TRANSLATIONS = 2  # of a word; one or three found as much
_AMOUNT = re.compile(r"(?:rp|idr|usd)(\d.*)")


def terms(text: str, language: Language) -> list[str]:
    """Return the stemmed terms of a text in one language, in order, repeats kept."""
    stem = _stemmer(language)
    return [stem(word) for word in words(text) if word not in stop_words()]


def query_terms(question: str) -> list[str]:
    """Return the terms of a question as each language stems them, without repeats.

    The archive may hold several languages, and a question's own is a guess on so few words.
    """
    return list(dict.fromkeys([*terms(question, "id"), *terms(question, "en")]))


def translated_terms(question: str, into: OutputLanguage) -> list[str]:
    """Return the terms of a question and of its words put into another language, no repeats.

    By the word pairs that were learned from translated news; names and numbers stay as they are.
    """
    found = query_terms(question)
    for word in words(question):
        if word not in stop_words():
            found += _translated(word, into)
    return list(dict.fromkeys(found))


def _translated(word: str, into: OutputLanguage) -> Iterable[str]:
    if into == "id":
        found = map(stems.indonesian, to_indonesian(word))
    else:
        found = map(stems.english, to_english(word) or to_english(stems.indonesian(word)))
    return islice(dict.fromkeys(found), _TRANSLATIONS)


def words(text: str) -> Iterable[str]:
    """Yield the words of a text, folded; compounds and amounts also in parts."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    for match in _WORD.finditer(folded):
        word = match.group().replace(",", ".")  # "12,8" and "12.8" meet across languages
        yield word
        if "-" in word:
            yield from dict.fromkeys(word.split("-"))
        elif currency := _AMOUNT.fullmatch(word):
            yield currency[1]


def _stemmer(language: Language) -> Callable[[str], str]:
    if language in _STEMMED_AS_INDONESIAN:
        return stems.indonesian
    return stems.english if language == "en" else str
