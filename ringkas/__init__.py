"""Ringkas: ask and summarize Indonesian and English news, each answer shown in its source.

The verbs: :func:`ringkas.read`, ``retrieval.Index.open``, ``retrieval.answer`` and
``summarizer.summarize``. Importing this package loads no model library.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ringkas.errors import RingkasError
from ringkas.settings import Settings, load_settings
from ringkas.types import (
    Answer,
    AnswerVariant,
    Article,
    Citation,
    Failure,
    Hit,
    Language,
    OutputLanguage,
    Passage,
    Span,
    Style,
    Summary,
    SummarySentence,
    Turn,
)

if TYPE_CHECKING:
    from ringkas.sources import iter_articles, read

__version__ = "0.1.0"
__all__ = [
    "Answer",
    "AnswerVariant",
    "Article",
    "Citation",
    "Failure",
    "Hit",
    "Language",
    "OutputLanguage",
    "Passage",
    "RingkasError",
    "Settings",
    "Span",
    "Style",
    "Summary",
    "SummarySentence",
    "Turn",
    "iter_articles",
    "load_settings",
    "read",
]


def __getattr__(name: str) -> Any:
    """Load the readers on first use: they bring trafilatura, which is slow to import."""
    if name in {"iter_articles", "read"}:
        from ringkas import sources

        return getattr(sources, name)
    raise AttributeError(f"module 'ringkas' has no attribute '{name}'")
