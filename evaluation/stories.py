"""Stories, copies and sections of newsletters against labels, next to simpler ways."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray

from evaluation.metrics import mean
from evaluation.report import Cell, Table
from evaluation.retrieval_sets import SEED, drawn
from evaluation.stories_data import LabelledDay, Part, articles, days, news, pairs
from evaluation.stories_metrics import Score, b_cubed, in_company, numbered, weighted
from evaluation.stories_planting import KINDS, plant
from evaluation.stories_sections import section_table
from ringkas.embedding import Embedder, get_embedder
from ringkas.embedding.base import Vectors
from ringkas.settings import Settings
from ringkas.text.vocabulary import stop_words
from ringkas.types import Article
from summarizer.digesting.remembering import Remembering
from summarizer.newsletters.clustering import LEAST, clusters, late_margin
from summarizer.newsletters.copies import voices
from summarizer.same_story import leads, margin, signs

PARTS: tuple[Part, ...] = ("tune", "test")
_ORIGINALS = 150
_OTHERS = 1000

Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Day:
    """A labelled day's articles with their vectors. *Shape:* (articles, dimension)."""

    labels: LabelledDay
    articles: tuple[Article, ...]
    vectors: Vectors

    @property
    def gold(self) -> dict[str, int]:
        """The number of each article's story."""
        return numbered(self.labels.stories)


def tables(folder: Path, settings: Settings, limit: int) -> list[Table]:
    """Return all tables; at most ``limit`` articles a set are put into sections."""
    embedder = Remembering(get_embedder(settings))
    read = {part: _day(folder, labels, embedder) for part, labels in days().items()}
    return [
        day_table(read),
        pair_table(folder, embedder),
        copy_table(folder),
        section_table(folder, embedder, limit),
    ]


def _day(folder: Path, labels: LabelledDay, embedder: Embedder) -> Day:
    found = articles(folder, labels.ids)
    listed = tuple(found[key] for key in labels.ids)
    return Day(labels, listed, embedder.embed_passages(leads(listed)))


def day_table(read: dict[Part, Day]) -> Table:
    """Return B-cubed figures of both days, for this way of grouping and simpler ones."""
    found = [
        ("every article alone", {part: numbered((k,) for k in read[part].gold) for part in PARTS}),
        ("words of titles, single linkage", _tuned(read, _title_overlap)),
        ("cosine of leads, single linkage", _tuned(read, _cosines)),
        ("cosine and names, single linkage", _tuned(read, _margins)),
        ("newsletter", {part: _newsletter(read[part]) for part in PARTS}),
    ]
    columns = ("grouping", "P tune", "R tune", "F1 tune", "P test", "R test", "F1 test", "F1 kept")
    note = (
        f"B-cubed over the {len(read['tune'].articles)} and {len(read['test'].articles)} articles "
        f"of {read['tune'].labels.day} and {read['test'].labels.day}. 'F1 kept' averages over the "
        "articles of the test day that are not alone both in the labels and in the grouping. "
        "Thresholds of single linkage are the best on the tuning day."
    )
    lines = [(name, *_day_cells(read, groups)) for name, groups in found]
    return Table("Stories of a day", columns, tuple(lines), note)


def _day_cells(read: dict[Part, Day], groups: dict[Part, dict[str, int]]) -> list[Cell]:
    cells: list[Cell] = []
    for part in PARTS:
        score = b_cubed(read[part].gold, groups[part])
        cells += [score.precision, score.recall, score.f1]
    gold = read["test"].gold
    return [*cells, b_cubed(gold, groups["test"], in_company(gold, groups["test"])).f1]


def _newsletter(day: Day) -> dict[str, int]:
    found = clusters(day.articles, day.vectors)
    return numbered([[day.labels.ids[index] for index in one.members] for one in found])


def _tuned(read: dict[Part, Day], alike: Callable[[Day], Matrix]) -> dict[Part, dict[str, int]]:
    """Return single-linkage groups of both days at the threshold that is best on the first."""
    likeness = {part: alike(read[part]) for part in PARTS}
    values = likeness["tune"][np.triu_indices(len(likeness["tune"]), 1)]
    tried = np.unique(np.quantile(values, 1 - np.geomspace(1e-4, 1e-2, 40)))
    best = max(
        tried,
        key=lambda least: (
            b_cubed(read["tune"].gold, _linked(read["tune"], likeness["tune"], least)).f1
        ),
    )
    return {part: _linked(read[part], likeness[part], best) for part in PARTS}


def _linked(day: Day, likeness: Matrix, least: float) -> dict[str, int]:
    """Return the number of each article's connected group."""
    number = np.arange(len(likeness))
    for one, other in zip(*np.nonzero(np.triu(likeness >= least, 1)), strict=True):
        number[number == number[other]] = number[one]
    return dict(zip(day.labels.ids, number.tolist(), strict=True))


def _cosines(day: Day) -> Matrix:
    return np.asarray(day.vectors @ day.vectors.T, np.float32)


