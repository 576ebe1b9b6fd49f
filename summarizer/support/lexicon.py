"""What a check must know of both languages' words: counterparts and function words."""

from __future__ import annotations

from ringkas.text.vocabulary import same_word, stop_words


def counterparts(word: str) -> tuple[str, ...]:
    """Return the Indonesian words that an English one may stand for; none where unknown."""
    other = same_word(word)
    return () if other == word else (other,)


def is_function_word(word: str) -> bool:
    """Tell whether a word carries no subject of its own."""
    return word in stop_words()
