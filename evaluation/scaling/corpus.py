"""Wikipedia passages of any number: real ones first, then ones recombined from them.

Words are real up to the number of passages there is, and beyond it each passage is the first half
of one and the second half of another. Vectors are real for the passages that were embedded. Any
other vector is one of those, moved by a part of the difference between two more: so it keeps the
directions in which real ones differ. How large a part is chosen so that neighbours are as near
each other as among real vectors.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from evaluation.data import DataError, rows
from retrieval.stores import StoredArticle, StoredPassage, StorePage
from retrieval.terms import terms
from ringkas.embedding import Embedder
from ringkas.embedding.base import Fingerprint, Vectors
from ringkas.types import Article, Passage

if TYPE_CHECKING:
    import pyarrow as pa

Say = Callable[[str], None]
# Title, text and terms.
Words = tuple[str, str, str]

PASSAGES_EACH = 5
"""Passages of an article, as 90-word passages make of a news article of 400 words."""
BLOCK = 256
"""Articles made and written at a time, as ``ringkas index copy`` does."""
OUTLETS = 40
FIRST_DAY = datetime(2015, 1, 1, tzinfo=UTC)
DAYS = 3_650
_FILES = ("wiki_id.0", "wiki_id.1")
_LOT = 128
_SAMPLE = 4_000  # vectors among which nearness is compared
_NEIGHBOURS = 10


@dataclass(frozen=True)
class Corpus:
    """Texts with their terms (a table of ``title``, ``text``, ``terms``), and real vectors.

    ``questions`` are real ones, too. ``spread`` is the part of a difference by which a vector is
    moved; ``nearness`` the mean cosine to the ten nearest among real vectors and among made ones.
    *Shape of vectors:* (embedded, dim); of ``asked``: (len(questions), dim).
    """

    texts: pa.Table
    vectors: Vectors
    questions: tuple[str, ...]
    asked: Vectors
    spread: float
    nearness: tuple[float, float]

    @property
    def size(self) -> int:
        """How many passages have words of their own."""
        return int(self.texts.num_rows)

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        return int(self.vectors.shape[1])

    def block(self, number: int, passages: int) -> StorePage:
        """Return the articles of one block, cut at ``passages`` passages; always the same."""
        chance = np.random.default_rng([2_026, number])
        first = number * BLOCK * PASSAGES_EACH
        places = range(first, min(first + BLOCK * PASSAGES_EACH, passages))
        texts = [self._text(place) for place in places]
        items: list[StoredArticle] = []
        cut: list[StoredPassage] = []
        for at in range(0, len(places), PASSAGES_EACH):
            own = texts[at : at + PASSAGES_EACH]
            item = StoredArticle(_article(places[at], own, chance), "r1", "")
            items.append(StoredArticle(item.article, "r1", item.article.id))
            cut += _passages(item, own)
        return StorePage(items, cut, self._vectors(places, chance))

    def made(self, count: int, chance: np.random.Generator) -> Vectors:
        """Return made vectors. *Shape:* (count, dim)."""
        return moved(self.vectors, count, self.spread, chance)

    def _vectors(self, places: range, chance: np.random.Generator) -> Vectors:
        real = self.vectors[places.start : places.stop]
        made = self.made(len(places) - len(real), chance)
        return np.concatenate([real, made]) if len(made) else real

    def _text(self, place: int) -> Words:
        """Return title, text and terms of a passage."""
        if place < self.size:
            return self._row(place)
        turn, one = divmod(place, self.size)
        other = int.from_bytes(hashlib.sha256(f"{place}".encode()).digest()[:4]) % self.size
        title, text, words = self._row(one)
        _, more, further = self._row(other)
        joined = " ".join([*_half(text, first=True), *_half(more, first=False)])
        found = " ".join([*_half(words, first=True), *_half(further, first=False)])
        return f"{title} {turn + 1}", joined, found

    def _row(self, place: int) -> Words:
        title, text, words = (
            self.texts[name][place].as_py() for name in ("title", "text", "terms")
        )
        return title, text, words


def _half(text: str, *, first: bool) -> list[str]:
    words = text.split()
    middle = len(words) // 2
    return words[:middle] if first else words[middle:]


def _article(place: int, texts: Sequence[Words], chance: np.random.Generator) -> Article:
    """Return an article with a day in ten years and an outlet, of which some are large."""
    day = FIRST_DAY + timedelta(minutes=int(chance.integers(DAYS * 24 * 60)))
    outlet = int(OUTLETS * chance.random() ** 3)
    return Article(
        f"wiki-{place // PASSAGES_EACH:08d}",
        texts[0][0],
        "\n\n".join(text for _, text, _ in texts),
        "id",
        source=f"outlet-{outlet:02d}.example",
        published=day,
    )


def _passages(item: StoredArticle, texts: Sequence[Words]) -> Iterator[StoredPassage]:
    start = 0
    for _, text, words in texts:
        passage = Passage(item.article.id, start, start + len(text))
        yield StoredPassage(passage, item.revision, "id", words)
        start += len(text) + 2


def moved(vectors: Vectors, count: int, spread: float, chance: np.random.Generator) -> Vectors:
    """Return vectors moved by ``spread`` of the difference between two others. (count, dim)."""
    base, one, other = chance.integers(len(vectors), size=(3, count))
    shifted = vectors[base] + np.float32(spread) * (vectors[one] - vectors[other])
    made: Vectors = shifted / np.linalg.norm(shifted, axis=-1, keepdims=True)
    return made.astype(np.float32)


def nearness(vectors: Vectors) -> float:
    """Return the mean cosine of vectors to their ten nearest others."""
    cosines = vectors @ vectors.T
    np.fill_diagonal(cosines, -1)
    near = min(_NEIGHBOURS, len(vectors) - 1)
    return float(np.sort(cosines, axis=1)[:, -near:].mean())


def fitted_spread(vectors: Vectors) -> tuple[float, float, float]:
    """Return the spread that makes vectors as near to each other as these, and both nearnesses."""
    sample = vectors[:_SAMPLE]
    aim, low, high = nearness(sample), 0.0, 2.0
    for _ in range(8):
        middle = (low + high) / 2
        found = nearness(moved(sample, len(sample), middle, np.random.default_rng(7)))
        low, high = (middle, high) if found > aim else (low, middle)
    return middle, aim, found


class Remembered:
    """An embedder that knows the vectors of questions, and makes one up for any passage.

    It takes no time, so that what is measured is the index alone.
    """

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._known = dict(zip(corpus.questions, corpus.asked, strict=True))

    @property
    def fingerprint(self) -> Fingerprint:
        """What made the vectors."""
        return Fingerprint("evaluation.scaling", self._corpus.dimension, "", "")

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of known questions. *Shape:* (len(texts), dim)."""
        return np.stack([self._known[text] for text in texts])

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one made vector a passage, the same for the same text. (len(texts), dim)."""
        seeds = (hashlib.sha256(text.encode()).digest()[:8] for text in texts)
        made = [self._corpus.made(1, np.random.default_rng(int.from_bytes(s))) for s in seeds]
        return np.concatenate(made) if made else np.zeros((0, self._corpus.dimension), np.float32)


def prepare(
    data: Path, folder: Path, embedder: Embedder, embedded: int, asked: int, say: Say
) -> Corpus:
    """Read, stem and embed what the corpus needs, into ``folder``; what is there is not redone.

    Raises:
        DataError: the passages or the questions are missing.
    """
    folder.mkdir(parents=True, exist_ok=True)
    texts = _texts(data, folder / "texts.parquet", say)
    vectors = _embedded(texts, folder / "vectors.npy", embedder, embedded, say)
    questions = [row["query"] for row in rows(data / "retrieval" / "tydi_id.queries")][:asked]
    known = _asked(questions, folder, embedder)
    spread, real, made = fitted_spread(vectors)
    return Corpus(texts, vectors, tuple(questions), known, spread, (real, made))


def _texts(data: Path, file: Path, say: Say) -> pa.Table:
    import pyarrow as pa
    import pyarrow.parquet as pq

    if not file.exists():
        say("stemming the passages, once")
        names = ("title", "text", "terms")
        found = [
            (str(row["title"]), row["text"], " ".join(terms(f"{row['title']} {row['text']}", "id")))
            for name in _FILES
            for row in rows(data / "wiki" / name)
        ]
        if not found:
            raise DataError(f"no passages in {data / 'wiki'}")
        made = pa.table(dict(zip(names, map(list, zip(*found, strict=True)), strict=True)))
        part = file.with_suffix(".part")
        pq.write_table(made, part)
        part.rename(file)
    return pq.read_table(file)


def _embedded(texts: pa.Table, file: Path, embedder: Embedder, count: int, say: Say) -> Vectors:
    """Embed the first passages; an interrupted call goes on where it stopped."""
    wanted = texts["text"].slice(0, count).to_pylist()
    known: Vectors = (
        np.load(file, allow_pickle=False)[:count] if file.exists() else np.zeros((0, 0), np.float32)
    )
    while len(known) < len(wanted):
        fresh = embedder.embed_passages(wanted[len(known) : len(known) + _LOT])
        known = np.concatenate([known, fresh]) if len(known) else fresh
        part = file.with_suffix(".part.npy")
        np.save(part, known)
        part.rename(file)
        say(f"embedded {len(known):,} of {len(wanted):,}")
    return known


def _asked(questions: Sequence[str], folder: Path, embedder: Embedder) -> Vectors:
    file, listed = folder / "questions.npy", folder / "questions.json"
    if not listed.exists() or json.loads(listed.read_text(encoding="utf-8")) != list(questions):
        np.save(file, embedder.embed_queries(questions))
        listed.write_text(json.dumps(list(questions), ensure_ascii=False), encoding="utf-8")
    known: Vectors = np.load(file, allow_pickle=False)
    return known
