"""Asking: the handlers of the first tab."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import gradio as gr

import retrieval
from ringkas.observing import conclude, observed
from ringkas.page import conversation
from ringkas.page.conversation import Exchange
from ringkas.page.guard import noted
from ringkas.page.preparation import Preparation
from ringkas.page.texts import texts
from ringkas.types import Answer, OutputLanguage


@dataclass(frozen=True)
class Asking:
    """Questions to the library. The conversation travels in ``gr.State``."""

    index: retrieval.Index
    preparation: Preparation

    def answer(self, question: str, index: retrieval.Index, **how: Any) -> Answer:
        """Answer over HTTP, as ``retrieval.answer`` does."""
        self.preparation.wait_for_samples()
        answer = retrieval.answer(question, index, **how)
        conclude("answered" if answer.found else "not_found")
        return answer

    @observed("ask", content=lambda _, question, *__: question)
    def converse(
        self, question: str, exchanges: list[Exchange], language: OutputLanguage
    ) -> Iterator[list[Any]]:
        """Answer a question while its answer grows."""
        yield self.shown([*exchanges, Exchange(question)], language)
        history = conversation.turns(exchanges)
        self.preparation.wait_for_samples()
        try:
            for answer in retrieval.stream_answer(question, self.index, history=history):
                conclude("answered" if answer.found else "not_found")
                yield self.shown([*exchanges, Exchange(question, answer)], language)
        except Exception as error:
            failed = Exchange(question, error=noted(error))
            yield self.shown([*exchanges, failed], language)

    def converse_example(
        self, event: gr.EventData, exchanges: list[Exchange], language: OutputLanguage
    ) -> Iterator[list[Any]]:
        """Ask the example question that was clicked."""
        yield from self.converse(event.question, exchanges, language)

    def forget(self, language: OutputLanguage) -> list[Any]:
        """Start a new conversation."""
        return self.shown([], language)

    def shown(self, exchanges: list[Exchange], language: OutputLanguage) -> list[Any]:
        """Return the newest exchange, the earlier ones, the button for a new one, and them all."""
        t = texts(language)
        return [
            conversation.latest(exchanges, t),
            conversation.earlier(exchanges, t),
            gr.update(visible=bool(exchanges)),
            exchanges,
        ]
