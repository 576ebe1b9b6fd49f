"""The library: the handlers that add, remove and list articles."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

import gradio as gr

import retrieval
from ringkas.observing import observed
from ringkas.page import intake, library, notices
from ringkas.page.access import Access
from ringkas.page.guard import noted
from ringkas.page.texts import texts
from ringkas.settings import Settings
from ringkas.types import Article, Failure, OutputLanguage


@dataclass(frozen=True)
class Keeping:
    """The articles that all readers of the page share."""

    settings: Settings
    index: retrieval.Index
    access: Access

    @observed("add")
    def add(
        self,
        text: str,
        files: list[str] | None,
        language: OutputLanguage,
        request: gr.Request,
        progress: gr.Progress = gr.Progress(),  # noqa: B008 (how gradio hands it in)
    ) -> tuple[str, Any, Any]:
        """Add what was handed in to the library."""
        t, failures, articles = texts(language), list[Failure](), list[Article]()
        show = partial(progress, unit=t("library.unit"))
        try:
            self.access.require_change(request)
            for article in intake.sorted_out(intake.received(text, files, self.settings), failures):
                articles.append(article)
                show((len(articles), None), desc=t("library.reading"))
            step = partial(show, desc=t("library.adding"))
            added = self.index.add(articles, on_progress=lambda *at: step(at))
        except Exception as error:
            return notices.failure(noted(error), t), gr.skip(), gr.skip()
        return library.report(asdict(added), failures, t), "", None

    @observed("remove")
    def remove(self, event: gr.EventData, language: OutputLanguage, request: gr.Request) -> str:
        """Remove the article whose button was clicked."""
        t = texts(language)
        try:
            self.access.require_change(request)
            title = self.index.article(event.article).title
            self.index.remove([event.article])
        except Exception as error:
            return notices.failure(noted(error), t)
        return notices.status(t("library.removed", title=title))

    def offered(self, request: gr.Request) -> Any:
        """Show the part for adding to whoever may add."""
        return gr.update(visible=self.access.may_change(request))

    def listed(
        self,
        request: gr.Request,
        language: OutputLanguage,
        shown: int,
        words: str,
        *chosen: Any,
    ) -> list[Any]:
        """List the articles that pass the filters, and refresh what the filters offer."""
        t = texts(language)
        try:
            fetch = partial(self.index.articles, retrieval.Filters(**intake.filters(*chosen)))
            found = fetch(limit=shown + 1, words=words)
            stats = self.index.stats()
        except Exception as error:
            return [notices.failure(noted(error), t), *[gr.skip()] * 3]
        return [
            library.article_list(found[:shown], stats.articles, t, self.access.may_change(request)),
            gr.update(visible=len(found) > shown),
            gr.update(choices=sorted(filter(None, stats.sources))),
            gr.update(choices=[(t(f"languages.{name}"), name) for name in stats.languages]),
        ]
