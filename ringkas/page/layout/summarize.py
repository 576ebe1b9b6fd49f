"""The tab where one article is summarized: what and how on top, the result below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import gradio as gr

from ringkas.page.layout.parts import FILE_TYPES, JS, html, text_box
from ringkas.page.markup import escape
from ringkas.page.texts import LANGUAGES, Texts
from ringkas.page.theme import METHOD_SCRIPT
from ringkas.page.words import Words
from ringkas.settings import Settings

_METHOD_JS = METHOD_SCRIPT.read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class SummarizeTab:
    """What to summarize and how, and the summary beside its article."""

    box: Any
    file: Any
    style: Any
    method: Any
    words: Any
    output: Any
    focus: Any
    button: Any
    stop: Any
    view: Any

    @property
    def how(self) -> list[Any]:
        """How to summarize, in the order in which the handlers take it."""
        return [self.style, self.method, self.words, self.output, self.focus]


def summarize_tab(words: Words, settings: Settings) -> SummarizeTab:
    """Lay out the form on top and the summary beside its article below."""
    box = words(
        text_box,
        lambda t: {"label": t("summarize.box"), "placeholder": t("summarize.placeholder")},
        lines=4,
        max_lines=8,
        elem_id="source",
    )
    how = _how(words, settings)
    with gr.Row(elem_classes="buttons"):
        button = words(
            gr.Button,
            lambda t: {"value": t("summarize.button")},
            variant="primary",
            elem_id="summarize",
        )
        file = words(
            gr.UploadButton,
            lambda t: {"label": t("summarize.upload")},
            file_types=FILE_TYPES,
            elem_id="source-file",
        )
        stop = words(
            gr.Button,
            lambda t: {"value": t("summarize.stop")},
            variant="stop",
            visible=False,
            elem_id="stop",
        )
    view = html(js_on_load=JS, elem_id="summary")
    return SummarizeTab(box, file, *how, button, stop, view)


def _how(words: Words, settings: Settings) -> tuple[Any, Any, Any, Any, Any]:
    method = words(gr.Radio, _methods, value="auto", elem_id="method")
    if settings.generator.kind == "none":
        words(html, lambda t: {"value": _why_not(t)}, js_on_load=_METHOD_JS)
    with gr.Row():
        style = words(gr.Radio, _styles, value="paragraph", scale=2, min_width=260)
        output = words(gr.Radio, _outputs, value="same", scale=2, min_width=260)
    with gr.Row():
        length = words(
            gr.Slider,
            lambda t: {"label": t("summarize.words")},
            minimum=20,
            maximum=200,
            step=10,
            buttons=[],
            value=settings.summary.max_words,
            scale=2,
            min_width=220,
        )
        focus = words(
            text_box,
            lambda t: {
                "label": t("summarize.focus"),
                "placeholder": t("summarize.focus_placeholder"),
            },
            lines=1,
            max_lines=1,
            scale=2,
            min_width=220,
        )
    return style, method, length, output, focus


def _methods(t: Texts) -> dict[str, Any]:
    kinds = ("auto", "extractive", "abstractive", "lead")
    return {
        "label": t("summarize.method"),
        "choices": [(t(f"methods.{kind}"), kind) for kind in kinds],
    }


def _why_not(t: Texts) -> str:
    """Say why no model can write; method.js makes that choice one that cannot be taken."""
    return f'<p class="quiet" id="no-writer">{escape(t("summarize.no_writer"))}</p>'


def _styles(t: Texts) -> dict[str, Any]:
    kinds = ("paragraph", "bullets", "headline")
    return {
        "label": t("summarize.style"),
        "choices": [(t(f"summarize.{kind}"), kind) for kind in kinds],
    }


def _outputs(t: Texts) -> dict[str, Any]:
    choices = [(t("summarize.same"), "same")]
    choices += [(t(f"languages.{language}"), language) for language in LANGUAGES]
    return {"label": t("summarize.output"), "choices": choices}
