"""The page: ask, summarize and keep articles in a browser, and the same verbs over HTTP.

Each handler calls one verb and shows what it returns; how things look lives in ``ringkas.page``.
Start it with ``python ui.py`` or ``ringkas ui``.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from functools import partial
from threading import Thread
from typing import Any

import gradio as gr
from gradio.events import api as endpoint

import retrieval
import summarizer
from ringkas import sources
from ringkas.errors import RingkasError
from ringkas.page import conversation, examples, intake, layout, library, notices, summaries, theme
from ringkas.page.address import listening_port
from ringkas.page.api import Api
from ringkas.page.conversation import Exchange
from ringkas.page.guard import noted, told
from ringkas.page.preparation import Preparation
from ringkas.page.texts import Texts, texts
from ringkas.page.words import Words
from ringkas.runtime import prepare_libraries
from ringkas.settings import Settings, load_settings
from ringkas.types import Article, Failure, OutputLanguage, Style, Summary

ROWS = 30  # articles listed at a time
QUIET: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}


@dataclass(frozen=True)
class Page:
    """The handlers of the page. What belongs to one reader travels in ``gr.State``."""

    settings: Settings
    index: retrieval.Index
    preparation: Preparation

    def converse(
        self, question: str, exchanges: list[Exchange], language: OutputLanguage
    ) -> Iterator[list[Any]]:
        """Answer a question while its answer grows."""
        yield self._conversation([*exchanges, Exchange(question)], language)
        history = conversation.turns(exchanges)
        try:
            for answer in retrieval.stream_answer(question, self.index, history=history):
                yield self._conversation([*exchanges, Exchange(question, answer)], language)
        except Exception as error:
            failed = Exchange(question, error=noted(error))
            yield self._conversation([*exchanges, failed], language)

    def converse_example(
        self, event: gr.EventData, exchanges: list[Exchange], language: OutputLanguage
    ) -> Iterator[list[Any]]:
        """Ask the example question that was clicked."""
        yield from self.converse(event.question, exchanges, language)

    def forget(self, language: OutputLanguage) -> list[Any]:
        """Start a new conversation."""
        return self._conversation([], language)

    def condense(
        self,
        text: str,
        file: str | None,
        style: Style,
        words: int,
        output: str,
        focus: str,
        language: OutputLanguage,
    ) -> Iterator[tuple[Any, ...]]:
        """Summarize what was handed in; an upload goes before what the box holds."""
        t = texts(language)
        yield notices.status(t("summarize.reading")), None, gr.skip()
        given = partial(intake.received, None if file else text, file, self.settings)
        how = {"style": style, "max_words": int(words), "query": focus.strip() or None}
        how["language"] = intake.as_language(output)
        named = intake.named(text, file)
        yield self._summarized(lambda: intake.only_article(given()), how, t, about=named)

    def condense_kept(self, event: gr.EventData, language: OutputLanguage) -> tuple[Any, ...]:
        """Summarize an article of the library, and turn to the tab where summaries are shown."""
        kept = partial(self.index.article, event.article)
        return gr.Tabs(selected="summarize"), *self._summarized(kept, {}, texts(language))

    def _summarized(
        self, read: Callable[[], Article], how: dict[str, Any], t: Texts, about: str = ""
    ) -> tuple[str, Summary | None, None]:
        """Return the summary as HTML, as it is, and an emptied upload button."""
        try:
            summary = summarizer.summarize(read(), settings=self.settings, **how)
        except Exception as error:
            return notices.failure(noted(error), t, about), None, None
        return summaries.side_by_side(summary, t), summary, None

    def add(
        self,
        text: str,
        files: list[str] | None,
        language: OutputLanguage,
        progress: gr.Progress = gr.Progress(),  # noqa: B008 (how gradio hands it in)
    ) -> tuple[str, Any, Any]:
        """Add what was handed in to the library."""
        t, failures, articles = texts(language), list[Failure](), list[Article]()
        show = partial(progress, unit=t("library.unit"))
        try:
            for article in intake.sorted_out(intake.received(text, files, self.settings), failures):
                articles.append(article)
                show((len(articles), None), desc=t("library.reading"))
            step = partial(show, desc=t("library.adding"))
            added = self.index.add(articles, on_progress=lambda *at: step(at))
        except Exception as error:
            return notices.failure(noted(error), t), gr.skip(), gr.skip()
        return library.report(asdict(added), failures, t), "", None

    def remove(self, event: gr.EventData, language: OutputLanguage) -> str:
        """Remove the article whose button was clicked."""
        t = texts(language)
        try:
            title = self.index.article(event.article).title
            self.index.remove([event.article])
        except Exception as error:
            return notices.failure(noted(error), t)
        return notices.status(t("library.removed", title=title))

    def listed(self, language: OutputLanguage, shown: int, words: str, *chosen: Any) -> list[Any]:
        """List the articles that pass the filters, and refresh what the filters offer."""
        t = texts(language)
        try:
            fetch = partial(self.index.articles, retrieval.Filters(**intake.filters(*chosen)))
            found = fetch(limit=shown + 1, words=words)
            stats = self.index.stats()
        except Exception as error:
            return [notices.failure(noted(error), t), *[gr.skip()] * 3]
        return [
            library.article_list(found[:shown], stats.articles, t),
            gr.update(visible=len(found) > shown),
            gr.update(choices=sorted(filter(None, stats.sources))),
            gr.update(choices=[(t(f"languages.{name}"), name) for name in stats.languages]),
        ]

    def _conversation(self, exchanges: list[Exchange], language: OutputLanguage) -> list[Any]:
        t = texts(language)
        return [
            conversation.latest(exchanges, t),
            conversation.earlier(exchanges, t),
            gr.update(visible=bool(exchanges)),
            exchanges,
        ]

    def translated(
        self, exchanges: list[Exchange], summary: Summary | None, language: OutputLanguage
    ) -> list[Any]:
        """Show what is on the page in another language of the interface."""
        t = texts(language)
        view = summaries.side_by_side(summary, t) if summary else summaries.welcome(t)
        return [*self._conversation(exchanges, language)[:2], view, *self.progress(language)]

    def progress(self, language: OutputLanguage) -> list[Any]:
        """Show how far the start is; stop asking once it is over."""
        t, preparation = texts(language), self.preparation
        questions = examples.example_questions() if preparation.samples_here else ()
        watch = gr.Timer(active=not preparation.over)
        return [preparation.shown(t), examples.chips(questions, t), watch]


def prepare(settings: Settings, index: retrieval.Index, preparation: Preparation) -> None:
    """Put the sample articles into an empty index and load the models, while the page is up."""
    try:
        found = sources.samples() if settings.page.samples else []
        if found and not index.stats().articles:
            index.add(found, on_progress=preparation.step)
        ids = tuple(article.id for article in found)
        here = retrieval.Filters(article_ids=ids)
        preparation.samples_here = bool(ids and index.articles(here, limit=1))
        retrieval.answer("apa?", index)
        preparation.state = "ready"
    except Exception as error:
        preparation.error = noted(error)


def build(
    settings: Settings, index: retrieval.Index, preparation: Preparation | None = None
) -> gr.Blocks:
    """Lay out the page over an open index and wire each control to its handler."""
    prepare_libraries(offline=settings.offline)
    page = Page(settings, index, preparation or Preparation("ready"))
    summarize = partial(summarizer.summarize, settings=settings)
    api = Api(settings, index, retrieval.answer, summarize)
    words = Words(texts(settings.page.language))
    blocks: gr.Blocks = gr.Blocks(title="Ringkas", analytics_enabled=False)
    with blocks:
        # first, so that no handler of the page takes one of their names
        for verb in (api.ask, api.summarize, api.search, api.articles, api.add, api.remove):
            endpoint(told(verb), api_name=verb.__name__)
        language = layout.masthead(words, settings)
        status, watch = gr.HTML(elem_id="status", apply_default_css=False), gr.Timer(1)
        exchanges, summary, shown = gr.State([]), gr.State(None), gr.State(ROWS)
        with gr.Tabs(elem_id="tabs") as tabs:
            with words(gr.Tab, lambda t: {"label": t("tabs.ask")}, id="ask"):
                ask = layout.ask_tab(words)
            with words(gr.Tab, lambda t: {"label": t("tabs.summarize")}, id="summarize"):
                form = layout.summarize_tab(words, settings)
            with words(gr.Tab, lambda t: {"label": t("tabs.library")}, id="library") as kept:
                shelf = layout.library_tab(words)
        # asking
        talk = [ask.latest, ask.earlier, ask.fresh, exchanges]
        asked = [ask.button.click, ask.box.submit]
        gr.on(asked, page.converse, [ask.box, exchanges, language], talk, **QUIET)
        gr.on(asked, lambda: "", None, ask.box, queue=False, **QUIET)
        ask.examples.ask(page.converse_example, [exchanges, language], talk, **QUIET)
        ask.fresh.click(page.forget, language, talk, **QUIET)
        # summarizing
        view = [form.view, summary, form.file]
        condensed = [form.button.click, form.file.upload]
        gr.on(condensed, page.condense, [form.box, form.file, *form.how, language], view, **QUIET)
        shelf.articles.summarize(page.condense_kept, language, [tabs, *view], **QUIET)
        # the library
        given = [shelf.box, shelf.files]
        added = gr.on(
            [shelf.button.click, shelf.files.upload],
            page.add,
            [*given, language],
            [shelf.report, *given],
            api_visibility="private",
            show_progress_on=shelf.report,
            concurrency_id="write",
            concurrency_limit=1,
        )
        removed = shelf.articles.remove(page.remove, language, shelf.report, **QUIET)
        more = shelf.more.click(lambda rows: rows + ROWS, shown, shown, **QUIET)
        looked = [kept.select, shelf.apply.click, shelf.words.submit]
        filters = [language, shown, *shelf.filters]
        listing = [shelf.articles, shelf.more, shelf.sources, shelf.languages]
        gr.on(looked, page.listed, filters, listing, **QUIET)
        for change in (added, removed, more):
            change.then(page.listed, filters, listing, **QUIET)
        # the start, and the language
        start = [status, ask.examples, watch]
        ticked = watch.tick(page.progress, language, start, **QUIET)
        ticked.then(page.listed, filters, listing, **QUIET)
        again = [ask.latest, ask.earlier, form.view, *start]
        opened = [blocks.load, language.change]
        gr.on(opened, page.translated, [exchanges, summary, language], again, **QUIET)
        spoken = language.change(
            lambda to: words.updates(texts(to)), language, words.components, **QUIET
        )
        spoken.then(page.listed, filters, listing, **QUIET)
    blocks.queue(default_concurrency_limit=4)
    return blocks


def launch(settings: Settings | None = None, *, block: bool = True) -> gr.Blocks:
    """Open the index, start the page, and stay until it is stopped unless ``block`` is False.

    Raises:
        RingkasError: the index cannot be opened, or the port is taken.
    """
    settings = settings or load_settings()
    port = listening_port(settings.page)
    prepare_libraries(offline=settings.offline)
    index = retrieval.Index.open(settings.index, settings)
    preparation = Preparation()
    blocks = build(settings, index, preparation)
    Thread(target=prepare, args=(settings, index, preparation), daemon=True).start()
    blocks.launch(
        server_name=settings.page.host,
        server_port=port,
        theme=theme.theme(),
        css_paths=theme.STYLE,
        max_file_size=f"{settings.sources.max_megabytes}mb",
        footer_links=["api"],
        ssr_mode=False,
        prevent_thread_lock=not block,
    )
    return blocks


def main() -> None:
    """Start the page as the configuration says."""
    try:
        launch()
    except RingkasError as error:
        sys.exit(f"ringkas: {error}")


if __name__ == "__main__":
    main()
