"""Newsletters: the handlers that choose stories, let them be arranged, and write the issue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import gradio as gr

import retrieval
from ringkas.observing import conclude, observed
from ringkas.page import intake, issues, notices, stories
from ringkas.page.background import Finished, Halt, watched
from ringkas.page.board import Board
from ringkas.page.guard import noted
from ringkas.page.issues import Printed
from ringkas.page.preparation import Preparation
from ringkas.page.requests import IssueRequest
from ringkas.page.texts import Texts, texts
from ringkas.settings import Settings
from ringkas.types import Article, Failure, OutputLanguage, Tone
from summarizer import newsletters
from summarizer.newsletters.issue import Newsletter

SHOWN, HIDDEN = gr.update(visible=True), gr.update(visible=False)


@dataclass(frozen=True)
class Publishing:
    """Issues of a newsletter. What one editor works on travels in ``gr.State``."""

    settings: Settings
    index: retrieval.Index
    preparation: Preparation

    def turned(self, origin: str) -> list[Any]:
        """Show the fields that belong to where the articles come from."""
        given = origin == "given"
        return [gr.update(visible=given), gr.update(visible=not given)]

    def outlets(self) -> Any:
        """Return the outlets in the library, to choose from."""
        try:
            return gr.update(choices=sorted(filter(None, self.index.stats().sources)))
        except Exception as error:
            noted(error)
            return gr.skip()

    @observed("stories")
    def choose(
        self,
        text: str,
        files: list[str] | None,
        words: str,
        outlets: list[str],
        origin: str,
        *rest: Any,
    ) -> Iterator[list[Any]]:
        """Find the stories in the library, or in what was handed in."""
        *form, language = rest
        t = texts(language)
        yield [notices.status(t("newsletter.choosing")), HIDDEN, "", None, None]
        try:
            request = IssueRequest.of(origin, *form)
            if request.given:
                found: Iterable[Article | Failure] = intake.received(text, files, self.settings)
            else:
                self.preparation.wait_for_samples()
                found = self.index.articles(request.filters(outlets), words=words)
            choice = newsletters.choose(
                found,
                request.since,
                request.until,
                request.language,
                request.settings(self.settings),
            )
        except Exception as error:
            yield [notices.failure(noted(error), t), HIDDEN, "", None, None]
            return
        board = Board.of(choice)
        writes = gr.update(visible=bool(board.rows))
        yield [stories.stories(board, t), writes, "", board, None]

    def tick(self, event: gr.EventData, board: Board | None, language: OutputLanguage) -> list[Any]:
        """Tick or untick the story that was clicked."""
        return self._arranged(board and board.ticked(event.story), language)

    def move(self, event: gr.EventData, board: Board | None, language: OutputLanguage) -> list[Any]:
        """Move a story or a section by one place, or a story to where it was dropped."""
        if board is None:
            return self._arranged(board, language)
        if event.kind == "section":
            return self._arranged(board.section_moved(event.story, int(event.by)), language)
        if event.kind == "drop":
            return self._arranged(board.placed(event.story, event.onto), language)
        return self._arranged(board.moved(event.story, int(event.by)), language)

    @observed("newsletter")
    def write(
        self,
        board: Board | None,
        title: str,
        words: int,
        tone: Tone,
        language: OutputLanguage,
    ) -> Iterator[list[Any]]:
        """Write the ticked stories, and show the issue as a mail."""
        if board is None:
            return
        t, done = texts(language), (HIDDEN, None)
        halt = Halt()
        yield [notices.status(t("newsletter.starting")), SHOWN, halt, None]
        verb = partial(_written, board, title.strip() or None, int(words), tone, self.settings)
        try:
            for step in watched(verb, halt):
                if isinstance(step, Finished):
                    printed = Printed(step.result, board.choice.failures)
                    yield [issues.preview(printed, t), *done, printed]
                    return
                yield [_progress(step, t) if step else gr.skip(), *[gr.skip()] * 3]
        except Exception as error:
            yield [notices.failure(noted(error), t), *done, None]
            return
        # the stories written until then are in the cache
        conclude("stopped")
        yield [notices.status(t("newsletter.stopped")), *done, None]

    def stop(self, halt: Halt | None) -> None:
        """Stop the writing after the story that is being written."""
        if halt is not None:
            halt.set()

    def shown(
        self, board: Board | None, printed: Printed | None, language: OutputLanguage
    ) -> list[Any]:
        """Return the stories and the issue as HTML."""
        t = texts(language)
        return [
            stories.stories(board, t) if board else stories.welcome(t),
            issues.preview(printed, t) if printed else "",
        ]

    def _arranged(self, board: Board | None, language: OutputLanguage) -> list[Any]:
        return [self.shown(board, None, language)[0], board]


def _written(
    board: Board, title: str | None, words: int, tone: Tone, settings: Settings, step: Any
) -> Newsletter:
    own = replace(settings, newsletter=replace(board.choice.settings, tone=tone))
    return newsletters.write(board.plan(), own, title=title, max_words=words, on_progress=step)


def _progress(step: tuple[int, int, str], t: Texts) -> str:
    done, of, title = step
    said = t("newsletter.writing", n=min(done + 1, of), of=of, title=title)
    return notices.progress(said, done, of)
