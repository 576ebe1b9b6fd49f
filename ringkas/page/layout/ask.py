"""The tab where questions are asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import gradio as gr

from ringkas.page.layout.parts import JS, html, text_box
from ringkas.page.words import Words


@dataclass(frozen=True, slots=True)
class AskTab:
    """The conversation: question box, newest answer, earlier ones, example questions."""

    box: Any
    button: Any
    examples: Any
    latest: Any
    earlier: Any
    fresh: Any


def ask_tab(words: Words) -> AskTab:
    """Lay out the conversation."""
    with gr.Row(elem_classes="asking"):
        box = words(
            text_box,
            lambda t: {"label": t("ask.box"), "placeholder": t("ask.placeholder")},
            lines=1,
            max_lines=4,
            scale=5,
            min_width=240,
            autofocus=True,
            elem_id="question",
        )
        button = words(
            gr.Button,
            lambda t: {"value": t("ask.button")},
            variant="primary",
            scale=1,
            min_width=110,
            elem_id="ask",
        )
    latest = html(js_on_load="element.setAttribute('aria-live', 'polite')", elem_id="latest")
    earlier = html(elem_id="earlier")
    fresh = words(
        gr.Button,
        lambda t: {"value": t("ask.fresh")},
        size="sm",
        visible=False,
        elem_id="fresh",
        elem_classes="narrow",
    )
    examples = html(js_on_load=JS, elem_id="examples")
    return AskTab(box, button, examples, latest, earlier, fresh)
