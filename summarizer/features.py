"""What the scorer sees of each unit: its place, its meaning, its words, and how it is worded.

Cosines are set against the article's own, so that the weights fit any embedder.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ringkas.embedding.base import Vectors
from ringkas.text.names import names_of
from ringkas.text.sentences import ENDED
from ringkas.text.vocabulary import stop_words
from summarizer.units import Unit

Features = NDArray[np.float32]
Column = Sequence[float] | NDArray[np.floating]

_WORD = re.compile(r"\w+(?:[.,]\d+)*")
# Endings differ more than stems: five letters and one in both languages tell most words apart.
_STEM = 6
_SAID = re.compile(
    r"\b(?:kata|ujar|ucap|tutur|ungkap|jelas|tegas|imbuh|papar|sebut|tambah|terang|lanjut|beber)"
    r"(?:nya)?\b|\b(?:mengatakan|menuturkan|menjelaskan|mengungkapkan|menyebut(?:kan)?|menegaskan"
    r"|menilai|mengaku|menurut|says?|said|told|added|according)\b",
    re.IGNORECASE,
)
_OURSELVES = re.compile(
    r"\b(?:saya|aku|kami|kita|i|we|my|our|me|us|you|anda|kamu)\b", re.IGNORECASE
)
_NUMBER = re.compile(r"\d+(?:[.,:/]\d+)*")
_DATE = re.compile(r"\(\d{1,2}/\d{1,2}(?:/\d{2,4})?\)|\b\d{4}\b")
_AMOUNT = re.compile(
    r"\bRp|US\$|\$|£|€|%|\bpersen\b|\bpercent\b|\b(?:juta|miliar|triliun|[mb]illion)\b"
)


class Profile:
    """The units of one article as the scorer sees them."""

    def __init__(
        self,
        units: Sequence[Unit],
        vectors: Vectors,
        title: tuple[str, Vectors] | None,
        english: bool,
    ) -> None:
        self.units = units
        self.vectors = vectors
        self.title = title
        self.english = english

    @cached_property
    def words(self) -> list[list[str]]:
        """The content words of each unit, cut to their stems, in order."""
        return [content(unit.text) for unit in self.units]

    @cached_property
    def similarity(self) -> NDArray[np.float32]:
        """Cosines between units. *Shape:* (n, n)."""
        return np.asarray(self.vectors @ self.vectors.T, np.float32)


def content(text: str) -> list[str]:
    """Return the words that carry content, folded and cut to six letters."""
    words = (match.group().casefold() for match in _WORD.finditer(text))
    return [word[:_STEM] for word in words if word not in stop_words() and len(word) > 1]


def features(profile: Profile) -> tuple[list[str], Features]:
    """Return names and values. *Shape:* (n, number of features)."""
    columns: dict[str, Column] = {}
    for group in (_place, _length, _meaning, _vocabulary, _naming, _wording):
        columns |= group(profile)
    columns |= _neighbours(columns)
    columns |= _article(profile)
    matrix = np.stack([np.asarray(column, np.float32) for column in columns.values()], axis=1)
    return list(columns), matrix


def _place(profile: Profile) -> dict[str, Column]:
    count = len(profile.units)
    rank = np.arange(count)
    before = np.cumsum([0, *(unit.words for unit in profile.units)])[:-1]
    opens = np.array([not unit.follows for unit in profile.units], float)
    paragraph = np.cumsum(opens)
    return {
        "inverse rank": 1 / (rank + 1),
        "log rank": np.log1p(rank),
        "depth": rank / count,
        "first": (rank == 0).astype(float),
        "last": (rank == count - 1).astype(float),
        "words before": np.log1p(before / 20),
        "opens paragraph": opens,
        "log paragraph": np.log1p(paragraph),
        "one line": (paragraph[-1] < 2) * np.ones(count),
    }


def _length(profile: Profile) -> dict[str, Column]:
    words = np.array([unit.words for unit in profile.units], float)
    return {
        "log words": np.log(words),
        "words to mean": np.tanh(words / words.mean() - 1),
        "short": np.maximum(0, 10 - words) / 10,
        "long": np.tanh(np.maximum(0, words - 35) / 20),
        "sentences": [unit.sentences - 1.0 for unit in profile.units],
    }


def standard(values: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return z-scores squeezed into (-1, 1): cosines of one text lie close together."""
    spread = max(float(values.std()), 1e-6)
    return np.asarray(np.tanh((values - values.mean()) / spread / 2), np.float64)


