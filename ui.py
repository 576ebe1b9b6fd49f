"""The page: ask, summarize and keep articles in a browser, and the same verbs over HTTP.

Here the controls are wired to their handlers (``ringkas.page.handlers``), each of which calls one
verb and shows what it returns; how things look lives in the rest of ``ringkas.page``.
Start it with ``python ui.py`` or ``ringkas ui``.
"""

from __future__ import annotations

import logging
import signal
import sys
import threading
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import gradio as gr
from gradio.events import api as endpoint
from starlette.middleware import Middleware

import retrieval
import summarizer
from ringkas import observing
from ringkas.errors import RingkasError
from ringkas.observing.metrics import Metrics
from ringkas.page import examples, operating, summaries, theme
from ringkas.page.access import Access
from ringkas.page.address import listening_port
from ringkas.page.api import Api
from ringkas.page.board import Board
from ringkas.page.conversation import Exchange
from ringkas.page.door import Door
from ringkas.page.guard import permitted, told
from ringkas.page.handlers.asking import Asking
from ringkas.page.handlers.keeping import Keeping
from ringkas.page.handlers.publishing import Publishing
from ringkas.page.handlers.summarizing import Summarizing
from ringkas.page.issues import Printed
from ringkas.page.layout.ask import ask_tab
from ringkas.page.layout.library import library_tab
from ringkas.page.layout.masthead import masthead
from ringkas.page.layout.newsletter import newsletter_tab
from ringkas.page.layout.summarize import summarize_tab
from ringkas.page.opening import Opened, opened
from ringkas.page.preparation import Preparation
from ringkas.page.texts import texts
from ringkas.page.words import Words
from ringkas.runtime import prepare_libraries
from ringkas.settings import Settings, load_settings
from ringkas.types import OutputLanguage, Summary
from summarizer import newsletters

LOG = logging.getLogger("ringkas.page")
ROWS = 30  # articles listed at a time
UPLOADS_KEPT = (600, 3600)  # seconds between two looks, and until an upload is deleted
QUIET: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}


@dataclass(frozen=True)
class Page:
    """The handlers of the page, tab by tab. What belongs to one reader travels in ``gr.State``."""

    asking: Asking
    summarizing: Summarizing
    keeping: Keeping
    publishing: Publishing
    preparation: Preparation

    @classmethod
    def of(
        cls,
        settings: Settings,
        index: retrieval.Index,
        preparation: Preparation,
        access: Access,
    ) -> Page:
        """Return the handlers over an open index."""
        return cls(
            Asking(index, preparation),
            Summarizing(settings, index),
            Keeping(settings, index, access),
            Publishing(settings, index, preparation),
            preparation,
        )

    def translated(
        self,
        exchanges: list[Exchange],
        summary: Summary | None,
        board: Board | None,
        printed: Printed | None,
        language: OutputLanguage,
    ) -> list[Any]:
        """Show what is on the page in another language of the interface."""
        t = texts(language)
        view = summaries.side_by_side(summary, t) if summary else summaries.welcome(t)
        talk = self.asking.shown(exchanges, language)[:2]
        paper = self.publishing.shown(board, printed, language)
        return [*talk, view, *paper, *self.progress(language)]

    def progress(self, language: OutputLanguage) -> list[Any]:
        """Show how far the start is; stop asking once it is over."""
        t, preparation = texts(language), self.preparation
        questions = examples.example_questions() if preparation.samples_here else ()
        watch = gr.Timer(active=not preparation.over)
        return [preparation.shown(t), examples.chips(questions, t), watch]


