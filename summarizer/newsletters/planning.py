"""The verb ``plan``: articles of a period become stories, ranked and in sections."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from ringkas.embedding import get_embedder
from ringkas.embedding.base import Vectors
from ringkas.errors import RingkasError, SettingsError
from ringkas.settings import NewsletterSettings, Settings
from ringkas.text.sentences import split
from ringkas.types import Article, Failure, OutputLanguage
from summarizer.digesting.naming import source_name
from summarizer.newsletters.arranging import Candidate, Wishes, arrange, check_wishes
from summarizer.newsletters.clustering import Cluster, clusters
from summarizer.newsletters.issue import LeftOut, Plan, Reason, Story
from summarizer.newsletters.period import Period, period
from summarizer.newsletters.ranking import NO_RANK, check_weights, rank, span_of
from summarizer.newsletters.sectioning import assign, check_sections
from summarizer.refusing import check_text, own_language
from summarizer.same_story import leads


@dataclass(frozen=True, slots=True)
class Choice:
    """The stories of a period, found and ranked, from which issues can be planned at no cost."""

    candidates: tuple[Candidate, ...]
    language: OutputLanguage
    period: Period
    settings: NewsletterSettings
    left_out: tuple[LeftOut, ...] = ()
    failures: tuple[Failure, ...] = ()

    def plan(
        self,
        unticked: Collection[str] = (),
        pinned: Sequence[str] = (),
        order: Sequence[str] = (),
    ) -> Plan:
        """Choose and order the stories of an issue; arguments and errors as in :func:`plan`."""
        wishes = Wishes(unticked, pinned, order)
        check_wishes(wishes, [one.story for one in self.candidates])
        sections, left_out = arrange(self.candidates, wishes, self.settings)
        return Plan(
            sections,
            self.language,
            self.period.since,
            self.period.until,
            (*left_out, *self.left_out),
            self.failures,
        )


def plan(
    articles: Iterable[Article | Failure],
    since: date | None = None,
    until: date | None = None,
    language: OutputLanguage | None = None,
    unticked: Collection[str] = (),
    pinned: Sequence[str] = (),
    order: Sequence[str] = (),
    settings: Settings | None = None,
) -> Plan:
    """Choose the stories of a newsletter's issue from the articles of a period.

    Articles that print the same text are one voice, articles that tell one story are one story.
    Everything that is not printed is in the plan, with why.

    Arguments:
        articles: articles, or the failures of reading some, as ``iter_articles`` yields them;
            failures are passed on.
        since: the first day or moment of the period, included; open without one. Days begin, and
            moments without a time zone are, in ``settings.newsletter.time_zone``.
        until: the last day or moment, included; open without one.
        language: the issue's; that of ``settings.newsletter.language`` without one.
        unticked: stories that are not printed, each by its id or that of one of its articles.
        pinned: stories that are printed in any case, in this order before all others.
        order: stories that come next, in this order, where they are printed; the rest by rank.
        settings: the configuration; ``newsletter`` holds sections, limits and weights.

    Raises:
        SummaryError: the period ends before it begins, or an id is of no story in it.
        SettingsError: a limit, weight, section or time zone makes no sense.
        ModelError: the embedder cannot be loaded.
    """
    return choose(articles, since, until, language, settings).plan(unticked, pinned, order)


def choose(
    articles: Iterable[Article | Failure],
    since: date | None = None,
    until: date | None = None,
    language: OutputLanguage | None = None,
    settings: Settings | None = None,
) -> Choice:
    """Find and rank the stories of a period; arguments and errors as in :func:`plan`.

    This is the part of planning that takes time; ``Choice.plan`` takes none.
    """
    settings = settings or Settings()
    _check(settings.newsletter)
    days = period(since, until, settings.newsletter.time_zone)
    usable, left_out, failures = _sort(articles, days, settings.newsletter)
    wanted = language or _language(settings.newsletter, usable)
    embedder = get_embedder(settings)
    vectors = embedder.embed_passages(leads(usable))
    found = clusters(usable, vectors)
    stories = _stories(found, usable, vectors, wanted, days, settings.newsletter)
    told = [
        (story.articles, vectors[list(one.members)])
        for story, one in zip(stories, found, strict=True)
    ]
    names = assign(told, settings.newsletter.sections, wanted, embedder)
    candidates, foreign = [], []
    for story, cluster, name in zip(stories, found, names, strict=True):
        if _can_be_written(story, wanted, settings):
            candidates.append(Candidate(story, cluster.affair, name))
        else:
            foreign.append(LeftOut(story, "other language"))
    return Choice(
        tuple(candidates),
        wanted,
        days,
        settings.newsletter,
        (*foreign, *left_out),
        tuple(failures),
    )


def _check(settings: NewsletterSettings) -> None:
    for name in ("stories", "stories_per_section", "words"):
        if getattr(settings, name) < 1:
            raise SettingsError(f"newsletter.{name} is {getattr(settings, name)}; give 1 or more")
    check_weights(settings)
    check_sections(settings.sections)


def _sort(
    given: Iterable[Article | Failure], days: Period, settings: NewsletterSettings
) -> tuple[list[Article], list[LeftOut], list[Failure]]:
    """Return the articles to choose from, each once, those left out, and what cannot be used."""
    usable: dict[str, Article] = {}
    left_out: dict[str, LeftOut] = {}
    failures: list[Failure] = []
    for item in given:
        if isinstance(item, Failure):
            failures.append(item)
        elif reason := _reason(item, days, settings):
            alone = Story((item,), ((item.id,),), NO_RANK)
            left_out.setdefault(item.id, LeftOut(alone, reason))
        elif problem := _problem(item):
            failures.append(problem)
        else:
            usable.setdefault(item.id, item)
    return _earliest_first(list(usable.values()), days), list(left_out.values()), failures


def _earliest_first(articles: Sequence[Article], days: Period) -> list[Article]:
    """Order articles by time, so that a text's first printing comes before its copies."""
    moments = {article.id: days.published(article) for article in articles}
    last = max((moment for moment in moments.values() if moment), default=None)
    return sorted(articles, key=lambda article: (moments[article.id] or last, article.id))


