"""The tab where a newsletter is made: from what, what is in it, and the finished mail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, get_args

import gradio as gr

from ringkas.page.layout.parts import FILE_TYPES, JS, date_box, heading, html, text_box
from ringkas.page.texts import LANGUAGES, Texts
from ringkas.page.words import Words
from ringkas.settings import Settings
from ringkas.types import Tone


@dataclass(frozen=True, slots=True)
class NewsletterTab:
    """What an issue is made from and how, its stories on a board, and the written issue."""

    origin: Any
    box: Any
    files: Any
    words: Any
    outlets: Any
    since: Any
    until: Any
    language: Any
    stories: Any
    keywords: Any
    choose: Any
    board: Any
    title: Any
    length: Any
    tone: Any
    write: Any
    stop: Any
    view: Any
    handed_in: Any
    kept: Any
    writing: Any

    @property
    def request(self) -> list[Any]:
        """What to choose from, in the order in which the handlers take it."""
        choice = [self.since, self.until, self.language, self.stories, self.keywords]
        return [self.box, self.files, self.words, self.outlets, self.origin, *choice]


def newsletter_tab(words: Words, settings: Settings) -> NewsletterTab:
    """Lay out the three steps one below the other; the last one appears when it can be taken."""
    heading(words, "newsletter.from_heading")
    origin = words(gr.Radio, _origins, value="library", elem_id="issue-origin")
    with gr.Column(visible=False) as handed_in:
        box, files = _given(words)
    with gr.Row(elem_classes="filters"):
        with gr.Column(elem_classes="bare") as kept:
            text = words(
                text_box,
                lambda t: {"label": t("library.words")},
                lines=1,
                max_lines=1,
                elem_id="issue-words",
            )
            outlets = words(
                gr.Dropdown,
                lambda t: {"label": t("library.sources")},
                multiselect=True,
                elem_id="issue-outlets",
            )
        since = words(date_box, lambda t: {"label": t("library.since")}, elem_id="issue-since")
        until = words(date_box, lambda t: {"label": t("library.until")}, elem_id="issue-until")
        keywords = words(
            text_box,
            lambda t: {
                "label": t("newsletter.keywords"),
                "placeholder": t("newsletter.keywords_placeholder"),
            },
            lines=1,
            max_lines=1,
            elem_id="issue-keywords",
        )
    with gr.Row():
        language = words(gr.Radio, _languages, value="auto", scale=2, min_width=260)
        stories = words(
            gr.Slider,
            lambda t: {"label": t("newsletter.stories")},
            minimum=1,
            maximum=30,
            step=1,
            buttons=[],
            value=min(30, settings.newsletter.stories),
            scale=2,
            min_width=220,
            elem_id="issue-stories",
        )
    with gr.Row(elem_classes="buttons"):
        choose = words(
            gr.Button,
            lambda t: {"value": t("newsletter.choose")},
            variant="primary",
            elem_id="choose-stories",
        )
    board = html(js_on_load=JS, elem_id="board")
    with gr.Column(visible=False) as writing:
        title, length, tone, write, stop = _writing(words, settings)
    view = html(js_on_load=JS, elem_id="issue")
    return NewsletterTab(
        origin=origin,
        box=box,
        files=files,
        words=text,
        outlets=outlets,
        since=since,
        until=until,
        language=language,
        stories=stories,
        keywords=keywords,
        choose=choose,
        board=board,
        title=title,
        length=length,
        tone=tone,
        write=write,
        stop=stop,
        view=view,
        handed_in=handed_in,
        kept=kept,
        writing=writing,
    )


def _given(words: Words) -> tuple[Any, Any]:
    box = words(
        text_box,
        lambda t: {"label": t("newsletter.box"), "placeholder": t("newsletter.placeholder")},
        lines=3,
        max_lines=8,
        elem_id="issue-source",
    )
    files = words(
        gr.File,
        lambda t: {"label": t("newsletter.files")},
        file_count="multiple",
        file_types=FILE_TYPES,
        height=120,
        elem_id="issue-files",
    )
    return box, files


def _writing(words: Words, settings: Settings) -> tuple[Any, Any, Any, Any, Any]:
    heading(words, "newsletter.write_heading")
    with gr.Row():
        title = words(
            text_box,
            lambda t: {
                "label": t("newsletter.title"),
                "placeholder": t("newsletter.title_placeholder"),
            },
            lines=1,
            max_lines=1,
            scale=2,
            min_width=220,
            elem_id="issue-title",
        )
        length = words(
            gr.Slider,
            lambda t: {"label": t("newsletter.length")},
            minimum=20,
            maximum=150,
            step=10,
            buttons=[],
            value=settings.newsletter.words,
            scale=2,
            min_width=220,
            elem_id="issue-length",
        )
        tone = words(
            gr.Radio,
            _tones,
            value=settings.newsletter.tone,
            scale=2,
            min_width=260,
            elem_id="issue-tone",
        )
    with gr.Row(elem_classes="buttons"):
        write = words(
            gr.Button,
            lambda t: {"value": t("newsletter.write")},
            variant="primary",
            elem_id="write-issue",
        )
        stop = words(
            gr.Button,
            lambda t: {"value": t("summarize.stop")},
            variant="stop",
            visible=False,
            elem_id="stop-issue",
        )
    return title, length, tone, write, stop


def _origins(t: Texts) -> dict[str, Any]:
    return {
        "label": t("newsletter.origin"),
        "choices": [(t(f"newsletter.{origin}"), origin) for origin in ("library", "given")],
    }


def _languages(t: Texts) -> dict[str, Any]:
    choices = [(t("newsletter.auto"), "auto")]
    choices += [(t(f"languages.{language}"), language) for language in LANGUAGES]
    return {"label": t("newsletter.language"), "choices": choices}


def _tones(t: Texts) -> dict[str, Any]:
    choices = [(t(f"tones.{tone}"), tone) for tone in get_args(Tone)]
    return {"label": t("newsletter.tone"), "choices": choices}
