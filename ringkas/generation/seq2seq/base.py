"""What a seq2seq engine looks like from outside: token ids in, token ids out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

Ids = Sequence[int]

Watch = Callable[[int | None], bool]
"""Called while an engine works: with each token that greedy search writes, with None otherwise.
The engine stops soon after it returns True."""


@dataclass(frozen=True, slots=True)
class Decoding:
    """How a reply is searched for; every engine takes these words in the same sense.

    Lengths count tokens after the start tokens, the end token included. Scores are divided by
    the length to the power ``length_penalty``; no run of ``no_repeat_ngram`` tokens comes twice.
    With beams, engines apply a ``repetition_penalty`` other than 1 to different quantities.
    ``all_beams`` asks for what every beam has written, not only for the likeliest.
    """

    beams: int = 4
    max_tokens: int = 300
    min_tokens: int = 1
    length_penalty: float = 1.0
    no_repeat_ngram: int = 0
    repetition_penalty: float = 1.0
    all_beams: bool = False

    @property
    def replies(self) -> int:
        """The number of replies to each source."""
        return self.beams if self.all_beams else 1


@dataclass(frozen=True, slots=True)
class Reply:
    """The tokens that were written, start and end tokens aside.

    ``ended`` tells whether the model came to an end, or was stopped by a limit. ``others`` are
    what the other beams have written, the likeliest first, where they were asked for.
    """

    ids: tuple[int, ...]
    ended: bool
    others: tuple[Reply, ...] = ()


class Engine(Protocol):
    """The weights of a seq2seq model, and what multiplies them. Safe to use from many threads."""

    @property
    def batch(self) -> int:
        """The number of sources that are worth reading at once."""
        ...

    def generate(
        self, sources: Sequence[Ids], start: Ids, decoding: Decoding, watch: Watch | None = None
    ) -> list[Reply]:
        """Return a reply to each source, in their order.

        Arguments:
            sources: token ids, with the model's special tokens.
            start: the id that every reply starts from, and at most one that it must go on with:
                a language's token, or a forced start of sentence.
            decoding: how to search.
            watch: told of progress; can stop the work, and then the replies are unfinished.

        Raises:
            MemoryError: so many sources do not fit into memory.
        """
        ...
