"""The words of the components, changed together when the page changes its language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import gradio as gr

from ringkas.page.texts import Texts


class Words:
    """Makes components, and remembers which of their words change with the language."""

    def __init__(self, t: Texts) -> None:
        self._t = t
        self._worded: list[tuple[Any, Callable[[Texts], dict[str, Any]]]] = []

    def __call__(
        self, make: Callable[..., Any], words: Callable[[Texts], dict[str, Any]], **rest: Any
    ) -> Any:
        """Make one component; ``words`` gives those of its arguments that depend on language."""
        component = make(**words(self._t), **rest)
        self._worded.append((component, words))
        return component

    @property
    def components(self) -> list[Any]:
        """The components that have words, in the order of :meth:`updates`."""
        return [component for component, _ in self._worded]

    def updates(self, t: Texts) -> list[Any]:
        """Return what turns each component into the language of ``t``."""
        return [gr.update(**words(t)) for _, words in self._worded]
