"""What is to be trained, and on what."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from ringkas.types import OutputLanguage, Style
from training.summarizer.recipe import Recipe


@dataclass(frozen=True, slots=True)
class Job:
    """What is trained on what, and where it goes.

    ``model`` is a folder or Hub name. Without a file of ``held`` pairs, a tenth of ``data`` is
    held out, at most 200. Faulty lines are an error unless ``skip_faulty``. ``prefix`` is for
    seq2seq models; chat models are asked as in use, for a summary of this ``style`` of at most
    ``max_words`` words. ``out`` takes the run's state and log, and the best ``model``.
    """

    model: str
    data: Path
    out: Path
    held: Path | None = None
    language: OutputLanguage = "id"
    prefix: str | None = None
    style: Style = "paragraph"
    max_words: int = 60
    offline: bool = True
    skip_faulty: bool = False
    recipe: Recipe = field(default_factory=Recipe)
