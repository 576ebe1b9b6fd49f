"""Articles with reference summaries, cut into units, and what a scorer should say of each unit."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evaluation.data import rows
from evaluation.rouge import Reference, tokenizer
from ringkas.embedding import Embedder
from ringkas.sources import article_from_text
from ringkas.text.sentences import split
from ringkas.types import Article
from summarizer.extractive import own_title
from summarizer.features import Profile
from summarizer.units import Unit, units

TRAINING_SETS = ("indosum.train", "detik.train", "cnndm.train", "inshorts.train")
DEV_SETS = ("indosum.dev", "detik.dev", "cnndm.dev")
SLUG = ", titles from addresses"
FOLDS = 5
# Inshorts' articles have lost the breaks between their paragraphs: "on Monday.The bank said". Left
# so, whole paragraphs are one sentence, too long for any summary.
_LOST_BREAK = re.compile(r"(?<=[a-z0-9)%?][.!])(?=\??[A-Z])")


@dataclass(frozen=True)
class Example:
    """An article, with a title or without, and its reference summary."""

    id: str
    set: str
    article: Article
    title: str | None
    reference: str

    @cached_property
    def english(self) -> bool:
        """Whether the article is in English."""
        return self.article.language == "en"

    @cached_property
    def units(self) -> list[Unit]:
        """What a summary of the article is made of."""
        return units(self.article.text, split(self.article.text))

    @cached_property
    def tokens(self) -> list[list[str]]:
        """ROUGE's tokens of each unit."""
        cut = tokenizer(english=self.english)
        return [cut(unit.text) for unit in self.units]

    @cached_property
    def target(self) -> Reference:
        """The reference, ready to score choices of units."""
        return Reference(tokenizer(english=self.english)(self.reference))

    @property
    def fold(self) -> int:
        """Which part of the data it belongs to, by a hash of its id. In [0, FOLDS)."""
        return int(hashlib.sha256(self.id.encode()).hexdigest(), 16) % FOLDS

    @property
    def texts(self) -> list[str]:
        """What is to be embedded: the units, and the title last where there is one."""
        return [*(unit.text for unit in self.units), *([self.title] if self.title else [])]

    def profile(self, embedder: Embedder) -> Profile:
        """Return what the scorer sees."""
        vectors = embedder.embed_passages(self.texts)
        count = len(self.units)
        title = (self.title, vectors[count]) if self.title else None
        return Profile(self.units, vectors[:count], title, english=self.english)


def examples(folder: Path, name: str, limit: int | None = None) -> Iterator[Example]:
    """Yield the examples of ``summarization/<name>``, the first ``limit`` articles.

    IndoSum has no titles but the slugs of its addresses, which are titles without punctuation and
    cut at 50 letters. Each of its articles comes twice, as it is and with such a title.

    Raises:
        DataError: the set is missing.
    """
    for number, row in enumerate(rows(folder / "summarization" / name)):
        if number == limit:
            return
        text = _LOST_BREAK.sub("\n\n", row["text"]) if "inshorts" in name else row["text"]
        article = article_from_text(text, row.get("title") or None)
        yield Example(row["id"], name, article, own_title(article), row["summary"])
        if row.get("slug"):
            title = row["slug"].replace("-", " ")
            yield Example(row["id"], name + SLUG, article, title, row["summary"])


def shares(example: Example) -> NDArray[np.float64]:
    """Return what share of each unit's words the reference repeats. *Shape:* (n,), in [0, 1].

    The mean of three shares: of its words, of its pairs of neighbours, and of its longest
    sequence that the reference has in the same order: what ROUGE-1, 2 and L count.
    """
    return np.array([_share(example.target, tokens) for tokens in example.tokens])


def _share(reference: Reference, tokens: Sequence[str]) -> float:
    words, pairs = max(len(tokens), 1), max(len(tokens) - 1, 1)
    return (
        reference.shared_words(tokens) / words
        + reference.shared_pairs(tokens) / pairs
        + reference.longest(tokens) / words
    ) / 3
