"""Near but wrong passages, found by the rare words they share with a question."""

from __future__ import annotations

import math
import random
import re
from collections import Counter, defaultdict
from collections.abc import Sequence

_WORD = re.compile(r"\w+")


def words(text: str) -> list[str]:
    """Return the lower-case words of ``text``."""
    return _WORD.findall(text.lower())


class NearestPassages:
    """Passages ranked by the summed inverse document frequency of shared words."""

    def __init__(self, passages: Sequence[str]) -> None:
        self._passages = passages
        self._places: dict[str, list[int]] = defaultdict(list)
        for number, passage in enumerate(passages):
            for word in dict.fromkeys(words(passage)):
                self._places[word].append(number)

    def ranked(self, question: str, count: int) -> list[str]:
        """Return the ``count`` passages that share the rarest words with ``question``."""
        scores: Counter[int] = Counter()
        for word in dict.fromkeys(words(question)):
            places = self._places.get(word, [])
            if places and len(places) < len(self._passages) / 10 + 1:
                weight = math.log(len(self._passages) / len(places))
                for number in places:
                    scores[number] += weight  # type: ignore[assignment]
        return [self._passages[number] for number, _ in scores.most_common(count)]

    def without(
        self, question: str, gold: str, answer: str, rng: random.Random, depth: int = 6
    ) -> str | None:
        """Draw one of the nearest passages that is not ``gold`` and lacks ``answer``."""
        near = [
            passage
            for passage in self.ranked(question, depth)
            if passage != gold and answer.lower() not in passage.lower()
        ]
        return rng.choice(near) if near else None
