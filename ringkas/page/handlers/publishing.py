"""Newsletters: the handlers that choose stories, let them be arranged, and write the issue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import gradio as gr

import retrieval
from ringkas.page import intake, issues, notices, stories
from ringkas.page.background import Finished, Halt, watched
from ringkas.page.board import Board
from ringkas.page.guard import noted
from ringkas.page.preparation import Preparation
from ringkas.page.requests import IssueRequest
from ringkas.page.texts import Texts, texts
from ringkas.settings import Settings
from ringkas.types import Article, Failure, OutputLanguage
from summarizer import newsletters
from summarizer.newsletters.issue import Newsletter

SHOWN, HIDDEN = gr.update(visible=True), gr.update(visible=False)


@dataclass(frozen=True)
class Desk:
    """What one editor works on: the stories as they are arranged, and the issue once written."""

    board: Board | None = None
    issue: Newsletter | None = None


@dataclass(frozen=True)
class Publishing:
    """Issues of a newsletter. What an editor works on travels in ``gr.State``."""

    settings: Settings
    index: retrieval.Index
    preparation: Preparation

    def turned(self, origin: str) -> list[Any]:
        """Show the fields that belong to where the articles come from."""
        given = origin == "given"
        return [gr.update(visible=given), gr.update(visible=not given)]

    def choose(
        self,
        text: str,
        files: list[str] | None,
        outlets: list[str],
        origin: str,
        *rest: Any,
    ) -> Iterator[list[Any]]:
        """Find the stories in the library, or in what was handed in."""
        *form, language = rest
        t = texts(language)
        yield [notices.status(t("newsletter.choosing")), HIDDEN, "", Desk()]
        try:
            request = IssueRequest.of(origin, *form)
            found = self._articles(text, files, outlets, request)
            wishes = request.settings(self.settings)
            choice = newsletters.choose(
                found, request.since, request.until, request.language, wishes
            )
        except Exception as error:
            yield [notices.failure(noted(error), t), HIDDEN, "", Desk()]
            return
        yield self.shown(Desk(Board.of(choice)), language)

    def tick(self, event: gr.EventData, desk: Desk, language: OutputLanguage) -> list[Any]:
        """Tick or untick the story that was clicked."""
        return self._arranged(desk, desk.board and desk.board.ticked(event.story), language)

    def move(self, event: gr.EventData, desk: Desk, language: OutputLanguage) -> list[Any]:
        """Move a story or a section by one place, or a story to where it was dropped."""
        board = desk.board
        if board is None:
            return self.shown(desk, language)
        if event.kind == "section":
            board = board.section_moved(event.story, int(event.by))
        elif event.kind == "drop":
            board = board.placed(event.story, event.onto)
        else:
            board = board.moved(event.story, int(event.by))
        return self._arranged(desk, board, language)

    def write(
        self, desk: Desk, title: str, words: int, language: OutputLanguage
    ) -> Iterator[list[Any]]:
        """Write the ticked stories, and show the issue as a mail."""
        t, done = texts(language), (HIDDEN, None)
        if desk.board is None:
            return
        halt = Halt()
        yield [notices.status(t("newsletter.starting")), SHOWN, halt, replace(desk, issue=None)]
        verb = partial(_written, desk.board, title.strip() or None, int(words), self.settings)
        try:
            for step in watched(verb, halt):
                if isinstance(step, Finished):
                    made = replace(desk, issue=step.result)
                    yield [self._view(made, t), *done, made]
                    return
                yield [_progress(step, t) if step else gr.skip(), *[gr.skip()] * 3]
        except Exception as error:
            yield [notices.failure(noted(error), t), *done, desk]
            return
        # the stories written until then are in the cache
        yield [notices.status(t("newsletter.stopped")), *done, desk]

    def stop(self, halt: Halt | None) -> None:
        """Stop the writing after the story that is being written."""
        if halt is not None:
            halt.set()

    def shown(self, desk: Desk, language: OutputLanguage) -> list[Any]:
        """Return the board, whether it can be written, the issue, and them all."""
        t = texts(language)
        board = stories.stories(desk.board, t) if desk.board else stories.welcome(t)
        writes = gr.update(visible=bool(desk.board and desk.board.rows))
        return [board, writes, self._view(desk, t), desk]

    def outlets(self) -> Any:
        """Return the outlets in the library, to choose from."""
        try:
            return gr.update(choices=sorted(filter(None, self.index.stats().sources)))
        except Exception as error:
            noted(error)
            return gr.skip()

    def _arranged(self, desk: Desk, board: Board | None, language: OutputLanguage) -> list[Any]:
        """Return the board as it is now; an issue that was written stays until the next one."""
        return self.shown(replace(desk, board=board), language)

    def _articles(
        self, text: str, files: list[str] | None, outlets: list[str], request: IssueRequest
    ) -> Iterable[Article | Failure]:
        if request.given:
            return intake.received(text, files, self.settings)
        self.preparation.wait_for_samples()
        return self.index.articles(request.filters(outlets))

    def _view(self, desk: Desk, t: Texts) -> str:
        if desk.issue is None or desk.board is None:
            return ""
        return issues.preview(desk.issue, desk.board.choice.failures, t)


def _written(
    board: Board, title: str | None, words: int, settings: Settings, step: Any
) -> Newsletter:
    own = replace(settings, newsletter=board.choice.settings)
    return newsletters.write(board.plan(), own, title=title, max_words=words, on_progress=step)


def _progress(step: tuple[int, int, str], t: Texts) -> str:
    done, of, title = step
    return notices.progress(
        t("newsletter.writing", n=min(done + 1, of), of=of, title=title), done, of
    )
