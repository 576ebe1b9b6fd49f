"""The components of the page, tab by tab; which verb each one calls is wired up in ``ui.py``."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import partial
from typing import Any

import gradio as gr

from ringkas.page.markup import escape
from ringkas.page.texts import LANGUAGES, Texts, texts
from ringkas.page.theme import LANGUAGE_SCRIPT, SCRIPT
from ringkas.page.words import Words
from ringkas.settings import Settings

FILE_TYPES = [".html", ".htm", ".pdf", ".docx", ".txt", ".md", ".jsonl", ".csv", ".xml"]
_html = partial(gr.HTML, apply_default_css=False)  # style.css says how everything looks
_text_box = partial(gr.Textbox, value="")  # without a value, Gradio hands None to the handlers
_JS = SCRIPT.read_text(encoding="utf-8")
_LANGUAGE_JS = LANGUAGE_SCRIPT.read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class AskTab:
    """The conversation: question box, newest answer, earlier ones, example questions."""

    box: Any
    button: Any
    examples: Any
    latest: Any
    earlier: Any
    fresh: Any


@dataclass(frozen=True, slots=True)
class SummarizeTab:
    """What to summarize and how, and the summary beside its article."""

    box: Any
    file: Any
    style: Any
    words: Any
    output: Any
    focus: Any
    button: Any
    view: Any

    @property
    def how(self) -> list[Any]:
        """How to summarize, in the order in which the handlers take it."""
        return [self.style, self.words, self.output, self.focus]


@dataclass(frozen=True, slots=True)
class LibraryTab:
    """Adding articles, and the list of those that are here."""

    box: Any
    files: Any
    button: Any
    report: Any
    words: Any
    sources: Any
    languages: Any
    since: Any
    until: Any
    apply: Any
    articles: Any
    more: Any

    @property
    def filters(self) -> list[Any]:
        """The filters, in the order in which the handlers take them."""
        return [self.words, self.sources, self.languages, self.since, self.until]


def masthead(words: Words, settings: Settings) -> Any:
    """Lay out the name of the page and the language switch, and return the switch."""
    with gr.Row(elem_classes="masthead"):
        words(_html, lambda t: {"value": _name(t)}, js_on_load=_LANGUAGE_JS, scale=4, min_width=200)
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


def ask_tab(words: Words) -> AskTab:
    """Lay out the conversation."""
    with gr.Row(elem_classes="asking"):
        box = words(
            _text_box,
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
    latest = _html(js_on_load="element.setAttribute('aria-live', 'polite')", elem_id="latest")
    earlier = _html(elem_id="earlier")
    fresh = words(
        gr.Button,
        lambda t: {"value": t("ask.fresh")},
        size="sm",
        visible=False,
        elem_id="fresh",
        elem_classes="narrow",
    )
    examples = _html(js_on_load=_JS, elem_id="examples")
    return AskTab(box, button, examples, latest, earlier, fresh)


def summarize_tab(words: Words, settings: Settings) -> SummarizeTab:
    """Lay out the form on top and the summary beside its article below."""
    box = words(
        _text_box,
        lambda t: {"label": t("summarize.box"), "placeholder": t("summarize.placeholder")},
        lines=4,
        max_lines=8,
        elem_id="source",
    )
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
            _text_box,
            lambda t: {
                "label": t("summarize.focus"),
                "placeholder": t("summarize.focus_placeholder"),
            },
            lines=1,
            max_lines=1,
            scale=2,
            min_width=220,
        )
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
    view = _html(js_on_load=_JS, elem_id="summary")
    return SummarizeTab(box, file, style, length, output, focus, button, view)


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


def library_tab(words: Words) -> LibraryTab:
    """Lay out adding on top, then the filters and the list."""
    words(_html, lambda t: {"value": _heading(t("library.add_heading"))})
    box = words(
        _text_box,
        lambda t: {"label": t("library.box"), "placeholder": t("library.placeholder")},
        lines=3,
        max_lines=8,
        elem_id="add-source",
    )
    with gr.Row(elem_classes="buttons"):
        button = words(
            gr.Button, lambda t: {"value": t("library.button")}, variant="primary", elem_id="add"
        )
        files = words(
            gr.UploadButton,
            lambda t: {"label": t("library.upload")},
            file_count="multiple",
            file_types=FILE_TYPES,
            elem_id="add-files",
        )
    report = _html(elem_id="report")
    words(_html, lambda t: {"value": _heading(t("library.find_heading"))})
    return LibraryTab(box, files, button, report, *_filters(words), *_list(words))


def _filters(words: Words) -> tuple[Any, Any, Any, Any, Any, Any]:
    with gr.Row(elem_classes=["bottomed", "filters"]):
        text = words(
            _text_box,
            lambda t: {"label": t("library.words")},
            lines=1,
            max_lines=1,
            min_width=200,
            elem_id="filter-words",
        )
        sources = words(
            gr.Dropdown,
            lambda t: {"label": t("library.sources")},
            multiselect=True,
            min_width=170,
            elem_id="filter-sources",
        )
        languages = words(
            gr.Dropdown,
            lambda t: {"label": t("library.languages")},
            multiselect=True,
            min_width=150,
            elem_id="filter-languages",
        )
        since = words(_date, lambda t: {"label": t("library.since")}, elem_id="filter-since")
        until = words(_date, lambda t: {"label": t("library.until")}, elem_id="filter-until")
        apply = words(
            gr.Button, lambda t: {"value": t("library.filter")}, min_width=110, elem_id="filter"
        )
    return text, sources, languages, since, until, apply


def _date(label: str, elem_id: str) -> Any:
    """Return the browser's own date box, in its own language; Gradio's calendar is English only."""
    return _html(
        "",
        label=label,
        html_template='<label class="date"><span>${label}</span>'
        '<input type="date" value="${value}"></label>',
        js_on_load="element.addEventListener('change', (event) => { "
        "props.value = event.target.value; });",
        elem_id=elem_id,
        min_width=150,
    )


def _list(words: Words) -> tuple[Any, Any]:
    articles = _html(js_on_load=_JS, elem_id="articles")
    more = words(
        gr.Button,
        lambda t: {"value": t("library.more")},
        visible=False,
        elem_id="more",
        elem_classes="narrow",
    )
    return articles, more


def _heading(text: str) -> str:
    return f'<h2 class="section-title">{escape(text)}</h2>'
