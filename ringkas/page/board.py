"""The stories of an issue as an editor arranges them: ticked or not, in which order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from summarizer.newsletters import Choice
from summarizer.newsletters.arranging import Candidate
from summarizer.newsletters.issue import LeftOut, Plan, Story


@dataclass(frozen=True, slots=True)
class Board:
    """A choice of stories, and what one editor made of it.

    ``rows`` are the ids of the stories that are listed by section, in order; those in ``off`` are
    unticked, and stay where they are. The stories that did not fit are the ``spares``.
    """

    choice: Choice
    rows: tuple[str, ...]
    off: frozenset[str] = frozenset()

    @classmethod
    def of(cls, choice: Choice) -> Board:
        """Return the board as the ranks have it."""
        return cls(choice, tuple(story.id for story in choice.plan().stories))

    def plan(self) -> Plan:
        """Return what is ticked, in the order in which it is listed, as a plan to write."""
        ticked = [row for row in self.rows if row not in self.off]
        others = self._stories().keys() - set(ticked)
        return self.choice.plan(unticked=others, pinned=ticked)

    def sections(self) -> dict[str, list[Story]]:
        """Return the listed stories by section, unticked ones too."""
        stories = self._stories()
        sections: dict[str, list[Story]] = {}
        for row in self.rows:
            sections.setdefault(stories[row].section, []).append(stories[row].story)
        return sections

    def spares(self) -> list[Story]:
        """Return the stories that are not listed, the best first."""
        others = [one.story for id_, one in self._stories().items() if id_ not in self.rows]
        return sorted(others, key=lambda story: (-story.rank.total, story.id))

    def never(self) -> Sequence[LeftOut]:
        """Return what cannot be printed, each with why."""
        return self.choice.left_out

    def ticked(self, story: str) -> Board:
        """Tick a story, or untick it if it was; a spare one comes last in its section."""
        if story not in self._stories():
            return self
        if story not in self.rows:
            return replace(self, rows=(*self.rows, story))
        return replace(self, off=self.off ^ {story})

    def moved(self, story: str, by: int) -> Board:
        """Move a story one place up (-1) or down (1) in its section, if there is one."""
        mates = self._mates(story)
        at = mates.index(story) + by if mates else -1
        return self.placed(story, mates[at]) if 0 <= at < len(mates) else self

    def placed(self, story: str, other: str) -> Board:
        """Put a story in the place of another of its section; the others close ranks."""
        mates = self._mates(story)
        if other not in mates:
            return self
        places = [place for place, row in enumerate(self.rows) if row in mates]
        at = mates.index(other)
        mates.remove(story)
        mates.insert(at, story)
        rows = list(self.rows)
        for place, row in zip(places, mates, strict=True):
            rows[place] = row
        return replace(self, rows=tuple(rows))

    def section_moved(self, name: str, by: int) -> Board:
        """Move a section one place up (-1) or down (1), if there is one."""
        sections = self.sections()
        names = list(sections)
        at = names.index(name) + by if name in names else -1
        if not 0 <= at < len(names):
            return self
        names.remove(name)
        names.insert(at, name)
        return replace(self, rows=tuple(story.id for each in names for story in sections[each]))

    @property
    def sections_move(self) -> bool:
        """Whether the editor may order sections; those of the configuration have their order."""
        return not self.choice.settings.sections

    def _stories(self) -> dict[str, Candidate]:
        return {one.story.id: one for one in self.choice.candidates}

    def _mates(self, story: str) -> list[str]:
        """Return the ids of the section that a listed story is in; none for any other."""
        sections = ([mate.id for mate in mates] for mates in self.sections().values())
        return next((mates for mates in sections if story in mates), [])
