"""What each unit of an article adds to a summary, given those that are shown already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ringkas.embedding.base import Vectors
from summarizer.features import Profile, features, standard
from summarizer.references import introduces
from summarizer.scorer import Scorer
from summarizer.units import Unit

Scores = NDArray[np.float64]
Earlier = frozenset[int]

# Shorter ones are scraps where the sentence before is missing: "Antrean mengular."
_FEWEST_ALONE = 5
# "Mobil ini" is the car told of so many sentences before at most, not any car of the article.
_REACH = 8


@dataclass(frozen=True, slots=True)
class Weights:
    """What counts how much, in shares of a unit's words that a human summary would repeat.

    ``redundancy`` is the part of a unit's worth that is lost where a chosen one says the same,
    ``following`` what it gains beside the one before it, ``query`` what it gains where it is most
    like what the reader asked about. Held against a unit: ``leaning`` (refers to what is not
    shown), ``scrap`` (half a quotation, a caption). ``expected`` is how long a human's
    summary would be, as a share of the words allowed: the higher, the fuller a summary.

    ``redundancy``, ``following`` and ``expected`` were tuned one by one on held-out folds of the
    training sets (``python -m training.extractive tune``). ``leaning`` costs 0.3 points of ROUGE
    and is there for readability; ``query`` and ``scrap`` were set by hand on the sample articles.
    """

    redundancy: float = 0.4
    following: float = 0.03
    query: float = 0.6
    leaning: float = 0.15
    scrap: float = 1.0
    expected: float = 0.5


@dataclass(frozen=True, slots=True)
class Scored:
    """Units with what they tell. *Shapes:* ``worth`` (n,), ``overlap`` (n, n) in [0, 1].

    ``worth`` is the expected share of a unit's words that a human summary repeats. ``named`` and
    ``taken_up`` tell of units that open with a name ("Retno …") or a noun ("Rapat tersebut …")
    from before, which earlier units have that word; ``spoken`` of those that quote somebody whom
    they do not name, which earlier units may.
    """

    units: Sequence[Unit]
    worth: Scores
    overlap: NDArray[np.float64]
    named: Sequence[Earlier | None]
    taken_up: Sequence[Earlier | None]
    spoken: Sequence[Earlier | None]
    weights: Weights

    def gain(self, index: int, chosen: Sequence[int]) -> float:
        """Return the worth of the unit beside those chosen: what is new and can be understood."""
        value = float(self.worth[index])
        if chosen:
            repeated = float(self.overlap[index, list(chosen)].max())
            value -= self.weights.redundancy * repeated * max(value, 0.0)
        if index - 1 in chosen:
            value += self.weights.following
        value -= self.weights.scrap * self.units[index].scrap
        return value - self.weights.leaning * self._hangs(index, chosen)

    def _hangs(self, index: int, chosen: Sequence[int]) -> bool:
        """Return whether the unit refers to something that is not shown."""
        for known in (self.named[index], self.spoken[index]):
            if known is not None and known.isdisjoint(chosen):
                return True
        if index == 0 or index - 1 in chosen:
            return False
        unit, known = self.units[index], self.taken_up[index]
        if unit.words < _FEWEST_ALONE:
            return True
        if known is not None:
            return known.isdisjoint(chosen)
        return unit.points_back or unit.follows_on


def score(profile: Profile, query: Vectors | None, weights: Weights, scorer: Scorer) -> Scored:
    """Score the units.

    Arguments:
        profile: the article's units.
        query: the vector of what the reader asked about, if anything. *Shape:* (dimension,).
        weights: what counts how much.
        scorer: what tells the worth of a unit.

    Raises:
        ModelError: the scorer was trained on other features.
    """
    worth = scorer.predict(*features(profile))
    if query is not None:
        worth = worth + weights.query * standard(profile.vectors @ query)
    return rate(profile, worth, weights)


def rate(profile: Profile, worth: Scores, weights: Weights) -> Scored:
    """Return the units with a worth that is known. *Shape:* ``worth`` (n,)."""
    units = profile.units
    earlier = _named(units), _taken_up(units), _spoken(units)
    return Scored(units, worth, _overlap(profile), *earlier, weights)


def _named(units: Sequence[Unit]) -> list[Earlier | None]:
    named: list[Earlier | None] = []
    for index, unit in enumerate(units):
        earlier = _with(unit.name_meant, units[:index]) if unit.name_meant else frozenset()
        full = any(introduces(units[i].text, unit.name_meant or "") for i in earlier)
        named.append(earlier if full else None)
    return named


def _taken_up(units: Sequence[Unit]) -> list[Earlier | None]:
    meant = [unit.noun_meant or unit.noun_within for unit in units]
    return [
        _with(noun, units[:index], index - _REACH) if noun else None
        for index, noun in enumerate(meant)
    ]


def _spoken(units: Sequence[Unit]) -> list[Earlier | None]:
    return [
        frozenset(place for place in range(max(0, index - _REACH), index) if units[place].reports)
        if unit.speaks_unnamed
        else None
        for index, unit in enumerate(units)
    ]


def _with(word: str, units: Sequence[Unit], start: int = 0) -> Earlier:
    word = word.lower()
    return frozenset(
        index for index, unit in enumerate(units) if index >= start and word in unit.text.lower()
    )


def _overlap(profile: Profile) -> NDArray[np.float64]:
    """Return cosines on a scale from the article's typical one, 0, to 1."""
    similarity = profile.similarity
    typical = float(np.median(similarity))
    scaled = (similarity - typical) / max(1 - typical, 1e-6)
    return np.asarray(np.clip(scaled, 0, 1), np.float64)