def _meaning(profile: Profile) -> dict[str, Column]:
    vectors, similarity = profile.vectors, profile.similarity
    count = len(vectors)
    mean = vectors.mean(axis=0)
    centre = mean / max(float(np.linalg.norm(mean)), 1e-9)
    others = similarity - np.eye(count, dtype=np.float32) * similarity
    near = np.sort(others, axis=1)[:, -3:].mean(axis=1)
    typical = float(np.median(similarity))
    scale = max(1 - typical, 1e-6)
    earlier = [float(similarity[i, :i].max()) if i else typical for i in range(count)]
    later = [
        float(similarity[i, i + 1 :].max()) if i + 1 < count else typical for i in range(count)
    ]
    known = profile.title is not None
    title = standard(vectors @ profile.title[1]) if profile.title else np.zeros(count)
    return {
        "centrality": standard(vectors @ centre),
        "centrality gap": (vectors @ centre - (vectors @ centre).max()) / scale,
        "title": title,
        "title known": np.full(count, float(known)),
        "title rank": _rank(vectors @ profile.title[1]) if profile.title else np.zeros(count),
        "lead": standard(similarity[:, 0]) * (np.arange(count) > 0),
        "lead three": standard(vectors @ vectors[:3].mean(axis=0)),
        "near": standard(near),
        "like earlier": (np.array(earlier) - typical) / scale,
        "like later": (np.array(later) - typical) / scale,
        "like previous": [
            (float(similarity[i, i - 1]) - typical) / scale if i else 0 for i in range(count)
        ],
        "like next": [
            (float(similarity[i, i + 1]) - typical) / scale if i + 1 < count else 0
            for i in range(count)
        ],
    }


def _rank(values: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return 1 for the largest value, falling as one over the rank."""
    order = np.argsort(-values)
    ranks = np.empty(len(values))
    ranks[order] = np.arange(1, len(values) + 1)
    return 1 / ranks


def _vocabulary(profile: Profile) -> dict[str, Column]:
    listed = profile.words
    frequency = Counter(word for words in listed for word in words)
    spread = Counter(word for words in listed for word in set(words))
    title = set(content(profile.title[0])) if profile.title else set()
    lead = set(listed[0])
    seen: set[str] = set()
    new, title_share, title_held, common, lead_held, echoed, rare = [], [], [], [], [], [], []
    for words in listed:
        kinds = set(words)
        size = max(len(kinds), 1)
        new.append(len(kinds - seen) / size)
        seen |= kinds
        title_held.append(len(kinds & title) / max(len(title), 1))
        title_share.append(len(kinds & title) / size)
        lead_held.append(len(kinds & lead) / max(len(lead), 1))
        common.append(sum(math.log(frequency[w]) for w in kinds) / size)
        echoed.append(sum(spread[w] > 1 for w in kinds) / size)
        rare.append(math.log1p(sum(spread[w] > 1 for w in kinds)))
    return {
        "new words": new,
        "title words": title_held,
        "title share": title_share,
        "lead words": lead_held,
        "frequency": common,
        "echoed": echoed,
        "echoes": rare,
    }


def _naming(profile: Profile) -> dict[str, Column]:
    seen: set[str] = set()
    names, fresh = [], []
    for unit in profile.units:
        found = set(names_of(unit.text))
        names.append(len(found))
        fresh.append(len(found - seen))
        seen |= found
    words = np.array([unit.words for unit in profile.units], float)
    texts = [unit.text for unit in profile.units]
    return {
        "names": np.log1p(names),
        "name share": np.array(names) / words,
        "new names": np.log1p(fresh),
        "numbers": [math.log1p(len(_NUMBER.findall(text))) for text in texts],
        "dated": _tells(texts, _DATE),
        "amounts": _tells(texts, _AMOUNT),
    }


def _tells(texts: Sequence[str], pattern: re.Pattern[str]) -> list[float]:
    return [float(bool(pattern.search(text))) for text in texts]


def _wording(profile: Profile) -> dict[str, Column]:
    units = profile.units
    texts = [unit.text for unit in units]

    def each(of: Callable[[Unit], object]) -> list[float]:
        return [float(bool(of(unit))) for unit in units]

    return {
        "opens quoted": each(lambda unit: unit.opens_quoted),
        "only quoted": each(lambda unit: unit.only_quoted),
        "question": each(lambda unit: "?" in unit.text),
        "torn": each(lambda unit: unit.torn),
        "points back": each(lambda unit: unit.points_back),
        "noun meant": each(lambda unit: unit.noun_meant),
        "name meant": each(lambda unit: unit.name_meant),
        "said": _tells(texts, _SAID),
        "ourselves": _tells(texts, _OURSELVES),
        "brackets": each(lambda unit: "(" in unit.text),
        "ended": _tells(texts, ENDED),
        "colon": each(lambda unit: unit.text.endswith(":")),
    }


_LOOKED_AT = (
    "log words",
    "opens quoted",
    "points back",
    "said",
    "centrality",
    "new words",
    "lead words",
)


def _neighbours(columns: dict[str, Column]) -> dict[str, Column]:
    """Return some features of the unit before and the unit after; 0 where there is none."""
    around: dict[str, Column] = {}
    for name in _LOOKED_AT:
        values = np.asarray(columns[name], np.float32)
        around[f"{name}, before"] = np.concatenate(([0], values[:-1]))
        around[f"{name}, after"] = np.concatenate((values[1:], [0]))
    return around


def _article(profile: Profile) -> dict[str, Column]:
    count = len(profile.units)
    words = sum(unit.words for unit in profile.units)
    return {
        "log units": np.full(count, math.log(count)),
        "log article": np.full(count, math.log(words)),
        "mean words": np.full(count, words / count / 20),
        "english": np.full(count, float(profile.english)),
    }
