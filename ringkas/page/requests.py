"""What a reader chose in a form, as the verbs take it."""

from __future__ import annotations

from typing import Any

from ringkas.page.intake import as_language
from ringkas.settings import Settings


def asked(style: str, method: str, words: int, output: str, focus: str) -> dict[str, Any]:
    """Return how to summarize as the arguments of ``summarize``."""
    return {
        "style": style,
        "method": method,
        "max_words": int(words),
        "language": as_language(output),
        "query": focus.strip() or None,
    }


def may_write(how: dict[str, Any], settings: Settings) -> bool:
    """Tell whether a model may write what is asked for, which takes a while."""
    return settings.generator.kind != "none" and how["method"] in ("auto", "abstractive")
