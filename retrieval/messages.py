"""What retrieval itself says to a reader, in both languages."""

from __future__ import annotations

from ringkas.types import OutputLanguage

_NOT_FOUND: dict[OutputLanguage, str] = {
    "id": "Jawabannya tidak ditemukan dalam artikel yang ada.",
    "en": "The articles here do not hold an answer to that.",
}
_NO_MATCH: dict[OutputLanguage, str] = {
    "id": "Tidak ada artikel yang cocok dengan saringan ini.",
    "en": "No article matches these filters.",
}
_EMPTY: dict[OutputLanguage, str] = {
    "id": "Belum ada artikel untuk dicari. Tambahkan artikel dahulu.",
    "en": "There are no articles to search yet. Add some first.",
}


def not_found(language: OutputLanguage) -> str:
    """Return the sentence for a question that the articles do not answer."""
    return _NOT_FOUND[language]


def nothing_to_search(language: OutputLanguage) -> str:
    """Return the sentence for a question to an index without articles."""
    return _EMPTY[language]


def nothing_matches(language: OutputLanguage) -> str:
    """Return the sentence for a question whose filters leave no article."""
    return _NO_MATCH[language]


def says_nothing(text: str) -> bool:
    """Tell whether an earlier answer was one of these sentences."""
    return any(text in said.values() for said in (_NOT_FOUND, _EMPTY, _NO_MATCH))
