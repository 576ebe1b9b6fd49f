"""The table of summaries as a picture: ROUGE of every method, a panel a set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from evaluation.report import Table
from evaluation.summaries import ROUGE
from ringkas.errors import MissingExtraError

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_HEIGHT = 0.26  # of one measure's bar; three share the place of a method


def picture(measured: Table) -> Figure:
    """Draw ROUGE-1, 2 and L of every method as bars.

    Raises:
        MissingExtraError: the package ``matplotlib`` is not installed.
    """
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise MissingExtraError("matplotlib", "eval", "Drawing plots") from error
    panels = _by_set(measured)
    methods = max(map(len, panels.values()))
    figure = Figure(figsize=(11, 1.2 + 0.5 * methods), layout="constrained")
    drawn = figure.subplots(1, len(panels), squeeze=False)[0]
    for axes, (name, found) in zip(drawn, panels.items(), strict=True):
        _draw(axes, name, found)
    figure.legend(*drawn[0].get_legend_handles_labels(), loc="outside lower center", ncols=3)
    return figure


def _by_set(measured: Table) -> dict[str, dict[str, list[float]]]:
    places = [measured.columns.index(name) for name in ROUGE]
    panels: dict[str, dict[str, list[float]]] = {}
    for row in measured.rows:
        name, method = str(row[0]).split(", ", 1)
        panels.setdefault(name, {})[method] = [float(row[place]) for place in places]
    return panels


def _draw(axes: Any, name: str, found: Mapping[str, Sequence[float]]) -> None:
    for kind, label in enumerate(ROUGE):
        at = [place + (kind - 1) * _HEIGHT for place in range(len(found))]
        bars = axes.barh(at, [values[kind] for values in found.values()], _HEIGHT, label=label)
        axes.bar_label(bars, fmt="%.3f", fontsize=6, padding=2)
    axes.set_yticks(range(len(found)), list(found), fontsize=8)
    axes.invert_yaxis()
    axes.set_title(name, fontsize=10)
    axes.set_xlabel("F1", fontsize=8)
    axes.spines[["top", "right"]].set_visible(False)
    axes.margins(x=0.15)
