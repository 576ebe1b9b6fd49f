"""The verb ``write``: a plan becomes an issue, one text a story, with introduction and title."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from ringkas.embedding import get_embedder
from ringkas.errors import LanguageError, RingkasError, SummaryError
from ringkas.settings import Settings, cache_folder
from ringkas.types import Failure, OutputLanguage
from summarizer.batching.cache import TextCache
from summarizer.newsletters.introducing import introduction
from summarizer.newsletters.issue import Item, LeftOut, Newsletter, Plan, Section, Story
from summarizer.newsletters.keeping import Keeping
from summarizer.newsletters.telling import tell
from summarizer.newsletters.titling import title as title_of
from summarizer.refusing import LANGUAGES, check_request, who_writes

Progress = Callable[[int, int, str], None]


def write(
    plan: Plan,
    settings: Settings | None = None,
    *,
    title: str | None = None,
    max_words: int | None = None,
    cache: bool = True,
    on_progress: Progress | None = None,
) -> Newsletter:
    """Write the issue that a plan chose: each story with its sources, introduction and title.

    A story of one article is summarized, one of several becomes a digest. Without a model that
    writes, a story with no article in the plan's language is left out as "other language". A
    story that fails is named in ``failures`` and stops nothing. Stories that were written before
    from the same articles and settings are taken from the cache.

    Arguments:
        plan: the stories to print, in their order.
        settings: the configuration; the embedded defaults without one.
        title: the issue's; else the newsletter's name or what the period is called, and the days.
        max_words: the most words of one story; else ``settings.newsletter.words``.
        cache: take over stories written before, and keep the new ones.
        on_progress: called with (done, of, title) before each story and at the end. What it
            raises ends the writing; the stories written until then are in the cache.

    Raises:
        SummaryError: the plan holds no story, none could be written, or ``max_words`` makes no
            sense.
        LanguageError: every story is in the other language, and no model writes.
        ModelError: the embedder cannot be loaded.
    """
    settings = _toned(settings or Settings())
    words = settings.newsletter.words if max_words is None else max_words
    check_request(words, "paragraph")
    if not plan.stories:
        raise _empty(plan)
    get_embedder(settings)
    kept = TextCache(cache_folder() / "newsletters.sqlite3" if cache else None)
    writing = _Writing(plan, Keeping(kept, plan.language, words, settings), words, settings)
    try:
        sections = writing.sections(on_progress)
    finally:
        kept.close()
    items = [item for section in sections for item in section.items]
    if not items:
        raise writing.nothing()
    return Newsletter(
        title=title or title_of(plan, [item.story for item in items], settings.newsletter),
        introduction=introduction(items, plan.language, settings.newsletter.tone),
        sections=sections,
        language=plan.language,
        made=datetime.now().astimezone(),
        since=plan.since,
        until=plan.until,
        left_out=(*plan.left_out, *writing.left_out),
        failures=(*plan.failures, *writing.failures),
    )


def _toned(settings: Settings) -> Settings:
    """Return the settings with the newsletter's tone for a model that takes one."""
    if not settings.generator.chats:
        return settings
    return replace(settings, summary=replace(settings.summary, tone=settings.newsletter.tone))


def _empty(plan: Plan) -> RingkasError:
    """Return the error for a plan without a story, which says what became of them."""
    reasons = dict.fromkeys(one.reason for one in plan.left_out)
    if set(reasons) == {"other language"}:
        return _all_foreign(len(plan.left_out), plan.language)
    left = f" What there was is left out ({', '.join(reasons)})." if reasons else ""
    return SummaryError(
        f"there is no story to write.{left} Give more articles or a longer period, or leave less "
        "out."
    )


def _all_foreign(stories: int, language: OutputLanguage) -> LanguageError:
    return LanguageError(
        f"no article of the {stories} stories is in {LANGUAGES[language]}, and this configuration "
        f"cannot turn them into it. {who_writes(language)}"
    )


class _Writing:
    """Stories being written, and what became of those that could not be."""

    def __init__(self, plan: Plan, keeping: Keeping, max_words: int, settings: Settings) -> None:
        self.left_out: list[LeftOut] = []
        self.failures: list[Failure] = []
        self._plan = plan
        self._keeping = keeping
        self._max_words = max_words
        self._settings = settings
        self._done = 0

    def sections(self, on_progress: Progress | None) -> tuple[Section, ...]:
        """Return the sections with what could be written; those without anything are left out."""
        of = len(self._plan.stories)
        sections = []
        for planned in self._plan.sections:
            items = []
            for story in planned.stories:
                if on_progress:
                    on_progress(self._done, of, story.lead.title)
                items.append(self._item(story))
                self._done += 1
            told = tuple(item for item in items if item is not None)
            sections += [Section(planned.name, told)] if told else []
        if on_progress:
            on_progress(self._done, of, "")
        return tuple(sections)

    def nothing(self) -> RingkasError:
        """Return the error for an issue without a single story."""
        if not self.failures:
            return _all_foreign(len(self.left_out), self._plan.language)
        first = self.failures[0]
        return SummaryError(
            f"none of the {self._done} stories could be written; the first, '{first.source}': "
            f"{first.message}"
        )

    def _item(self, story: Story) -> Item | None:
        """Return a story as it is printed; None where it cannot be, which is noted."""
        try:
            told = self._keeping.get(story)
            if told is None:
                told = tell(story, self._plan.language, self._max_words, self._settings)
                self._keeping.put(story, told)
        except LanguageError:
            self.left_out.append(LeftOut(story, "other language"))
            return None
        except Exception as error:  # whatever one story does, the others are written
            self.failures.append(Failure(story.lead.title, error))
            return None
        self.failures += told.failures
        return told.item
