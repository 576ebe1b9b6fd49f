"""What a template sees of a newsletter: every text harmless, every date and name written out.

``docs/newsletter-templates.md`` documents these nouns for those who write templates.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from ringkas.types import Language, OutputLanguage


@dataclass(frozen=True, slots=True)
class Source:
    """An article as it is pointed to.

    ``name`` is the outlet, told apart from the outlet's other articles beside it. ``url`` is the
    article's address and ``place`` that of the sentence in it; both are "" where there is none.
    """

    name: str
    title: str
    language: Language
    url: str = ""
    place: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a sentence; ``flagged`` where the sources do not hold it."""

    text: str
    flagged: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """What a source says, word for word."""

    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence or headline, its sources, and what they lack.

    ``parts`` are its pieces in order; ``text`` is all of it, with nothing marked. ``notes`` say
    in the issue's language what no source holds, ``quotes`` what they say instead.
    """

    text: str
    parts: tuple[Part, ...]
    sources: tuple[Source, ...]
    notes: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()

    @property
    def marked(self) -> str:
        """The sentence in plain characters, "[!]" behind each part that its sources lack."""
        return "".join(f"{part.text} [!]" if part.flagged else part.text for part in self.parts)


@dataclass(frozen=True, slots=True)
class Figure:
    """One of several differing figures, and who gives it."""

    value: str
    sources: tuple[Source, ...]
    date: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure that the articles give differently: a heading, and the figures side by side."""

    heading: str
    figures: tuple[Figure, ...]
    updated: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """An article of a story, and where else the same text is printed."""

    source: Source
    copies: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One story of the issue. ``id`` is its anchor, ``date`` the days of its articles."""

    id: str
    headline: Line
    lines: tuple[Line, ...]
    differences: tuple[Difference, ...]
    references: tuple[Reference, ...]
    date: str = ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A section of the issue. ``id`` is its anchor."""

    id: str
    name: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Issue:
    """A whole newsletter, ready to be set.

    ``date`` is the day it was made, ``period`` the days its news is of, or "". ``preheader`` is
    what inboxes show behind the subject. ``contents`` tells whether it is long enough for a table
    of contents. ``colophon`` says how it was made, ``words`` holds the phrases of ``language``.
    """

    title: str
    language: OutputLanguage
    made: datetime
    date: str
    period: str
    preheader: str
    introduction: tuple[Line, ...]
    sections: tuple[Chapter, ...]
    contents: bool
    colophon: tuple[str, ...]
    words: Mapping[str, str]
