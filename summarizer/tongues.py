"""Is a text in the language that was promised? Checked on what a model has written."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ringkas.text.language import detect_language
from ringkas.types import Language, OutputLanguage

# News in Indonesian and in Malay shares most of its words; a short text may look like either.
_ACCEPTED: dict[OutputLanguage, frozenset[Language]] = {
    "id": frozenset({"id", "ms"}),
    "en": frozenset({"en"}),
}
# A single sentence of Indonesian may pass for Javanese or Sundanese, hardly for English.
_FOREIGN: dict[OutputLanguage, frozenset[Language]] = {
    "id": frozenset({"en"}),
    "en": frozenset({"id", "ms", "jv", "su"}),
}
# Shorter sentences are mostly names. Of 800 headlines, 21 % are in no language that can be told.
_FEWEST_WORDS = 6
_MOST_UNTOLD_WORDS = 10
_QUOTED = re.compile(r"[“\"«][^”\"»]*[”\"»]")
_LATIN_END = "\u0250"


def is_in(sentences: Sequence[str], language: OutputLanguage) -> bool:
    """Return whether the sentences together are in ``language``; short ones may be untold."""
    text = " ".join(sentences)
    found = detect_language(_unquoted(text))
    if found == "unknown":
        return _is_latin(text) and len(text.split()) <= _MOST_UNTOLD_WORDS
    return found in _ACCEPTED[language]


def is_foreign(sentence: str, language: OutputLanguage) -> bool:
    """Return whether a sentence is clearly in another language, its quotations aside."""
    said = _unquoted(sentence)
    if not _is_latin(sentence):
        return True
    if len(said.split()) < _FEWEST_WORDS:
        return False
    return detect_language(said) in _FOREIGN[language]


def _unquoted(text: str) -> str:
    """Return the text without quotations, which may stay in the language they were said in."""
    rest = _QUOTED.sub(" ", text)
    return rest if len(rest.split()) >= _FEWEST_WORDS else text


def _is_latin(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return sum(char < _LATIN_END for char in letters) >= 0.7 * len(letters)
