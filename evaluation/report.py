"""Tables on the terminal and in Markdown, plots, and the figures as JSON."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evaluation.refusal import Point
from ringkas.errors import MissingExtraError

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FOLDER = Path("docs") / "evaluation"
PACKAGES = ("torch", "transformers", "sentence-transformers", "lancedb")

Cell = str | float | int


@dataclass(frozen=True, slots=True)
class Table:
    """A titled table; ``note`` says what was measured and how."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""

    def cells(self) -> list[list[str]]:
        """Return the rows as text, numbers with the digits they deserve."""
        return [[shown(cell) for cell in row] for row in self.rows]


def shown(cell: Cell) -> str:
    """Write a number: integers whole, small ones with three digits after the point."""
    if isinstance(cell, float):
        return f"{cell:.3f}" if abs(cell) < 10 else f"{cell:,.1f}"
    return f"{cell:,}" if isinstance(cell, int) else cell


def markdown(table: Table) -> str:
    """Return the table as GitHub-flavoured Markdown, numbers to the right."""
    head, *rest = table.columns
    lines = [f"## {table.title}", ""]
    lines += [table.note, ""] if table.note else []
    lines.append("| " + " | ".join([head, *rest]) + " |")
    lines.append("|" + "|".join(["---", *("--:" for _ in rest)]) + "|")
    lines += ["| " + " | ".join(row) + " |" for row in table.cells()]
    return "\n".join(lines) + "\n"


def show(tables: Sequence[Table]) -> None:
    """Print the tables to the terminal."""
    from rich.console import Console
    from rich.table import Table as RichTable

    console = Console()
    for table in tables:
        rich = RichTable(title=table.title, caption=table.note, title_justify="left")
        for number, column in enumerate(table.columns):
            rich.add_column(column, justify="right" if number else "left")
        for row in table.cells():
            rich.add_row(*row)
        console.print(rich)


def conditions() -> str:
    """Return what the figures depend on besides the code, in one sentence."""
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"Measured on {os.cpu_count()} CPU cores ({platform.machine()}), "
        f"Python {platform.python_version()}, {packages}."
    )


def write(
    folder: Path,
    name: str,
    title: str,
    tables: Sequence[Table],
    plots: Mapping[str, Figure] | None = None,
) -> Path:
    """Write ``<name>.md``, ``<name>.json`` and the plots, by file stem; return the Markdown."""
    folder.mkdir(parents=True, exist_ok=True)
    parts = [f"# {title}\n", conditions() + "\n", *map(markdown, tables)]
    for stem, figure in (plots or {}).items():
        figure.savefig(folder / f"{stem}.png", dpi=120, bbox_inches="tight")
        parts.append(f"![{stem.replace('-', ' ')}]({stem}.png)\n")
    page = folder / f"{name}.md"
    page.write_text("\n".join(parts), encoding="utf-8")
    figures = json.dumps(_figures(tables), indent=2, ensure_ascii=False)
    (folder / f"{name}.json").write_text(figures + "\n", encoding="utf-8")
    return page


def _figures(tables: Sequence[Table]) -> dict[str, Any]:
    return {
        table.title: {
            str(row[0]): dict(zip(table.columns[1:], row[1:], strict=True)) for row in table.rows
        }
        for table in tables
    }


def bars(table: Table, columns: Sequence[str], ylabel: str) -> Figure:
    """Draw some columns of a table as grouped bars, one group a row."""
    figure, axes = _canvas(8, 3.5)
    width = 0.8 / len(columns)
    for number, column in enumerate(columns):
        place = table.columns.index(column)
        heights = [float(row[place]) for row in table.rows]
        at = [group + number * width for group in range(len(heights))]
        drawn = axes.bar(at, heights, width, label=column)
        axes.bar_label(drawn, fmt="%.2f", fontsize=7)
    middle = 0.4 - width / 2
    axes.set_xticks([group + middle for group in range(len(table.rows))])
    axes.set_xticklabels([str(row[0]) for row in table.rows], fontsize=8)
    axes.set_ylabel(ylabel)
    axes.set_title(table.title, fontsize=10)
    axes.legend(fontsize=8, ncols=len(columns), loc="lower right")
    return figure


def lines(
    at: Sequence[float], named: Mapping[str, Sequence[float]], xlabel: str, ylabel: str
) -> Figure:
    """Draw lines on logarithmic axes, where what grows in proportion rises at one slope."""
    figure, axes = _canvas(6, 4)
    for name, heights in named.items():
        axes.loglog(at, heights, marker="o", label=name)
        for x, y in zip(at, heights, strict=True):
            axes.annotate(f"{y:,.1f}", (x, y), (0, 6), textcoords="offset points", fontsize=7)
    axes.set_xticks(at, [f"{x:,}" for x in at])
    axes.minorticks_off()
    axes.set_xlabel(xlabel)
    axes.set_ylabel(ylabel)
    axes.legend(fontsize=8)
    return figure


def risk_coverage(curves: Mapping[str, Sequence[Point]], chosen: Mapping[str, Point]) -> Figure:
    """Draw risk against coverage, one line a name, with the threshold in use marked."""
    figure, axes = _canvas(6, 4)
    for name, points in curves.items():
        (line,) = axes.plot([p.coverage for p in points], [p.risk for p in points], label=name)
        if name in chosen:
            axes.plot(chosen[name].coverage, chosen[name].risk, "o", color=line.get_color())
    axes.set_xlabel("coverage: share of questions answered")
    axes.set_ylabel("risk: mean of 1 - F1 among them")
    axes.set_ylim(bottom=0)
    axes.legend(fontsize=8)
    return figure


def _canvas(width: float, height: float) -> tuple[Figure, Any]:
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise MissingExtraError("matplotlib", "eval", "Drawing plots") from error
    figure = Figure(figsize=(width, height))
    axes = figure.subplots()
    axes.spines[["top", "right"]].set_visible(False)
    return figure, axes
