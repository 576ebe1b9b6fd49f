"""What retrieval itself says to a reader, in both languages."""

from __future__ import annotations

from ringkas.types import OutputLanguage

_NOT_FOUND: dict[OutputLanguage, str] = {
    "id": "Jawabannya tidak ditemukan dalam artikel yang ada.",
    "en": "The articles here do not hold an answer to that.",
}
_EMPTY: dict[OutputLanguage, str] = {
    "id": "Belum ada artikel untuk dicari. Tambahkan artikel dahulu.",
    "en": "There are no articles to search yet. Add some first.",
}


def not_found(language: OutputLanguage) -> str:
    """Return the sentence for a question that the articles do not answer."""
    return _NOT_FOUND[language]


def nothing_to_search(language: OutputLanguage) -> str:
    """Return the sentence for a question to an index without (matching) articles."""
    return _EMPTY[language]
