"""Summarizing: the handlers of the second tab, which show a model's text while it writes."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import gradio as gr

import retrieval
import summarizer
from ringkas.observing import conclude, observed
from ringkas.page import intake, notices, summaries
from ringkas.page.background import Halt, followed
from ringkas.page.guard import noted
from ringkas.page.requests import asked, may_write
from ringkas.page.texts import Texts, texts
from ringkas.settings import Settings
from ringkas.types import Article, Summary


@dataclass(frozen=True)
class Summarizing:
    """Summaries of single articles. The latest one travels in ``gr.State``.

    Each handler yields the summary as HTML, as it is, an emptied upload button, whether there is
    something to stop, and what stops it.
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

    def stop(self, halt: Halt | None) -> None:
        """Stop the model that writes; the handler that shows its text then says so."""
        if halt is not None:
            halt.set()

    @observed("summarize")
    def _written(
        self, read: Callable[[], Article], how: dict[str, Any], t: Texts, about: str = ""
    ) -> Iterator[tuple[Any, ...]]:
        halt, done = Halt(), (gr.update(visible=False), None)
        stoppable = gr.update(visible=may_write(how, self.settings))
        yield notices.status(t("summarize.reading")), None, gr.skip(), stoppable, halt
        draft = summaries.Draft()
        stream = partial(self._stream, read, how, draft)
        try:
            for piece in followed(stream, halt):
                if isinstance(piece, Summary):
                    yield summaries.side_by_side(piece, t), piece, None, *done
                    return
                shown = draft.shown(piece, t) if piece or draft.parts else gr.skip()
                yield shown, *[gr.skip()] * 4
        except Exception as error:
            yield notices.failure(noted(error), t, about), None, None, *done
            return
        # nothing is kept of what nobody has checked
        conclude("stopped")
        yield notices.status(t("summarize.stopped")), None, None, *done

    def _stream(
        self, read: Callable[[], Article], how: dict[str, Any], draft: summaries.Draft
    ) -> Generator[str | Summary, None, None]:
        return summarizer.stream_summary(
            read(), settings=self.settings, on_progress=draft.read, **how
        )


def _handed_in(text: str, file: str | None, settings: Settings) -> Article:
    return intake.only_article(intake.received(None if file else text, file, settings))
