"""Which sentences of the article a sentence of a summary rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ringkas.types import Span
from summarizer.support.reading import Sentence
from summarizer.support.source import Source

# Calibrated on IndoSum's and Detik's training rows and on BPPT's training pairs.
_CLEAR = 0.7  # share of the words held by one sentence; above it no vector is needed
_COSINE_WEIGHT = 1.0
_LEAST_NEW = 1.6  # weight of words that a further sentence must add
_MOST = 4  # sentences that one sentence of a summary may rest on
_LEAST_SHARE = 0.2
_LEAST_COSINE = 0.84
_MOST_EMBEDDED = 80


@dataclass(frozen=True)
class Alignment:
    """The article's sentences beside one sentence of a summary.

    ``places`` are the indices of those it rests on, best first; ``held`` tells which sentence of
    the article has which word. *Shape:* (sentences of the article, words of the summary's).
    """

    places: tuple[int, ...]
    held: NDArray[np.bool_]

    def spans(self, source: Source) -> tuple[Span, ...]:
        """Return the spans it rests on, in the article's order."""
        return tuple(source.spans[place] for place in sorted(self.places))


def align(
    sentence: Sentence, source: Source, sentences: Sequence[Sentence], *, across: bool
) -> Alignment:
    """Align a sentence of a summary to the article's sentences.

    Words decide where one sentence of the article holds most of them; vectors help elsewhere,
    and always across languages.
    """
    held = np.array([_held(sentence, other) for other in sentences], bool)
    if not held.size:
        return Alignment((), held.reshape(len(sentences), len(sentence.words)))
    weights = np.array([word.weight for word in sentence.words])
    shares = held @ weights / max(weights.sum(), 1e-9)
    scores = shares
    if across or shares.max() < _CLEAR:
        scores = shares + _COSINE_WEIGHT * _nearness(sentence, source, shares)
    return Alignment(_places(held, weights, shares, scores), held)


def _held(sentence: Sentence, other: Sentence) -> list[bool]:
    keys = frozenset[str]().union(*(word.keys for word in other.words))
    return [not keys.isdisjoint(word.keys) for word in sentence.words]


def _nearness(
    sentence: Sentence, source: Source, shares: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the cosines over the least that counts, in [0, 1]; 0 for sentences far behind."""
    near = np.zeros(len(shares))
    places = np.argsort(-shares, kind="stable")[:_MOST_EMBEDDED]
    cosines = source.cosines(source.embed(sentence.text), places.tolist())
    near[places] = np.clip((cosines - _LEAST_COSINE) / (1 - _LEAST_COSINE), 0, 1)
    return near


def _places(
    held: NDArray[np.bool_],
    weights: NDArray[np.float64],
    shares: NDArray[np.float64],
    scores: NDArray[np.float64],
) -> tuple[int, ...]:
    """Take the best sentence, then those that hold enough of what is still missing."""
    best = int(scores.argmax())
    if shares[best] < _LEAST_SHARE and scores[best] - shares[best] <= 0:
        return ()
    taken = [best]
    missing = weights * ~held[best]
    while len(taken) < _MOST:
        gains = held @ missing
        gains[taken] = 0
        further = int((gains + 0.5 * scores).argmax() if gains.max() >= _LEAST_NEW else best)
        if further in taken or gains[further] < _LEAST_NEW:
            break
        taken.append(further)
        missing = missing * ~held[further]
    return tuple(taken)
