"""Run the gate's checks, show them against their floors, and move the floors when asked to."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from pathlib import Path

from rich.console import Console

from evaluation import checks, gate
from evaluation.gate import GateError, Verdict
from evaluation.report import Cell, Table, show
from ringkas.settings import Settings

FLOORS = gate.FLOORS
CHANGELOG = Path(__file__).resolve().parent.parent / "CHANGELOG.md"


def run(
    folder: Path | None, settings: Settings, *, update: bool = False, lower: str | None = None
) -> None:
    """Measure, compare with the floors, and raise or lower them where asked to.

    Raises:
        GateError: a figure is below its floor, or nothing has a floor, and it was not lowered.
    """
    floors = gate.read_floors(FLOORS)
    measured = measure(folder, settings)
    if update or lower:
        floors = _move(floors, measured, lower)
    verdicts = gate.compare(floors, measured)
    show([_table(verdicts)])
    if not gate.passed(verdicts):
        raise GateError(_complaint(verdicts))


def measure(folder: Path | None, settings: Settings) -> dict[str, Mapping[str, float]]:
    """Run every check that can be run; say which cannot."""
    console = Console()
    todo: dict[str, Callable[[], Mapping[str, float]]] = {
        "samples": lambda: checks.samples(settings)
    }
    if folder is None:
        names = ", ".join(check.name for check in checks.CHECKS)
        console.print(f"No data folder (--data or RINGKAS_DATA), so not measured: {names}")
    else:
        for check in checks.CHECKS:
            todo[check.name] = lambda run=check.run: run(folder, settings)  # type: ignore[misc]
    measured = {}
    for name, act in todo.items():
        started = time.perf_counter()
        measured[name] = act()
        console.print(f"{name}: {time.perf_counter() - started:.0f} s", highlight=False)
    return measured


def _move(
    floors: dict[str, dict[str, float]], measured: gate.Figures, reason: str | None
) -> dict[str, dict[str, float]]:
    moved = gate.updated(floors, measured, lower=reason is not None)
    falls = gate.lowered(floors, moved)
    if falls and reason:
        gate.note_lowering(CHANGELOG, falls, reason)
    gate.write_floors(moved, FLOORS)
    return moved


def _table(verdicts: list[Verdict]) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            f"{one.check}: {one.figure}",
            "-" if one.floor is None else one.floor,
            "-" if one.measured is None else one.measured,
            one.state,
        )
        for one in verdicts
    ]
    return Table("The gate", ("figure", "floor", "measured", ""), tuple(rows))


def _complaint(verdicts: list[Verdict]) -> str:
    below = [one for one in verdicts if one.state == "below"]
    if not below:
        return "nothing that was measured has a floor: set floors with --update"
    named = "; ".join(
        f"{one.check} {one.figure} is {one.measured:.3f}, its floor {one.floor:g}" for one in below
    )
    return (
        f"below the quality floors: {named}. Mend the change, or lower the floors with "
        "--lower REASON where the loss is meant"
    )
