"""What each stage sets the writer as exercises, drawn anew and the same way for every portion."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

from ringkas.types import OutputLanguage
from training.generator.aligning import agreeing
from training.generator.corpora import (
    ENGLISH,
    HEADLINES,
    INDONESIAN,
    INDONESIAN_NEWS,
    SUMMARIES,
    TRANSLATIONS,
    Corpus,
    Told,
    in_one_line,
    pairs,
    texts,
)
from training.generator.corpora import sentences as sentences_of
from training.generator.denoising import shuffled, without_gist
from training.generator.lexicon import read_lexicon
from training.summarizer.data import read_pairs

# Shares of tokens in gaps. A sentence alone says less about what is missing than a text does.
_SENTENCE_GAPS, _TEXT_GAPS = 0.15, 0.3
# Headlines are many and short: so many of them against a summary; so many translations.
_HEADLINES, _TRANSLATIONS = 0.3, 0.2
# English of Indonesian articles is asked for most, and Indonesian has more text of its own.
_INTO_ENGLISH = 0.65


@dataclass(frozen=True, slots=True)
class Exercise:
    """A source, and the reply in ``language`` and ``style`` that is wanted to it.

    ``gaps`` is the share of the source's tokens that are taken away.
    """

    source: str
    reply: str
    language: OutputLanguage
    style: str
    gaps: float = 0.0


@dataclass(frozen=True, slots=True)
class Pool:
    """Things that exercises are made of; ``weight`` of them against the other pools'."""

    weight: float
    items: Sequence[Any]
    make: Callable[[Any, random.Random], Exercise | None]


def portion(pools: Sequence[Pool], number: int, size: int, seed: int) -> list[Exercise]:
    """Return the exercises of one portion: each pool is gone through in an order of its own.

    Nothing comes twice before everything in its pool came once, whatever the portions' size.
    """
    whole = sum(pool.weight for pool in pools)
    found: list[Exercise] = []
    for which, pool in enumerate(pools):
        share = max(1, round(size * pool.weight / whole))
        for place in range(number * share, (number + 1) * share):
            turn, at = divmod(place, len(pool.items))
            item = pool.items[_order(len(pool.items), seed, which, turn)[at]]
            chance = random.Random(f"{seed}/{which}/{place}")
            if (made := pool.make(item, chance)) is not None:
                found.append(made)
    return found


_orders: dict[tuple[int, int, int, int], list[int]] = {}


def _order(length: int, seed: int, which: int, turn: int) -> list[int]:
    """Return the order in which a pool is gone through in one turn; the last few are kept."""
    key = (length, seed, which, turn)
    if key not in _orders:
        for old in [known for known in _orders if known[:3] == key[:3]]:
            del _orders[old]
        _orders[key] = random.Random(str(key)).sample(range(length), length)
    return _orders[key]


@dataclass(frozen=True, slots=True)
class Material:
    """Where exercises come from.

    ``translated`` holds pairs of texts and summaries in the other language, which ``translate``
    wrote. ``aligned`` holds how well each pair of sentences agrees, which ``align`` wrote; those
    that do not are left out. ``lexicon`` is the dictionary. ``stated_only`` leaves out corpora
    whose origin states no terms.
    """

    data: Path
    translated: Path | None = None
    aligned: Path | None = None
    lexicon: Path | None = None
    stated_only: bool = False

    def of(self, corpora: Iterable[Corpus]) -> tuple[Corpus, ...]:
        """Return those of the corpora that are used."""
        return tuple(one for one in corpora if one.stated or not self.stated_only)

    def pairs(self) -> list[tuple[str, str]]:
        """Return the sentences in Indonesian, and the same in English."""
        found = list(pairs(self.data, self.of(TRANSLATIONS)))
        return found if self.aligned is None else agreeing(found, self.aligned)


