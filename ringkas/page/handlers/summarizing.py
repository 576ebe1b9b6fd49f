"""Summarizing: the handlers of the second tab, which show a model's text while it writes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from typing import Any

import gradio as gr

import retrieval
import summarizer
from ringkas.page import intake, notices, summaries
from ringkas.page.guard import noted
from ringkas.page.requests import asked, may_write
from ringkas.page.texts import Texts, texts
from ringkas.settings import Settings
from ringkas.types import Article, OutputLanguage, Summary


@dataclass(frozen=True)
class Summarizing:
    """Summaries of single articles. The latest one travels in ``gr.State``.

    Each handler yields the summary as HTML, as it is, an emptied upload button, and whether there
    is something to stop.
    """

    settings: Settings
    index: retrieval.Index

    def condense(self, text: str, file: str | None, *rest: Any) -> Iterator[tuple[Any, ...]]:
        """Summarize what was handed in; an upload goes before what the box holds."""
        *choices, language = rest
        read = partial(_handed_in, text, file, self.settings)
        named = intake.named(text, file)
        yield from self._written(read, asked(*choices), texts(language), about=named)

    def condense_kept(self, event: gr.EventData, *rest: Any) -> Iterator[tuple[Any, ...]]:
        """Summarize an article of the library, and turn to the tab where summaries are shown."""
        *choices, language = rest
        turn: Any = gr.Tabs(selected="summarize")
        kept = partial(self.index.article, event.article)
        for shown in self._written(kept, asked(*choices), texts(language)):
            yield turn, *shown
            turn = gr.skip()

    def stopped(self, language: OutputLanguage) -> tuple[Any, ...]:
        """Tell that the model was stopped; nothing that nobody checked is kept."""
        t = texts(language)
        return notices.status(t("summarize.stopped")), None, None, gr.update(visible=False)

    def _written(
        self, read: Callable[[], Article], how: dict[str, Any], t: Texts, about: str = ""
    ) -> Iterator[tuple[Any, ...]]:
        done = gr.update(visible=False)
        stoppable = gr.update(visible=may_write(how, self.settings))
        yield notices.status(t("summarize.reading")), None, gr.skip(), stoppable
        draft = summaries.Draft()
        try:
            stream = summarizer.stream_summary(
                read(), settings=self.settings, on_progress=draft.read, **how
            )
            with closing(stream):
                for piece in stream:
                    if isinstance(piece, Summary):
                        yield summaries.side_by_side(piece, t), piece, None, done
                    else:
                        # every piece, an empty one too, is a moment at which it can be stopped
                        yield draft.shown(piece, t), *[gr.skip()] * 3
        except Exception as error:
            yield notices.failure(noted(error), t, about), None, None, done


def _handed_in(text: str, file: str | None, settings: Settings) -> Article:
    return intake.only_article(intake.received(None if file else text, file, settings))
