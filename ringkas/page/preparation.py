"""How far the start of the page has come."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Event
from typing import Literal

from ringkas.page.notices import failure, status
from ringkas.page.texts import Texts


@dataclass(slots=True)
class Preparation:
    """What still happens in the background: one thread writes it, every session reads it."""

    state: Literal["starting", "samples", "ready"] = "starting"
    done: int = 0
    total: int = 0
    samples_here: bool = False
    error: Exception | None = None
    filled: Event = field(default_factory=Event)

    @classmethod
    def finished(cls) -> Preparation:
        """Return the state of a page over an index that needs nothing more."""
        made = cls("ready")
        made.filled.set()
        return made

    def wait_for_samples(self) -> None:
        """Wait until the sample articles are in the library, or cannot be added.

        A question asked sooner would be told that nothing is found.
        """
        self.filled.wait()

    def step(self, done: int, total: int) -> None:
        """Note that ``done`` of ``total`` sample articles are in the library."""
        self.state, self.done, self.total = "samples", done, total

    @property
    def over(self) -> bool:
        """Whether nothing will change any more."""
        return self.state == "ready" or self.error is not None

    def shown(self, t: Texts) -> str:
        """Return the state as HTML; nothing once the page is ready."""
        if self.error is not None:
            return failure(self.error, t)
        if self.state == "ready":
            return ""
        return status(t(f"status.{self.state}", done=self.done, total=self.total))
