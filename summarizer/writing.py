"""Language models that write summaries, chat and seq2seq alike, behind one protocol."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from ringkas.generation.base import TextStream
from ringkas.types import Language, OutputLanguage, Style, Tone


@dataclass(frozen=True, slots=True)
class Brief:
    """What is to be written, and from text in which language.

    ``again`` marks a second try, after a reply that was empty or in the wrong language. ``tone``
    is for models that take instructions. ``faults`` counts what a text says that the article does
    not: a writer that has several replies to choose from takes the likeliest of those with the
    fewest.
    """

    language: OutputLanguage
    source_language: Language
    max_words: int
    style: Style = "paragraph"
    query: str | None = None
    again: bool = False
    tone: Tone = "neutral"
    faults: Callable[[str], int] | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of what a model wrote: what it could say there, the likeliest first.

    ``of`` is the one sentence that it translates; None where it tells more than one.
    """

    texts: tuple[str, ...]
    of: str | None = None


Reply = tuple[Part, ...]
"""What a model wrote for one source, part by part. ``summarizer.choosing`` makes a text of it."""


class Writer(Protocol):
    """A language model that turns a source text into a summary."""

    @property
    def name(self) -> str:
        """The model's name, ready to show."""
        ...

    @property
    def languages(self) -> frozenset[OutputLanguage]:
        """The languages it can write."""
        ...

    @property
    def window(self) -> int:
        """The most tokens of source text that it reads at once."""
        ...

    def translates(self, brief: Brief) -> bool:
        """Tell whether it writes this by translating its source, sentence by sentence.

        Then the source must be what is to be said, and may be of any length.
        """
        ...

    def tokens(self, text: str) -> int:
        """Return the number of its tokens in ``text``; a careful estimate where it cannot tell."""
        ...

    def stream(self, source: str, brief: Brief) -> TextStream:
        """Yield a summary of ``source`` piece by piece; close the stream to cancel it.

        Raises:
            ModelError: the model fails, or ``source`` exceeds its window.
        """
        ...

    def write(self, sources: Sequence[str], brief: Brief) -> list[Reply]:
        """Return a summary for each source, in their order, whatever the brief counts as faults.

        Raises:
            ModelError: the model fails, or a source exceeds its window.
        """
        ...
