"""What a summary is made of: a sentence, or all the sentences of one quotation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from ringkas.types import Span
from summarizer.references import (
    follows_on,
    name_meant,
    noun_meant,
    noun_within,
    points_back,
    reports,
    speaks_unnamed,
)
from summarizer.trimming import trim

# A quotation that has not ended by then is taken for a stray mark.
_LONGEST_QUOTE = 12
_MARKS = re.compile('[“”«»"]')
_QUOTED = re.compile('[“«"][^“”«»"]*[”»"]')
# Captions, time stamps and pointers that stand between the sentences of news pages; "b." of a list.
_NO_PROSE = re.compile(
    r"\d{1,2}[:.]\d{2} (?:EST|EDT|GMT|BST|WIB|WITA|WIT)\b"
    r"|(?:PUBLISHED|UPDATED|Pictured|Photo|Foto):|[a-z][.)] "
    r"|(?:Scroll down|Click here|More from|Read more|See also|Baca juga|Simak juga|Lihat juga)\b"
    r"|(?:READ|WATCH|RELATED|MORE|OPINION|VIDEO|PHOTOS|Read|Watch|Related|Reporter's notebook): "
)
# A heading has so many words of so many letters, all with capitals, and is no longer than that.
_LONGER, _FEWEST_LONGER, _MOST_IN_HEADING = 4, 3, 12
_BRACKETS = "([“«‘'–—-"


@dataclass(frozen=True)
class Unit:
    """A stretch of the article that is shown whole or not at all.

    ``text`` has its white space in order. ``torn`` says that the stretch opens or closes a
    quotation but not both, ``follows`` that it continues the paragraph of the unit before.
    """

    span: Span
    text: str
    sentences: int
    torn: bool
    follows: bool

    @cached_property
    def words(self) -> int:
        """The number of words."""
        return len(self.text.split())

    @cached_property
    def points_back(self) -> bool:
        """Whether it is unclear without the unit before: "Ia …", or the rest of a quotation."""
        return points_back(self.text) or (self.follows and self.only_quoted)

    @cached_property
    def follows_on(self) -> bool:
        """Whether it takes an event as told: "The news came as …"."""
        return follows_on(self.text)

    @cached_property
    def speaks_unnamed(self) -> bool:
        """Whether it quotes somebody whom an earlier unit names: "…," ujarnya."""
        return speaks_unnamed(self.text)

    @cached_property
    def reports(self) -> bool:
        """Whether it says who said something."""
        return reports(self.text)

    @cached_property
    def noun_within(self) -> str | None:
        """The noun further on that it takes as known: "Lima program dalam pelayanan itu …"."""
        return noun_within(self.text)

    @cached_property
    def noun_meant(self) -> str | None:
        """The noun that it takes as known, as in "Rapat tersebut …"."""
        return noun_meant(self.text)

    @cached_property
    def name_meant(self) -> str | None:
        """The word with a capital that opens it and may be half a name, as in "Retno …"."""
        return name_meant(self.text)

    @cached_property
    def only_quoted(self) -> bool:
        """Whether it is all quotation, so that nothing in it says who speaks."""
        rest = _QUOTED.sub("", self.text)
        return self.opens_quoted and not _MARKS.sub("", rest).strip(" .")

    @cached_property
    def scrap(self) -> bool:
        """Whether it tells nothing by itself: half a quotation, a caption, a trailing off."""
        trails_off = self.text.rstrip("\"”»' ").endswith((":", ";", "...", "…"))
        no_prose = _NO_PROSE.match(self.text) is not None
        return self.torn or trails_off or no_prose or _is_heading(self.text)

    @cached_property
    def opens_quoted(self) -> bool:
        """Whether somebody's words open it."""
        return self.text[:1] in '“«"'


def units(text: str, sentences: Sequence[Span]) -> list[Unit]:
    """Return the units of an article in order; they cover its sentences less the dateline."""
    grouped: list[Unit] = []
    for members in _quotations(text, sentences):
        span = Span(members[0].start, members[-1].end)
        follows = bool(grouped) and "\n" not in text[grouped[-1].span.end : span.start]
        span = trim(text, span, first=not grouped)
        torn = _depth(text, span) != 0
        grouped.append(Unit(span, " ".join(span.of(text).split()), len(members), torn, follows))
    return grouped


def _is_heading(text: str) -> bool:
    """Tell whether the longer words all have capitals: "The Friendly Atheists Next Door."."""
    longer = [word for word in text.split() if len(word) >= _LONGER]
    small = any(word[0].islower() or word[0].isdigit() for word in longer)
    return len(longer) >= _FEWEST_LONGER and len(text.split()) <= _MOST_IN_HEADING and not small


def _quotations(text: str, sentences: Sequence[Span]) -> Iterator[Sequence[Span]]:
    """Yield runs of sentences: one alone, or those that share a quotation."""
    start = 0
    while start < len(sentences):
        end = _closes(text, sentences, start)
        yield sentences[start:end]
        start = end


def _closes(text: str, sentences: Sequence[Span], start: int) -> int:
    """Return the index after the sentence that ends the quotation which ``start`` opens."""
    last = min(start + _LONGEST_QUOTE, len(sentences))
    for end in range(start, last):
        if "\n\n" in text[sentences[start].start : sentences[end].end]:
            break
        if _depth(text, Span(sentences[start].start, sentences[end].end)) <= 0:
            return end + 1
    return start + 1


def _depth(text: str, span: Span) -> int:
    """Return how many quotations are open at the end; -1 where one is closed but not opened."""
    depth = 0
    for mark in _MARKS.finditer(text, span.start, span.end):
        depth += 1 if _opens(text, mark.start(), depth) else -1
        if depth < 0:
            return -1
    return depth


def _opens(text: str, place: int, depth: int) -> bool:
    """Return whether the mark opens a quotation; a straight one is told by its neighbours."""
    if text[place] != '"':
        return text[place] in "“«"
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    left = not before or before.isspace() or before in _BRACKETS
    right = not after or after.isspace() or after in ".,;:!?)]”»"
    return left if left != right else depth == 0
