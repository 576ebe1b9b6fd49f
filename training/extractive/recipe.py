"""The recipe: read, embed, measure on held-out folds, grow on all, measure on development sets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ringkas.embedding import Embedder
from summarizer.features import Features, features
from summarizer.scorer import Scorer, load, save
from summarizer.scoring import Weights, rate
from training.extractive.choosing import MAX_WORDS, Rated, Rouge, by_place, by_worth, rouge, search
from training.extractive.data import (
    DEV_SETS,
    FOLDS,
    SLUG,
    TRAINING_SETS,
    Example,
    examples,
    shares,
)
from training.extractive.growing import SLUG_WEIGHT, WEIGHTS, Lesson, grow

Figures = Mapping[str, Rouge]


def train(data: Path, embedder: Embedder, folder: Path, limit: int | None) -> None:
    """Write the weights grown on all training articles to ``folder``.

    Raises:
        DataError: a set is missing in ``data``.
    """
    course = _Course(data, embedder, TRAINING_SETS, limit)
    held_out = _figures("held-out folds", course.held_out())
    scorer = grow(course.lessons, course.names)
    save(scorer, folder, {})
    dev = _Course(data, embedder, DEV_SETS, limit)
    about = {
        "format": "ringkas-extractive",
        "version": 1,
        "trees": len(scorer.feature),
        "articles": len({example.id for example in course.examples}),
        "max_words": MAX_WORDS,
        "held_out": held_out,
        "dev": _figures("development sets", dev.rated(load(folder))),
    }
    save(scorer, folder, about)


def tune(data: Path, embedder: Embedder, limit: int | None) -> Weights:
    """Return the weights of choosing that are best on held-out folds of the training sets."""
    sets = [
        name for name in TRAINING_SETS if name.split(".")[0] in {n.split(".")[0] for n in DEV_SETS}
    ]
    course = _Course(data, embedder, TRAINING_SETS, limit)
    rated = [one for one in course.held_out() if one.example.set in sets]
    return search(rated, Weights())


class _Course:
    """Examples with their features, and what a scorer should say of them."""

    def __init__(
        self, data: Path, embedder: Embedder, sets: Sequence[str], limit: int | None
    ) -> None:
        self.examples = [one for name in sets for one in examples(data, name, limit)]
        print(f"{len(self.examples)} examples of {', '.join(sets)}", flush=True)
        self._embedder = embedder
        self._remember()
        self.names: list[str] = []
        self.features: list[Features] = []
        for example in self.examples:
            self.names, matrix = features(example.profile(embedder))
            self.features.append(matrix)

    def _remember(self) -> None:
        """Embed all texts together: batches of like length are quicker."""
        remember = getattr(self._embedder, "remember", None)
        if remember is not None:
            remember(text for example in self.examples for text in example.texts)

    @property
    def lessons(self) -> list[Lesson]:
        """The examples as numbers."""
        return [
            _lesson(one, matrix) for one, matrix in zip(self.examples, self.features, strict=True)
        ]

    def rated(self, scorer: Scorer) -> list[Rated]:
        """Return the examples rated by a scorer."""
        return [
            self._rated(example, scorer.predict(self.names, matrix))
            for example, matrix in zip(self.examples, self.features, strict=True)
        ]

    def held_out(self) -> list[Rated]:
        """Return the examples, each rated by trees that never saw its article."""
        lessons = self.lessons
        found: list[Rated] = []
        for fold in range(FOLDS):
            seen = [
                lesson
                for one, lesson in zip(self.examples, lessons, strict=True)
                if one.fold != fold
            ]
            scorer = grow(seen, self.names)
            print(f"fold {fold + 1} of {FOLDS} grown", flush=True)
            found += [
                self._rated(example, scorer.predict(self.names, matrix))
                for example, matrix in zip(self.examples, self.features, strict=True)
                if example.fold == fold
            ]
        return found

    def _rated(self, example: Example, worth: np.ndarray[Any, Any]) -> Rated:
        return Rated(example, rate(example.profile(self._embedder), worth, Weights()))


def _lesson(example: Example, matrix: Features) -> Lesson:
    name = example.set.removesuffix(SLUG)
    words = np.array([unit.words for unit in example.units], float)
    weight = WEIGHTS[name] * (1.0 if name == example.set else SLUG_WEIGHT)
    return Lesson(matrix, shares(example), np.sqrt(words) * weight)


def _figures(title: str, rated: Iterable[Rated]) -> dict[str, Any]:
    """Print and return ROUGE-1, 2 and L of the summarizer and of the first units, by set."""
    listed = list(rated)
    ours, lead = rouge(listed, by_worth), rouge(listed, by_place)
    print(title, flush=True)
    for name in ours:
        print(f"  {name:35} {_shown(ours[name])}   lead {_shown(lead[name])}", flush=True)
    return {name: [round(value, 4) for value in means] for name, means in ours.items()}


def _shown(means: Rouge) -> str:
    return " ".join(f"{100 * value:5.2f}" for value in means)
