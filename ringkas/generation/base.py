"""What every chat model looks like from outside."""

from __future__ import annotations

from collections.abc import Generator as PyGenerator
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

TextStream = PyGenerator[str, None, None]
"""Pieces of text as the model writes them; ``close()`` stops the model."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a conversation with a chat model."""

    role: Literal["system", "user", "assistant"]
    content: str


class Generator(Protocol):
    """A chat model."""

    @property
    def name(self) -> str:
        """The model's name, ready to show."""
        ...

    @property
    def window(self) -> int:
        """The most tokens that it holds at once, prompt and reply together."""
        ...

    def tokens(self, text: str) -> int:
        """Return the number of its tokens in ``text``; a careful estimate where it cannot tell."""
        ...

    def stream(self, messages: Sequence[Message], *, max_tokens: int | None = None) -> TextStream:
        """Yield the reply to ``messages`` piece by piece; close the stream to cancel it.

        ``max_tokens`` limits the reply; None takes the configured limit.

        Raises:
            ModelError: the model fails, before or while it writes.
        """
        ...

    def write(
        self, prompts: Sequence[Sequence[Message]], *, max_tokens: int | None = None
    ) -> list[str]:
        """Return the whole reply to each of several prompts, in their order.

        Raises:
            ModelError: the model fails.
        """
        ...
