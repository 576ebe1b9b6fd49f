"""The report on answers: readers side by side, refusals, and news as a reader would accept."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from evaluation import news, readers, reading
from evaluation.data import QAExample, Split, data_folder, news_questions, qa_set
from evaluation.public import QA, qa_by_name
from evaluation.reading import Reader, Reading
from evaluation.refusal import Point, curve
from evaluation.report import Table, risk_coverage, show, write
from evaluation.retrieval_sets import drawn
from evaluation.searching import indexed
from ringkas.settings import Settings

if TYPE_CHECKING:
    from matplotlib.figure import Figure

NEWS = "news"


def report(
    data: Path | None,
    settings: Settings,
    sets: Sequence[str],
    limit: int | None,
    split: Split,
    out: Path,
) -> None:
    """Measure the sets and write ``qa.md``, its figures and its plots into ``out``.

    Raises:
        DataError: a set is neither local nor public, or the data folder is needed and missing.
    """
    compared = readers.compared(settings)
    tables: list[Table] = []
    curves: dict[str, list[Point]] = {}
    chosen: dict[str, Point] = {}
    for name in (name for name in sets if name != NEWS):
        readings = _read(name, _examples(name, data, limit), compared, tables)
        best = readings[compared[-1].name]
        curves[name], chosen[name] = curve(best.outcomes), best.point
    if NEWS in sets:
        tables += _news(data_folder(data), settings, split)
        show(tables[-2:])
    page = "qa" if split == "dev" else f"qa-{split}"
    plots: dict[str, Figure] = {}
    if curves:
        plots[f"{page}-risk-coverage"] = risk_coverage(curves, chosen)
    print(f"Wrote {write(out, page, 'Answers', tables, plots)}")


def _examples(name: str, data: Path | None, limit: int | None) -> list[QAExample]:
    examples = qa_by_name(name) if name in QA else qa_set(name, data_folder(data))
    by_id = {example.id: example for example in examples}
    return [by_id[key] for key in drawn(by_id)[:limit]]


def _read(
    name: str, examples: Sequence[QAExample], compared: Sequence[Reader], tables: list[Table]
) -> dict[str, Reading]:
    """Read one set with every reader; add its tables and show them."""
    readings = {reader.name: reading.measure(reader, examples) for reader in compared}
    answerable = sum(bool(example.answers) for example in examples)
    note = f"{len(examples)} questions, {answerable} of them answerable"
    made = [reading.table(name, readings, note)]
    if answerable < len(examples):
        last = compared[-1]
        outcomes = readings[last.name].outcomes
        made.append(reading.refusal_table(f"{name}: refusals", outcomes, last.threshold))
    show(made)
    tables += made
    return readings


def _news(folder: Path, settings: Settings, split: Split) -> list[Table]:
    """Ask our news questions within their articles, and over the index of 1,000."""
    from retrieval import answer

    articles = news.articles(folder)
    index = indexed(NEWS, list(articles.values()), settings)
    asked = news_questions(split)
    answer(asked[0].question, index)  # loads the models outside the timing
    within = news.within(asked, articles, settings)
    over = news.over(asked, articles, index)
    held = f"{len(asked)} {split} questions of our own"
    return [
        news.table("News: within the article", within, held),
        news.table(f"News: over {len(articles):,} articles", over, held),
    ]
