"""What a reader chose in a form, as the verbs take it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from retrieval import Filters
from ringkas.page.intake import as_date, as_language
from ringkas.settings import Settings
from ringkas.types import OutputLanguage


def asked(style: str, method: str, words: int, output: str, focus: str) -> dict[str, Any]:
    """Return how to summarize as the arguments of ``summarize``."""
    return {
        "style": style,
        "method": method,
        "max_words": int(words),
        "language": as_language(output),
        "query": focus.strip() or None,
    }


def may_write(how: dict[str, Any], settings: Settings) -> bool:
    """Tell whether a model may write what is asked for, which takes a while."""
    return settings.generator.kind != "none" and how["method"] in ("auto", "abstractive")


@dataclass(frozen=True, slots=True)
class IssueRequest:
    """What an issue is made from, and what it should be like.

    ``given`` says that articles were handed in; otherwise they come from the library.
    """

    given: bool
    since: date | None = None
    until: date | None = None
    language: OutputLanguage | None = None
    stories: int | None = None
    keywords: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        origin: str,
        since: str | None,
        until: str | None,
        language: str,
        stories: int,
        keywords: str,
    ) -> IssueRequest:
        """Return the form's fields as a request; keywords are parted by commas.

        Raises:
            DateError: ``since`` or ``until`` is not empty and no date.
        """
        words = tuple(word.strip() for word in keywords.split(",") if word.strip())
        days = as_date(since), as_date(until)
        return cls(origin == "given", *days, as_language(language), int(stories), words)

    def settings(self, settings: Settings) -> Settings:
        """Return the settings with what is asked for.

        Where no period is chosen, articles of which nobody knows the day are in it, too.
        """
        own = settings.newsletter
        wishes = replace(
            own,
            stories=own.stories if self.stories is None else self.stories,
            keywords=(*own.keywords, *self.keywords),
            undated=own.undated or not (self.since or self.until),
        )
        return replace(settings, newsletter=wishes)

    def filters(self, outlets: Sequence[str] = ()) -> Filters:
        """Return filters for the library with the period, a day wider on either side.

        Where a day begins depends on the time zone, which the choice of stories knows exactly.
        """
        early, late = self.since, self.until
        return Filters(
            since=early and early - timedelta(1),
            until=late and late + timedelta(1),
            sources=tuple(outlets),
        )