def _reason(article: Article, days: Period, settings: NewsletterSettings) -> Reason | None:
    moment = days.published(article)
    if moment is None and not settings.undated:
        return "no date"
    if moment is not None and not days.holds(moment):
        return "outside period"
    return "stub" if article.notes.get("stub") else None


def _problem(article: Article) -> Failure | None:
    try:
        check_text(article.text, split(article.text))
    except RingkasError as error:
        return Failure(source_name(article), error)
    return None


def _language(settings: NewsletterSettings, articles: Sequence[Article]) -> OutputLanguage:
    """Return the language that is configured, or that of most articles."""
    if settings.language != "auto":
        return settings.language
    counted = Counter(own_language(article.language) for article in articles)
    return "en" if counted["en"] > counted["id"] else "id"


def _stories(
    found: Sequence[Cluster],
    articles: Sequence[Article],
    vectors: Vectors,
    language: OutputLanguage,
    days: Period,
    settings: NewsletterSettings,
) -> list[Story]:
    moments = [days.published(article) for article in articles]
    span = span_of([moment for moment in moments if moment], days)
    stories = []
    for cluster in found:
        members = _best_first(cluster, articles, vectors, language)
        told = tuple(articles[index] for index in members)
        dated = [moment for index in members if (moment := moments[index])]
        stories.append(
            Story(
                told,
                tuple(tuple(articles[index].id for index in voice) for voice in cluster.voices),
                rank(told, len(cluster.voices), dated, span, settings),
            )
        )
    return stories


def _best_first(
    cluster: Cluster, articles: Sequence[Article], vectors: Vectors, language: OutputLanguage
) -> list[int]:
    """Order a story's articles: those in the issue's language first, copies after their originals.

    Among those the most alike to all others tells most of the story; of equals, the latest, then
    the longest. Articles come in order of time.
    """
    members = list(cluster.members)
    firsts = {voice[0] for voice in cluster.voices}
    likeness = vectors[members] @ np.mean(vectors[members], axis=0)
    central = {
        index: round(float(value), 2) for index, value in zip(members, likeness, strict=True)
    }
    days = {index: _day_number(articles[index]) for index in members}
    return sorted(
        members,
        key=lambda index: (
            own_language(articles[index].language) != language,
            index not in firsts,
            -central[index],
            -days[index],
            -len(articles[index].text),
            index,
        ),
    )


def _day_number(article: Article) -> int:
    return article.published.toordinal() if article.published else 0


def _can_be_written(story: Story, language: OutputLanguage, settings: Settings) -> bool:
    """Tell whether the configuration can tell a story in a language.

    Across languages only chat models do: ours is not fit to print.
    """
    own = any(own_language(article.language) == language for article in story.articles)
    return own or settings.generator.chats