def sentences(material: Material) -> list[Pool]:
    """Return short exercises: translation both ways, and gaps in each language's sentences.

    With a lexicon its words as well: a fifth of the exercises, and a twentieth of the tokens.
    """
    both, data = material.pairs(), material.data
    indonesian = [Told(text, "id") for text, _ in both]
    indonesian += sentences_of(data, material.of(INDONESIAN_NEWS), "id")
    english = [Told(text, "en") for _, text in both]
    english += sentences_of(data, material.of(ENGLISH), "en")
    words = read_lexicon(material.lexicon) if material.lexicon is not None else []
    pools = [
        Pool(0.60, both, _translated),
        Pool(0.20, words, _translated),
        Pool(0.08, indonesian, _sentence_restored),
        Pool(0.12, english, _sentence_restored),
    ]
    return [pool for pool in pools if pool.items]


def passages(material: Material) -> list[Pool]:
    """Return longer ones: texts with gaps and their sentences shuffled, and texts' gists."""
    indonesian = list(texts(material.data, material.of(INDONESIAN), "id"))
    english = list(texts(material.data, material.of(ENGLISH), "en"))
    pools = [
        Pool(0.35, indonesian, _text_restored),
        Pool(0.15, indonesian, _gist_found),
        Pool(0.15, english, _text_restored),
        Pool(0.10, english, _gist_found),
        *[Pool(0.25 * pool.weight, pool.items, pool.make) for pool in sentences(material)],
    ]
    return [pool for pool in pools if pool.items]


def summaries(material: Material) -> list[Pool]:
    """Return summaries and headlines, and a share of translation, lest it be forgotten."""
    data = material.data
    pools = []
    for corpus in material.of(SUMMARIES):
        style, language = SUMMARIES[corpus]
        rows = [
            (in_one_line(row["text"]), in_one_line(row["summary"])) for row in corpus.rows(data)
        ]
        pools.append(Pool(len(rows), rows, partial(_written, style=style, language=language)))
    for corpus in material.of(HEADLINES):
        rows = [(in_one_line(row["text"]), in_one_line(row["title"])) for row in corpus.rows(data)]
        make = partial(_written, style="headline", language=HEADLINES[corpus])
        pools.append(Pool(_HEADLINES * len(rows), rows, make))
    if material.translated is not None:
        other = [
            (pair.text, pair.summary, pair.language)
            for pair in read_pairs(material.translated, "en")
        ]
        pools.append(Pool(len(other), other, _written_in_the_other))
    weight = _TRANSLATIONS * sum(pool.weight for pool in pools)
    return [*pools, Pool(weight, material.pairs(), _translated)]


STAGES: Final[dict[str, Callable[[Material], list[Pool]]]] = {
    "sentences": sentences,
    "passages": passages,
    "summaries": summaries,
}


def _translated(pair: tuple[str, str], chance: random.Random) -> Exercise:
    indonesian, english = pair
    if chance.random() < _INTO_ENGLISH:
        return Exercise(indonesian, english, "en", "translation")
    return Exercise(english, indonesian, "id", "translation")


def _sentence_restored(told: Told, _: random.Random) -> Exercise:
    return Exercise(told.text, told.text, told.language, "restored", _SENTENCE_GAPS)


def _text_restored(told: Told, chance: random.Random) -> Exercise:
    source = shuffled(told.text, chance)
    return Exercise(source, told.text, told.language, "restored", _TEXT_GAPS)


def _gist_found(told: Told, _: random.Random) -> Exercise | None:
    parts = without_gist(told.text)
    return parts and Exercise(parts[0], parts[1], told.language, "summary")


def _written(
    row: tuple[str, str], _: random.Random, *, style: str, language: OutputLanguage
) -> Exercise | None:
    text, reply = row
    return Exercise(text, reply, language, style) if text and reply else None


def _written_in_the_other(row: tuple[str, str, OutputLanguage], _: random.Random) -> Exercise:
    text, summary, language = row
    return Exercise(text, summary, language, "summary")