def build(
    settings: Settings,
    index: retrieval.Index,
    preparation: Preparation | None = None,
    access: Access | None = None,
) -> gr.Blocks:
    """Lay out the page over an open index and wire each control to its handler."""
    prepare_libraries(offline=settings.offline)
    preparation = preparation or Preparation.finished()
    access = access or Access(settings.page)
    page = Page.of(settings, index, preparation, access)
    summarize = partial(summarizer.summarize, settings=settings)
    api = Api(settings, index, page.asking.answer, summarize, newsletters.newsletter)
    words = Words(texts(settings.page.language))
    blocks: gr.Blocks = gr.Blocks(
        title="Ringkas", analytics_enabled=False, delete_cache=UPLOADS_KEPT
    )
    with blocks:
        # first, so that no handler of the page takes one of their names
        for name in ("ask", "summarize", "newsletter", "search", "articles"):
            endpoint(told(getattr(api, name)), api_name=name)
        for name in ("add", "remove"):
            asked_first = permitted(told(getattr(api, name)), access.require_change)
            endpoint(asked_first, api_name=name)
        language = masthead(words, settings)
        status, watch = gr.HTML(elem_id="status", apply_default_css=False), gr.Timer(1)
        exchanges, summary, shown = gr.State([]), gr.State(None), gr.State(ROWS)
        board, printed, halt, issue_halt = (gr.State(None) for _ in range(4))
        with gr.Tabs(elem_id="tabs") as tabs:
            with words(gr.Tab, lambda t: {"label": t("tabs.ask")}, id="ask"):
                ask = ask_tab(words)
            with words(gr.Tab, lambda t: {"label": t("tabs.summarize")}, id="summarize"):
                form = summarize_tab(words, settings)
            with words(gr.Tab, lambda t: {"label": t("tabs.library")}, id="library") as kept:
                shelf = library_tab(words)
            with words(gr.Tab, lambda t: {"label": t("tabs.newsletter")}, id="newsletter") as press:
                paper = newsletter_tab(words, settings)
        # asking
        asking = page.asking
        talk = [ask.latest, ask.earlier, ask.fresh, exchanges]
        asked = [ask.button.click, ask.box.submit]
        # whoever waits sees which place in the line it is
        line: dict[str, Any] = {
            **QUIET,
            "show_progress": "minimal",
            "show_progress_on": ask.latest,
            "concurrency_id": "ask",
        }
        gr.on(asked, asking.converse, [ask.box, exchanges, language], talk, **line)
        gr.on(asked, lambda: "", None, ask.box, queue=False, **QUIET)
        ask.examples.ask(asking.converse_example, [exchanges, language], talk, **line)
        ask.fresh.click(asking.forget, language, talk, **QUIET)
        # summarizing
        summarizing = page.summarizing
        view, how = [form.view, summary, form.file, form.stop, halt], [*form.how, language]
        condensed = [form.button.click, form.file.upload]
        gr.on(condensed, summarizing.condense, [form.box, form.file, *how], view, **QUIET)
        shelf.articles.summarize(summarizing.condense_kept, how, [tabs, *view], **QUIET)
        form.stop.click(summarizing.stop, halt, queue=False, **QUIET)
        # the library
        keeping = page.keeping
        given = [shelf.box, shelf.files]
        added = gr.on(
            [shelf.button.click, shelf.files.upload],
            keeping.add,
            [*given, language],
            [shelf.report, *given],
            api_visibility="private",
            show_progress_on=shelf.report,
            concurrency_id="write",
            concurrency_limit=1,
        )
        removed = shelf.articles.remove(keeping.remove, language, shelf.report, **QUIET)
        more = shelf.more.click(lambda rows: rows + ROWS, shown, shown, **QUIET)
        looked = [kept.select, shelf.apply.click, shelf.words.submit]
        filters = [language, shown, *shelf.filters]
        listing = [shelf.articles, shelf.more, shelf.sources, shelf.languages]
        gr.on(looked, keeping.listed, filters, listing, **QUIET)
        for change in (added, removed, more):
            change.then(keeping.listed, filters, listing, **QUIET)
        # newsletters
        publishing = page.publishing
        laid_out = [paper.board, paper.writing, paper.view, board, printed]
        paper.origin.change(publishing.turned, paper.origin, [paper.handed_in, paper.kept], **QUIET)
        press.select(publishing.outlets, None, paper.outlets, **QUIET)
        paper.choose.click(publishing.choose, [*paper.request, language], laid_out, **QUIET)
        arranged: dict[str, Any] = {**QUIET, "trigger_mode": "multiple"}
        paper.board.tick(publishing.tick, [board, language], [paper.board, board], **arranged)
        paper.board.move(publishing.move, [board, language], [paper.board, board], **arranged)
        written = [paper.view, paper.stop, issue_halt, printed]
        wanted = [board, paper.title, paper.length, paper.tone, language]
        paper.write.click(publishing.write, wanted, written, **QUIET)
        paper.stop.click(publishing.stop, issue_halt, queue=False, **QUIET)
        # the start, and the language
        start = [status, ask.examples, watch]
        ticked = watch.tick(page.progress, language, start, **QUIET)
        ticked.then(keeping.listed, filters, listing, **QUIET)
        again = [ask.latest, ask.earlier, form.view, paper.board, paper.view, *start]
        opened = [blocks.load, language.change]
        state = [exchanges, summary, board, printed, language]
        gr.on(opened, page.translated, state, again, **QUIET)
        blocks.load(keeping.offered, None, shelf.adding, **QUIET)
        spoken = language.change(
            lambda to: words.updates(texts(to)), language, words.components, **QUIET
        )
        spoken.then(keeping.listed, filters, listing, **QUIET)
    blocks.queue(default_concurrency_limit=4)
    return blocks


