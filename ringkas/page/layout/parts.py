"""What the tabs are made of: boxes, headings and the browser's own date box."""

from __future__ import annotations

from functools import partial
from typing import Any

import gradio as gr

from ringkas.page.markup import escape
from ringkas.page.theme import SCRIPT
from ringkas.page.words import Words

FILE_TYPES = [".html", ".htm", ".pdf", ".docx", ".txt", ".md", ".jsonl", ".csv", ".xml"]
JS = SCRIPT.read_text(encoding="utf-8")
html = partial(gr.HTML, apply_default_css=False)  # style.css says how everything looks
text_box = partial(gr.Textbox, value="")  # without a value, Gradio hands None to the handlers


def heading(words: Words, key: str) -> None:
    """Put the heading of a section here."""
    words(html, lambda t: {"value": f'<h2 class="section-title">{escape(t(key))}</h2>'})


def date_box(label: str, elem_id: str) -> Any:
    """Return the browser's own date box, in its own language; Gradio's calendar is English only."""
    return html(
        "",
        label=label,
        html_template='<label class="date"><span>${label}</span>'
        '<input type="date" value="${value}"></label>',
        js_on_load="element.addEventListener('change', (event) => { "
        "props.value = event.target.value; });",
        elem_id=elem_id,
        min_width=150,
    )
