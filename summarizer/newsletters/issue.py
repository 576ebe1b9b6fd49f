"""What a newsletter is made of: first the choice of stories, then the finished issue.

``Plan`` is what ``--dry-run`` shows and what an editor changes; ``Newsletter`` is what the
templates render. Both are frozen and hold articles whole, so that every line can be shown in
its source.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from ringkas.types import Article, Conflict, DigestSentence, Failure, OutputLanguage

Reason = Literal["outside period", "no date", "unticked", "too many", "stub", "other language"]


@dataclass(frozen=True, slots=True)
class Rank:
    """Why a story stands where it does: each part in [0, 1].

    ``total`` is the weighted mean of the first five, times ``affair``: 1 for the first story of
    an affair, less for each further one, so that one affair does not fill an issue.
    """

    coverage: float
    recency: float
    diversity: float
    keywords: float
    editor: float
    total: float
    affair: float = 1.0


@dataclass(frozen=True, slots=True)
class Story:
    """Articles that tell one story, the one that tells it best first.

    ``voices`` groups the articles' ids: articles that print the same text are one voice.
    """

    articles: tuple[Article, ...]
    voices: tuple[tuple[str, ...], ...]
    rank: Rank

    @property
    def id(self) -> str:
        """A short name that stays the same while the story has the same articles."""
        ids = "\x00".join(sorted(article.id for article in self.articles))
        return hashlib.sha256(ids.encode()).hexdigest()[:12]

    @property
    def lead(self) -> Article:
        """The article that tells the story best."""
        return self.articles[0]


@dataclass(frozen=True, slots=True)
class PlannedSection:
    """A section's name as it is printed, and its stories in order."""

    name: str
    stories: tuple[Story, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A story that is not printed, and why."""

    story: Story
    reason: Reason


@dataclass(frozen=True, slots=True)
class Plan:
    """Which stories an issue will hold, in which order, before any text is written.

    ``since`` and ``until`` bound the articles' publication, both included; None is open.
    ``failures`` names every article that could not be used, and why.
    """

    sections: tuple[PlannedSection, ...]
    language: OutputLanguage
    since: datetime | None = None
    until: datetime | None = None
    left_out: tuple[LeftOut, ...] = ()
    failures: tuple[Failure, ...] = ()

    @property
    def stories(self) -> tuple[Story, ...]:
        """All stories that will be printed, in order."""
        return tuple(story for section in self.sections for story in section.stories)


@dataclass(frozen=True, slots=True)
class Item:
    """One story as it is printed: each sentence with the places in the articles that it rests on.

    ``headline`` rests on its citations as a sentence does. ``conflicts`` are figures that the
    articles give differently. ``method``, ``model`` and ``fell_back`` are as in ``Summary``.
    """

    story: Story
    headline: DigestSentence
    sentences: tuple[DigestSentence, ...]
    method: str
    conflicts: tuple[Conflict, ...] = ()
    model: str = ""
    fell_back: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A section's name, and its items in order."""

    name: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Newsletter:
    """A finished issue.

    ``introduction`` has its sentences, with citations where one tells news. ``made`` is when it
    was written, with time zone. ``failures`` and ``left_out`` are shown to the editor, never to
    readers.
    """

    title: str
    introduction: tuple[DigestSentence, ...]
    sections: tuple[Section, ...]
    language: OutputLanguage
    made: datetime
    since: datetime | None = None
    until: datetime | None = None
    left_out: tuple[LeftOut, ...] = ()
    failures: tuple[Failure, ...] = ()

    @property
    def items(self) -> tuple[Item, ...]:
        """All items, in order."""
        return tuple(item for section in self.sections for item in section.items)
