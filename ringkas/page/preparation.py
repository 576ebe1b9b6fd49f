"""How far the start of the page has come."""

from __future__ import annotations

from dataclasses import dataclass
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
