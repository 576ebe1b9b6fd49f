"""The retrieval report: every set, every system, written to a page with plots."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from evaluation import retrieval_sets
from evaluation.data import RetrievalSet
from evaluation.report import Table, bars, show, write
from evaluation.searching import compare, compared, table
from ringkas.settings import Settings

if TYPE_CHECKING:
    from matplotlib.figure import Figure

PLOTTED = ("RR@10", "R@5")


def report(folder: Path, settings: Settings, corpus_size: int | None, out: Path) -> None:
    """Measure all sets and write ``retrieval.md``, its figures and its plots into ``out``."""
    sets = {
        "Indonesian questions, held out": retrieval_sets.tydi(folder, "held-out", corpus_size),
        "English questions on Indonesian passages": retrieval_sets.asked_in_english(folder),
        "The same questions in Indonesian": retrieval_sets.asked_in_indonesian(folder),
        "English sentences, Indonesian translations": retrieval_sets.parallel(folder),
    }
    tables: list[Table] = []
    plots: dict[str, Figure] = {}
    for title, questions in sets.items():
        measured = compare(questions, settings)
        verdict = compared(measured, "index, hybrid", "index, dense")
        made = table(title, measured, f"{questions.note}. {verdict}")
        show([made])
        tables.append(made)
        plots[f"retrieval-{questions.name}-{questions.queries[0].language}"] = bars(
            made, PLOTTED, "share"
        )
    print(f"Wrote {write(out, 'retrieval', 'Retrieval', tables, plots)}")


def miracl(settings: Settings, corpus_size: int | None, out: Path | None) -> None:
    """Measure MIRACL's Indonesian questions, and write a page only where ``out`` is given."""
    from evaluation.public import miracl_id

    questions: RetrievalSet = miracl_id(corpus_size or 100_000)
    made = table("MIRACL, Indonesian", compare(questions, settings), questions.note)
    show([made])
    if out is not None:
        print(f"Wrote {write(out, 'miracl', 'Retrieval on MIRACL', [made])}")