def launch(
    settings: Settings | None = None, *, block: bool = True, on: Opened | None = None
) -> gr.Blocks:
    """Start the page, and stay until it is stopped unless ``block`` is False.

    Arguments:
        settings: the configuration; that of the environment by default.
        block: whether to stay.
        on: what the page stands on, where that is open already.

    Raises:
        RingkasError: the index cannot be opened, or the port is taken.
    """
    settings = settings or load_settings()
    on = on or opened(settings)
    blocks = build(settings, on.index, on.preparation, on.access)
    try:
        _serve(blocks, settings, on)
    except OSError:
        # If somebody took the port since it was tried, this says so.
        listening_port(replace(settings.page, port=on.port))
        raise
    observing.take_over_loggers()
    LOG.info("the page listens", extra={"fields": {"host": settings.page.host, "port": on.port}})
    if block:
        _stay(blocks)
    return blocks


def _serve(blocks: gr.Blocks, settings: Settings, on: Opened) -> None:
    beside = _beside(settings, operating.Health(on.index, on.preparation), blocks)
    access = on.access
    blocks.launch(
        server_name=settings.page.host,
        server_port=on.port,
        theme=theme.theme(),
        css_paths=theme.STYLE,
        max_file_size=f"{settings.sources.max_megabytes}mb",
        footer_links=["api"],
        ssr_mode=False,
        run_history=False,
        enable_monitoring=False,
        # gradio awaits a coroutine, which its hint does not say
        auth=access.sign_in if access.signs_in else None,  # type: ignore[arg-type]
        auth_message=texts(settings.page.language)("sign_in") if access.signs_in else None,
        app_kwargs={
            "routes": beside,
            "middleware": [Middleware(Door, settings=settings, access=access)],
        },
        prevent_thread_lock=True,
        quiet=settings.log.format == "json",
    )


def _beside(settings: Settings, health: operating.Health, blocks: gr.Blocks) -> list[Any]:
    """Return the routes for operators, and begin to count requests where that is wanted."""
    if settings.page.metrics == "off":
        return list(operating.routes(settings.page, health, None))
    # Gradio offers the length of its queue by no other name.
    metrics = Metrics(health.counts, lambda: len(blocks._queue), health.ready)
    found = operating.routes(settings.page, health, metrics)
    metrics.watch()
    return list(found)


def _stay(blocks: gr.Blocks) -> None:
    """Serve until interrupted or told to end.

    The first process of a container gets SIGTERM only if it asks for it.
    """
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    blocks.block_thread()


def main() -> None:
    """Start the page as the configuration says."""
    try:
        settings = load_settings()
        observing.prepare_logs(settings)
        launch(settings)
    except RingkasError as error:
        sys.exit(f"ringkas: {error}")


if __name__ == "__main__":
    main()
