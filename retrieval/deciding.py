"""The sentence that decides a yes/no question, by what both readers make of it."""

from __future__ import annotations

import math
from collections.abc import Sequence

from retrieval.candidates import Candidate
from ringkas.text.sentences import sentence_at
from ringkas.types import Span

# The span reader was not taught such questions: it points into the right sentence, but not surely;
# the nearest sentence is surer, but often of the right subject alone. So their log-odds are added.
# Of 23 questions of our own on the articles of docs/newsletters and the samples, at a threshold of
# 0.29: 8 of 12 answerable ones got the right sentence, and 2 of 11 others were answered. The span
# reader alone: 3 and 2; the sentence reader alone, at 0.38: 6 and 3.
_SHIFT = 2.15
_LEAST = 1e-3

Place = tuple[str, int]


def deciding(pointed: Sequence[Candidate], near: Sequence[Candidate]) -> list[Candidate]:
    """Return whole sentences as candidates, most probable first.

    Arguments:
        pointed: the span reader's candidates.
        near: the sentence reader's.
    """
    spans, sentences = _best(pointed), _best(near)
    candidates = [
        Candidate(one.hit, span, _both(spans.get(place), sentences.get(place)))
        for place, (one, span) in {**spans, **sentences}.items()
    ]
    return sorted(candidates, key=lambda one: -one.probability)


def _best(candidates: Sequence[Candidate]) -> dict[Place, tuple[Candidate, Span]]:
    """Return the best candidate in each sentence, with the sentence."""
    found: dict[Place, tuple[Candidate, Span]] = {}
    for one in sorted(candidates, key=lambda one: -one.probability):
        span = sentence_at(one.hit.article.text, one.span.start, one.span.end)
        found.setdefault((one.hit.article.id, span.start), (one, span))
    return found


def _both(one: tuple[Candidate, Span] | None, other: tuple[Candidate, Span] | None) -> float:
    odds = sum(_log_odds(each[0].probability if each else 0.0) for each in (one, other))
    return 1 / (1 + math.exp(-(odds + _SHIFT)))


def _log_odds(probability: float) -> float:
    held = min(max(probability, _LEAST), 1 - _LEAST)
    return math.log(held / (1 - held))
