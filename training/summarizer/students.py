"""What every model that learns to summarize looks like from the training loop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from training.summarizer.learning import Learner
from training.summarizer.lessons import Lesson


@dataclass(frozen=True, slots=True)
class Student:
    """A model ready to learn.

    Arguments:
        name: its folder or Hub name.
        learner: the model, with its optimizer.
        lessons: what it learns from.
        cut: how many texts are longer than it reads, so that their ends are unread.
        write: returns what it writes now, greedily, of each text held out.
        keep: puts it, as it is now, into a folder, with a model card.
    """

    name: str
    learner: Learner
    lessons: list[Lesson]
    cut: int
    write: Callable[[], list[str]]
    keep: Callable[[Path, str], None]
