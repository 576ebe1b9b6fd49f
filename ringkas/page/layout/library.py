"""The tab of the library: adding articles, finding them, and the list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import gradio as gr

from ringkas.page.layout.parts import FILE_TYPES, JS, date_box, heading, html, text_box
from ringkas.page.words import Words


@dataclass(frozen=True, slots=True)
class LibraryTab:
    """Adding articles, and the list of those that are here."""

    adding: Any
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


def library_tab(words: Words) -> LibraryTab:
    """Lay out adding on top, then the filters and the list."""
    with gr.Column() as adding:
        box, files, button = _adding(words)
    report = html(elem_id="report")
    heading(words, "library.find_heading")
    return LibraryTab(adding, box, files, button, report, *_filters(words), *_list(words))


def _adding(words: Words) -> tuple[Any, Any, Any]:
    heading(words, "library.add_heading")
    box = words(
        text_box,
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
    return box, files, button


def _filters(words: Words) -> tuple[Any, Any, Any, Any, Any, Any]:
    with gr.Row(elem_classes="filters"):
        text = words(
            text_box,
            lambda t: {"label": t("library.words")},
            lines=1,
            max_lines=1,
            elem_id="filter-words",
        )
        sources = words(
            gr.Dropdown,
            lambda t: {"label": t("library.sources")},
            multiselect=True,
            elem_id="filter-sources",
        )
        languages = words(
            gr.Dropdown,
            lambda t: {"label": t("library.languages")},
            multiselect=True,
            elem_id="filter-languages",
        )
        since = words(date_box, lambda t: {"label": t("library.since")}, elem_id="filter-since")
        until = words(date_box, lambda t: {"label": t("library.until")}, elem_id="filter-until")
        apply = words(gr.Button, lambda t: {"value": t("library.filter")}, elem_id="filter")
    return text, sources, languages, since, until, apply


def _list(words: Words) -> tuple[Any, Any]:
    articles = html(js_on_load=JS, elem_id="articles")
    more = words(
        gr.Button,
        lambda t: {"value": t("library.more")},
        visible=False,
        elem_id="more",
        elem_classes="narrow",
    )
    return articles, more
