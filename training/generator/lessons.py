"""Exercises in token ids, and batches of them that cost about the same."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from training.generator.denoising import with_gaps
from training.generator.exercises import Exercise
from training.generator.vocabulary import END, LANGUAGES, MASK, START, STYLES
from training.summarizer.lessons import Lesson


@dataclass(frozen=True, slots=True)
class Limits:
    """The most tokens of a source and of a reply; what is longer is cut."""

    source: int = 512
    reply: int = 256


class Scribe:
    """Puts exercises into the ids of one tokenizer (of ``tokenizers``)."""

    def __init__(self, tokenizer: Any, limits: Limits) -> None:
        self._tokenizer, self._limits = tokenizer, limits
        self._mask = tokenizer.token_to_id(MASK)

    def start(self, style: str, language: str) -> tuple[int, int]:
        """Return the tokens that a reply starts from."""
        find = self._tokenizer.token_to_id
        return find(STYLES[style]), find(LANGUAGES[language])

    def lessons(self, exercises: Sequence[Exercise], seed: str) -> list[Lesson]:
        """Return the exercises in ids, their gaps where the seed puts them."""
        encode = self._tokenizer.encode_batch_fast
        sources = encode([one.source for one in exercises], add_special_tokens=False)
        replies = encode([one.reply for one in exercises], add_special_tokens=False)
        chance = random.Random(seed)
        return [
            self._lesson(exercise, source.ids, reply.ids, chance)
            for exercise, source, reply in zip(exercises, sources, replies, strict=True)
            if source.ids and reply.ids
        ]

    def _lesson(
        self, exercise: Exercise, source: list[int], reply: list[int], chance: random.Random
    ) -> Lesson:
        room, longest = self._limits.source - 2, self._limits.reply - 3
        if exercise.gaps:
            # Of a text to restore, the source holds what the reply does.
            source = with_gaps(source[:longest], exercise.gaps, self._mask, chance)
        return Lesson(
            source=(START, *source[:room], END),
            start=self.start(exercise.style, exercise.language),
            reply=(*reply[:longest], END),
        )


def batches(lessons: Sequence[Lesson], tokens: int, seed: str) -> list[list[Lesson]]:
    """Return the lessons in batches of at most ``tokens``, padding counted, in a chance order."""
    found: list[list[Lesson]] = []
    batch: list[Lesson] = []
    longest = 0
    for lesson in sorted(lessons, key=lambda one: (len(one.reply), len(one.source))):
        cost = max(longest, lesson.length)
        if batch and cost * (len(batch) + 1) > tokens:
            found.append(batch)
            batch, cost = [], lesson.length
        batch.append(lesson)
        longest = cost
    if batch:
        found.append(batch)
    random.Random(seed).shuffle(found)
    return found
