"""The sentence that decides a yes/no question, by what two readers make of it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from retrieval.candidates import Candidate, Evidence
from ringkas.text.sentences import sentence_at
from ringkas.types import Hit, Span

Sentence = tuple[Hit, Span]
Near = Callable[[Sequence[Sentence]], Sequence[float]]

# The decider tells whether a sentence says so or the contrary; the nearest sentence is of the right
# subject. Of 59 questions of our own on the articles of docs/newsletters and the samples, at a
# threshold of 0.29: 21 of 35 answerable ones got the right sentence, 2 a wrong one, and 3 of 24
# others were answered. With the reader that was not taught such questions: 19, 4 and 6.
# Measured with an older pair of the two, taught the same way.
_MARGIN, _NEAR, _SHIFT = 0.22, 0.5, -0.145
_MOST = 8  # sentences that are compared
_LEAST = 1e-3


def deciding(pointed: Sequence[Evidence], near: Near) -> list[Candidate]:
    """Return whole sentences as candidates, most probable first.

    Arguments:
        pointed: what the decider found; the first figure of each is its margin over "no answer".
        near: returns for sentences how probable it is, by its subject, that each answers.
    """
    margins: dict[tuple[str, int], tuple[Sentence, float]] = {}
    for one in sorted(pointed, key=lambda one: -one.features[0]):
        span = sentence_at(one.hit.article.text, one.span.start, one.span.end)
        place = (one.hit.article.id, span.start)
        margins.setdefault(place, ((one.hit, span), one.features[0]))
    best = list(margins.values())[:_MOST]
    nearness = near([sentence for sentence, _ in best])
    candidates = [
        Candidate(hit, span, _probability(margin, probable))
        for ((hit, span), margin), probable in zip(best, nearness, strict=True)
    ]
    return sorted(candidates, key=lambda one: -one.probability)


def _probability(margin: float, near: float) -> float:
    held = min(max(near, _LEAST), 1 - _LEAST)
    return 1 / (1 + math.exp(-(_MARGIN * margin + _NEAR * math.log(held / (1 - held)) + _SHIFT)))
