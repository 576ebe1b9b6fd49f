"""Writers without a model: one that copies the first sentences of what it is given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ringkas.errors import ModelError
from ringkas.generation.base import TextStream
from ringkas.text.sentences import split
from ringkas.types import OutputLanguage
from summarizer.writing import Brief, Part, Reply


@dataclass
class Copyist:
    """Writes the first sentences of its source that fit, word by word; a token is a word."""

    window: int = 10_000
    name: str = "copyist"
    languages: frozenset[OutputLanguage] = frozenset({"id", "en"})
    briefs: list[Brief] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    closed: int = 0

    def translates(self, brief: Brief) -> bool:
        return False

    def tokens(self, text: str) -> int:
        return len(text.split())

    def reply(self, source: str, brief: Brief) -> str:
        kept: list[str] = []
        for span in split(source):
            if len(" ".join([*kept, span.of(source)]).split()) > brief.max_words and kept:
                break
            kept.append(span.of(source))
        return " ".join(kept)

    def stream(self, source: str, brief: Brief) -> TextStream:
        if self.tokens(source) > self.window:
            raise ModelError(f"{self.tokens(source)} tokens are more than {self.window}")
        self.briefs.append(brief)
        self.sources.append(source)
        try:
            for word in self.reply(source, brief).split(" "):
                yield f"{word} "
        finally:
            self.closed += 1

    def write(self, sources: Sequence[str], brief: Brief) -> list[Reply]:
        texts = ("".join(self.stream(source, brief)).strip() for source in sources)
        return [(Part((text,)),) for text in texts]


@dataclass
class Terse(Copyist):
    """Writes the first words of its source as one sentence of the length asked for."""

    def reply(self, source: str, brief: Brief) -> str:
        return " ".join(source.split()[: brief.max_words]).rstrip(".") + "."


@dataclass
class Told(Copyist):
    """Writes what it is told, one reply after the other; the last one again and again."""

    replies: tuple[str, ...] = ()

    def reply(self, source: str, brief: Brief) -> str:
        return self.replies[min(len(self.sources), len(self.replies)) - 1]
