"""The name of the page, and the switch of its language."""

from __future__ import annotations

import json
from typing import Any

import gradio as gr

from ringkas.page.layout.parts import html
from ringkas.page.markup import escape
from ringkas.page.texts import LANGUAGES, Texts, texts
from ringkas.page.theme import LANGUAGE_SCRIPT
from ringkas.page.words import Words
from ringkas.settings import Settings

_LANGUAGE_JS = LANGUAGE_SCRIPT.read_text(encoding="utf-8")


def masthead(words: Words, settings: Settings) -> Any:
    """Lay out the name of the page and the language switch, and return the switch."""
    with gr.Row(elem_classes="masthead"):
        words(html, lambda t: {"value": _name(t)}, js_on_load=_LANGUAGE_JS, scale=4, min_width=200)
        return words(
            gr.Radio,
            lambda t: {"label": t("language")},
            choices=[(texts(language)("name"), language) for language in LANGUAGES],
            value=settings.page.language,
            elem_id="language",
            scale=1,
            min_width=230,
        )


def _name(t: Texts) -> str:
    """Return the name of the page; language.js reads its language and Gradio's words from it."""
    english = texts("en")
    says = {english(key): t(key) for key in t.words if key.startswith("gradio.")}
    return (
        f'<div lang="{t.language}" data-says="{escape(json.dumps(says))}"><h1>Ringkas</h1>'
        f'<p class="tagline">{escape(t("tagline"))}</p></div>'
    )
