"""The one noun of the recipe: a question, a passage, and where the answer stands."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Example:
    """A question on a passage; ``start`` and ``end`` are -1 where there is no answer.

    Offsets count characters of ``passage``; the title, if any, is shown before the passage
    but never holds the answer.
    """

    question: str
    passage: str
    title: str
    start: int
    end: int
    source: str

    @property
    def answerable(self) -> bool:
        """Whether the passage holds an answer."""
        return self.start >= 0

    @property
    def answer(self) -> str:
        """The answer's text, empty where there is none."""
        return self.passage[self.start : self.end] if self.answerable else ""