def _margins(day: Day) -> Matrix:
    compared = [signs(article) for article in day.articles]
    cosines = _cosines(day)
    likeness = np.full_like(cosines, -1.0)
    for one in range(len(compared)):
        for other in range(one + 1, len(compared)):
            above = margin(float(cosines[one, other]), compared[one], compared[other])
            likeness[one, other] = -1.0 if above is None else above
    return likeness


def _title_overlap(day: Day) -> Matrix:
    titles = [_title_words(article) for article in day.articles]
    return np.array([[_jaccard(one, other) for other in titles] for one in titles], np.float32)


def _title_words(article: Article) -> set[str]:
    return set(re.findall(r"\w+", article.title.casefold())) - stop_words()


def _jaccard(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0


def pair_table(folder: Path, embedder: Embedder) -> Table:
    """Return how well single pairs are told apart, weighted by what each pair stands for."""
    labelled = pairs()
    found = articles(folder, {key for pair in labelled for key in (pair.one, pair.other)})
    vectors = dict(zip(found, embedder.embed_passages(leads(list(found.values()))), strict=True))
    compared = {key: signs(article) for key, article in found.items()}
    titles = {key: _title_words(article) for key, article in found.items()}
    measures: dict[str, list[float]] = {"words of titles": [], "cosine of leads": []}
    measures |= {"cosine and names": [], "newsletter": []}
    for pair in labelled:
        one, other = compared[pair.one], compared[pair.other]
        cosine = float(vectors[pair.one] @ vectors[pair.other])
        above = margin(cosine, one, other)
        measures["words of titles"].append(_jaccard(titles[pair.one], titles[pair.other]))
        measures["cosine of leads"].append(cosine)
        measures["cosine and names"].append(-1.0 if above is None else above)
        measures["newsletter"].append(
            -1.0 if above is None else late_margin(above, one, other) - LEAST
        )
    lines = []
    for name, values in measures.items():
        fixed = {"cosine and names": 0.0, "newsletter": 0.0}.get(name)
        least = _best_least(values) if fixed is None else fixed
        lines.append((name, *_pair_cells(values, least)))
    counts = {part: sum(p.part == part and p.language == "id" for p in labelled) for part in PARTS}
    english = [pair for pair in labelled if pair.language == "en"]
    note = (
        f"{counts['tune']} and {counts['test']} pairs of Indonesian news, drawn from five strata "
        "of likeness and weighted by their sizes, so that the figures are those of all pairs near "
        "the measure: they are the hardest. A newsletter's groups rest on the mean of many pairs. "
        f"'English taken' counts, of {len(english)} English pairs, {sum(p.same for p in english)} "
        "of which are one story, those that are taken for one. Thresholds of the first two are "
        "the best on the tuning half."
    )
    columns = (
        "measure of a pair", "P tune", "R tune", "F1 tune", "P test", "R test", "F1 test",
        "English taken", "of them right",
    )  # fmt: skip
    return Table("Pairs of articles", columns, tuple(lines), note)


def _pair_score(values: Sequence[float], least: float, part: Part) -> Score:
    told = zip(pairs(), values, strict=True)
    return weighted(
        (pair.same, value >= least, pair.weight)
        for pair, value in told
        if pair.part == part and pair.language == "id"
    )


def _best_least(values: Sequence[float]) -> float:
    return max(sorted(set(values)), key=lambda least: _pair_score(values, least, "tune").f1)


def _pair_cells(values: Sequence[float], least: float) -> list[Cell]:
    cells: list[Cell] = []
    for part in PARTS:
        score = _pair_score(values, least, part)
        cells += [score.precision, score.recall, score.f1]
    taken = [
        pair.same
        for pair, value in zip(pairs(), values, strict=True)
        if pair.language == "en" and value >= least
    ]
    return [*cells, len(taken), sum(taken)]


def copy_table(folder: Path) -> Table:
    """Return how many planted copies are found beside their originals, and what else is."""
    chosen = drawn(news(folder))[:_OTHERS]
    found = articles(folder, chosen)
    originals = [found[key] for key in chosen[:_ORIGINALS]]
    others = [found[key] for key in chosen]
    natural = sum(len(voice) - 1 for voice in voices(others))
    lines = []
    for kind in KINDS:
        random = Random(f"{SEED}:{kind}")
        planted = [plant(article, kind, random) for article in originals]
        groups = voices([*others, *planted])
        number = {index: group for group, voice in enumerate(groups) for index in voice}
        hits = [number[place] == number[_OTHERS + place] for place in range(len(planted))]
        lines.append((kind, mean(map(float, hits)), _OTHERS + len(planted) - len(groups)))
    note = (
        f"{_ORIGINALS} articles of clickid and bbc_en are printed once more with changes, among "
        f"{_OTHERS:,} articles. 'folded' counts all articles that were taken for a copy; {natural} "
        "are so without any planted."
    )
    return Table("Planted copies", ("change", "found", "folded"), tuple(lines), note)
