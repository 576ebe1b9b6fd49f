"""Word pairs of the two languages, and ordinary words of each, from news and translations.

Pairs are what IBM Model 1 (Brown et al., Computational Linguistics 1993), run in both directions,
agrees on. Ordinary words are those that news mostly writes without a capital.
"""

from __future__ import annotations

import math
import re
import textwrap
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from evaluation.data import rows

TRANSLATIONS = ("bppt_news.train", "guntara_news.train2", "ted.train", "tico19.train")
TEXTS = {
    "id": ("summarization/indosum.train", "summarization/detik.train", "news/clickid"),
    "en": ("summarization/cnndm.train", "news/bbc_en", "summarization/inshorts.train"),
}
_ITERATIONS = 5
_LONGEST = 60  # words of a sentence
_RAREST = 3  # times that a word of a pair must occur
_LEAST_SCORE = 0.12  # geometric mean of the two probabilities
_LEAST_COUNT = 1.5  # expected number of times that the two are each other's translation
_MOST_COUNTERPARTS = 5
_ORDINARY_COUNT = 8
_ORDINARY_SHARE = 0.5
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_WITHIN = re.compile(r"(?<=[a-z,] )[^\W\d_]+(?:-[^\W\d_]+)*")

Sentence = list[str]
Pair = tuple[Sentence, Sentence]
Table = dict[tuple[str, str], float]


def write_lexicon(data: Path, out: Path) -> None:
    """Write ``pairs.tsv`` and the ordinary words of both languages into ``out``."""
    pairs = list(translations(data))
    lines = (f"{word}\t{' '.join(others)}" for word, others in sorted(counterparts(pairs).items()))
    (out / "pairs.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    for language in TEXTS:
        words = " ".join(sorted(ordinary(texts(data, language))))
        wrapped = textwrap.fill(words, 100, break_long_words=False, break_on_hyphens=False)
        (out / f"ordinary.{language}.txt").write_text(wrapped + "\n", encoding="utf-8")


def translations(data: Path) -> Iterator[Pair]:
    """Yield English sentences with their Indonesian translations, as lower-case words."""
    for name in TRANSLATIONS:
        for row in rows(data / "translation" / name):
            pair = _words(row["en"]), _words(row["id"])
            if all(1 < len(side) <= _LONGEST for side in pair):
                yield pair


def texts(data: Path, language: str) -> Iterator[str]:
    """Yield texts in one language."""
    for name in TEXTS[language]:
        yield from (row["text"] for row in rows(data / name))
    for name in TRANSLATIONS:
        yield from (row[language] for row in rows(data / "translation" / name))


def counterparts(pairs: list[Pair]) -> dict[str, list[str]]:
    """Return for each English word its Indonesian counterparts, the likeliest first."""
    forward, counts = model1(pairs)
    backward, _ = model1([(indonesian, english) for english, indonesian in pairs])
    seen = Counter(word for pair in pairs for side in pair for word in side)
    found: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for (word, other), probability in forward.items():
        score = math.sqrt(probability * backward.get((other, word), 0.0))
        common = min(seen[word], seen[other]) >= _RAREST
        if word and common and score >= _LEAST_SCORE and counts[word, other] >= _LEAST_COUNT:
            found[word].append((score, other))
    best = {
        word: [other for _, other in sorted(scored, reverse=True)[:_MOST_COUNTERPARTS]]
        for word, scored in found.items()
    }
    return {word: others for word, others in best.items() if others != [word]}


def model1(pairs: Iterable[Pair]) -> tuple[Table, Mapping[tuple[str, str], float]]:
    """Return p(target | source) by ``(source, target)``, and the last expected counts.

    The source's empty word, ``""``, takes up targets that translate nothing.
    """
    listed = [(["", *source], target) for source, target in pairs]
    table: Table = {}
    counts: Table = {}
    for iteration in range(_ITERATIONS):
        counts = defaultdict(float)
        totals: dict[str, float] = defaultdict(float)
        for source, target in listed:
            for word in target:
                chances = [table.get((one, word), 1e-7) if iteration else 1.0 for one in source]
                whole = sum(chances)
                for one, chance in zip(source, chances, strict=True):
                    if (part := chance / whole) > 1e-3:
                        counts[one, word] += part
                        totals[one] += part
        shares = {key: count / totals[key[0]] for key, count in counts.items()}
        table = {key: share for key, share in shares.items() if share > 1e-4}
    return table, counts


def ordinary(found: Iterable[str]) -> list[str]:
    """Return the words that texts mostly write without a capital where none is called for."""
    lower: Counter[str] = Counter()
    upper: Counter[str] = Counter()
    for text in found:
        for word in _WITHIN.findall(text):
            (lower if word.islower() else upper)[word.casefold()] += 1
    return [
        word
        for word, count in lower.items()
        if count >= max(_ORDINARY_COUNT, _ORDINARY_SHARE * (count + upper[word]))
    ]


def _words(text: str) -> Sentence:
    return [re.sub(r"['’]s$", "", word.casefold()) for word in _WORD.findall(text)]
