"""Example questions, ready to be asked with one click."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from ringkas.page.markup import escape
from ringkas.page.texts import Texts

QUESTIONS = Path(__file__).parent.parent / "samples" / "questions.toml"


@cache
def example_questions() -> tuple[Mapping[str, str], ...]:
    """Return the questions marked as examples, each as ``id`` and as ``en``."""
    table = tomllib.loads(QUESTIONS.read_text(encoding="utf-8"))
    return tuple(question for question in table["questions"] if question.get("example"))


def chips(questions: Iterable[Mapping[str, str]], t: Texts) -> str:
    """Return questions as buttons; page.js turns a click into the event ``ask``."""
    buttons = "".join(
        f'<li><button type="button" class="chip" data-action="ask" '
        f'data-question="{escape(each[t.language])}">{escape(each[t.language])}</button></li>'
        for each in questions
    )
    if not buttons:
        return ""
    return f'<p class="quiet">{escape(t("ask.examples"))}</p><ul class="chips">{buttons}</ul>'
