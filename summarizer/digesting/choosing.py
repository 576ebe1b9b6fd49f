"""Which units make the digest, and in which order: told by many, told early, each new."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ringkas.embedding import Embedder
from ringkas.types import OutputLanguage
from summarizer.digesting.conflicts import Difference, latest_of
from summarizer.digesting.pool import Pool, Told
from summarizer.digesting.telling import Telling
from summarizer.references import introduces
from summarizer.units import Unit

Scores = NDArray[np.float64]

_ATTACHED = re.compile(r"[A-Z]\w+nya\b")  # "Jumlahnya sekitar 250 orang": of what?
_FEWEST_WORDS = 7
_MANY_WORDS = 50


@dataclass(frozen=True, slots=True)
class Weights:
    """What counts how much; ``position`` is the unit of the scale.

    ``voices`` is for units that every voice tells. Held against a unit: ``leaning`` on what is
    not shown, ``quoted`` speech, ``torn`` quotations, ``outdated`` figures, ``long`` and ``short``
    sentences, ``redundancy`` times its overlap with what is shown. Below ``least`` nothing is
    added, but for a second unit ``second`` is enough: one alone is no story. The weights
    shared with the summarizer of one article were calibrated there; the others were set by reading
    the digests of the sample articles.
    """

    position: float = 1.0
    decay: float = 0.3
    centrality: float = 0.35
    title: float = 0.8
    voices: float = 0.8
    leaning: float = 1.2
    quoted: float = 0.6
    torn: float = 2.0
    outdated: float = 0.6
    long: float = 0.5
    short: float = 0.5
    redundancy: float = 0.8
    least: float = 0.5
    second: float = 0.2


WEIGHTS = Weights()


def choose(
    pool: Pool,
    telling: Telling,
    differences: Sequence[Difference],
    voice_of: Sequence[int],
    language: OutputLanguage,
    embedder: Embedder,
    max_words: int,
) -> list[int]:
    """Return the indices of the units to show, in the order to show them; at least one.

    Arguments:
        pool: the units of all articles.
        telling: which of them tell the same.
        differences: the figures that the articles give differently.
        voice_of: the voice of each article.
        language: the language of the units that may be shown.
        embedder: places the titles beside the units.
        max_words: the most words of the units together, unless one alone has more.
    """
    eligible = [i for i, told in enumerate(pool.told) if told.english == (language == "en")]
    relevance = _relevance(pool, telling, differences, voice_of, embedder, eligible)
    overlap = _overlap(pool)
    chosen: list[int] = []
    left = max_words

    def gain(index: int) -> float:
        value = float(relevance[index]) - WEIGHTS.leaning * _hangs(pool, index, chosen)
        if chosen:
            value -= WEIGHTS.redundancy * float(overlap[index, chosen].max())
        return value

    while fitting := [i for i in eligible if _fits(pool, telling, i, chosen, left)]:
        best = max(fitting, key=gain)
        least = WEIGHTS.least if len(chosen) > 1 else WEIGHTS.second
        if chosen and gain(best) < least:
            break
        chosen.append(best)
        left -= pool.told[best].unit.words
    if not chosen:
        chosen = [max(eligible, key=gain)]
    return _ordered(pool, telling, chosen)


def _fits(pool: Pool, telling: Telling, index: int, chosen: Sequence[int], left: int) -> bool:
    told_already = bool(telling.same[index, list(chosen)].any())
    return index not in chosen and pool.told[index].unit.words <= left and not told_already


def _relevance(
    pool: Pool,
    telling: Telling,
    differences: Sequence[Difference],
    voice_of: Sequence[int],
    embedder: Embedder,
    eligible: Sequence[int],
) -> Scores:
    """Return what each unit is worth beside those that may be shown.

    Units of the other language stand nearer to their own titles and to each other, and would make
    the eligible ones seem beside the point.
    """
    titles = embedder.embed_passages([article.title for article in pool.articles]).mean(axis=0)
    centre = pool.vectors.mean(axis=0)
    rank = np.array([told.place for told in pool.told], float)
    others = max(1, len(set(voice_of)) - 1)
    spoken = [_voices(pool, telling, index, voice_of) / others for index in range(len(pool.told))]
    stale = _outdated(pool, differences)
    return np.asarray(
        WEIGHTS.position * (rank + 1) ** -WEIGHTS.decay
        + WEIGHTS.centrality * _standard(pool.vectors @ centre, eligible)
        + WEIGHTS.title * _standard(pool.vectors @ titles, eligible)
        + WEIGHTS.voices * np.array(spoken)
        - np.array([_wording(told.unit) for told in pool.told])
        - WEIGHTS.outdated * np.array([id(told) in stale for told in pool.told], float),
        np.float64,
    )


def _voices(pool: Pool, telling: Telling, index: int, voice_of: Sequence[int]) -> int:
    """Return how many other voices tell what the unit tells."""
    own = voice_of[pool.told[index].article]
    told = np.flatnonzero(telling.same[index])
    return len({voice_of[pool.told[other].article] for other in told} - {own})


def _outdated(pool: Pool, differences: Sequence[Difference]) -> set[int]:
    """Return which units give a figure that a later article has replaced."""
    return {
        id(quantity.told)
        for difference in differences
        if difference.updated
        for quantity in difference.quantities
        if quantity not in latest_of(difference, pool.articles)
    }


def _wording(unit: Unit) -> float:
    return (
        WEIGHTS.torn * unit.torn
        + WEIGHTS.quoted * (unit.opens_quoted or unit.text.endswith("?"))
        + WEIGHTS.long * (unit.words > _MANY_WORDS)
        + WEIGHTS.short * (unit.words < _FEWEST_WORDS)
    )


def _hangs(pool: Pool, index: int, chosen: Sequence[int]) -> bool:
    """Tell whether a unit refers to something that is not shown."""
    told = pool.told[index]
    if told.place and _before(pool, told) in chosen:
        return False
    unit = told.unit
    if unit.points_back or _ATTACHED.match(unit.text):
        return True
    shown = [pool.told[other].unit.text for other in chosen]
    if unit.noun_meant is not None and told.place:
        return not any(unit.noun_meant in text.lower() for text in shown)
    own = [other.unit.text for other in pool.told if other.article == told.article]
    name = unit.name_meant
    known = name is not None and any(introduces(text, name) for text in own[: told.place])
    return known and not any(introduces(text, name or "") for text in shown)


def _before(pool: Pool, told: Told) -> int:
    return pool.of(told.article)[told.place - 1]


def _ordered(pool: Pool, telling: Telling, chosen: Sequence[int]) -> list[int]:
    """Order units as the article of the best one tells them; others by their place in their own."""
    lead = pool.told[chosen[0]].article
    lengths = {article: len(pool.of(article)) for article in range(len(pool.articles))}

    def place(index: int) -> tuple[float, bool, int]:
        same = [index, *map(int, np.flatnonzero(telling.same[index]))]
        in_lead = [pool.told[other] for other in same if pool.told[other].article == lead]
        told = in_lead[0] if in_lead else pool.told[index]
        article = pool.told[index].article
        return told.place / lengths[told.article], article != lead, article

    return _in_own_order(pool, sorted(chosen, key=place))


def _in_own_order(pool: Pool, ordered: Sequence[int]) -> list[int]:
    """Let the units of one article stand in that article's order, in the places they have."""
    waiting: dict[int, list[int]] = {}
    for index in sorted(ordered, key=lambda index: -pool.told[index].place):
        waiting.setdefault(pool.told[index].article, []).append(index)
    return [waiting[pool.told[index].article].pop() for index in ordered]


def _standard(values: NDArray[np.float32], among: Sequence[int]) -> Scores:
    """Return z-scores squeezed into [-1, 1]: cosines of one story lie close together."""
    known = values[list(among)]
    spread = max(float(known.std()), 1e-6)
    return np.asarray(np.tanh((values - known.mean()) / spread / 2), np.float64)


def _overlap(pool: Pool) -> NDArray[np.float32]:
    """Return cosines on a scale from the pool's typical one, 0, to 1."""
    typical = float(np.median(pool.cosines))
    scaled = (pool.cosines - typical) / max(1 - typical, 1e-6)
    return np.asarray(np.clip(scaled, 0, 1), np.float32)
