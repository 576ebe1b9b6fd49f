"""The gate: quality floors that may rise, and fall only with a stated reason.

``floors.toml`` holds one table a check, one floor a figure. A figure below its floor fails the
gate. ``--update`` raises floors to what is reached, less a margin; a floor falls only with
``--lower REASON``, which also writes the reason into the changelog.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ringkas.errors import RingkasError

FLOORS = Path(__file__).resolve().parent / "floors.toml"
MARGIN = 0.02
"""How far under a measured figure its floor is put: about one standard error of our checks."""

Figures = Mapping[str, Mapping[str, float]]
State = Literal["ok", "below", "no floor", "not measured"]

LOWERED = "### Floors lowered"
_UNRELEASED = re.compile(r"^## \[?Unreleased\]?.*$", re.MULTILINE | re.IGNORECASE)


class GateError(RingkasError):
    """The floors cannot be read, or would be changed in a way that is not allowed."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One figure against its floor; ``measured`` or ``floor`` is None where there is none."""

    check: str
    figure: str
    floor: float | None
    measured: float | None

    @property
    def state(self) -> State:
        """How the figure stands to its floor."""
        if self.measured is None:
            return "not measured"
        if self.floor is None:
            return "no floor"
        return "ok" if self.measured >= self.floor else "below"


def read_floors(path: Path = FLOORS) -> dict[str, dict[str, float]]:
    """Return the floors by check and figure.

    Raises:
        GateError: the file is missing, is not TOML, or holds anything but numbers in tables.
    """
    try:
        loaded = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise GateError(f"cannot read the floors in {path}: {error}") from error
    try:
        return {
            check: {name: float(value) for name, value in table.items()}
            for check, table in loaded.items()
        }
    except (AttributeError, TypeError, ValueError) as error:
        raise GateError(f"{path} holds something other than numbers in tables: {error}") from error


def compare(floors: Figures, measured: Figures) -> list[Verdict]:
    """Return a verdict for every floor and every measured figure, in order."""
    pairs = dict.fromkeys(
        (check, figure)
        for source in (floors, measured)
        for check in source
        for figure in source[check]
    )
    return [
        Verdict(
            check,
            figure,
            floors.get(check, {}).get(figure),
            measured.get(check, {}).get(figure),
        )
        for check, figure in pairs
    ]


def passed(verdicts: list[Verdict]) -> bool:
    """Say whether something was measured, and nothing is below its floor."""
    states = {verdict.state for verdict in verdicts}
    return "ok" in states and "below" not in states


def updated(floors: Figures, measured: Figures, *, lower: bool) -> dict[str, dict[str, float]]:
    """Return the floors moved to the measured figures less the margin.

    A floor above its figure stays unless ``lower``; what was not measured stays.
    """
    result = {check: dict(table) for check, table in floors.items()}
    for verdict in compare(floors, measured):
        if verdict.measured is None:
            continue
        reached = round(max(0.0, verdict.measured - MARGIN), 3)
        falls = verdict.floor is not None and reached < verdict.floor
        below = verdict.state == "below"
        if not falls or (lower and below):
            result.setdefault(verdict.check, {})[verdict.figure] = reached
    return result


def lowered(before: Figures, after: Figures) -> list[str]:
    """Return one line for each floor that fell or vanished."""
    return [
        f"{check}.{figure} from {floor:g} to {after.get(check, {}).get(figure, 0.0):g}"
        for check, table in before.items()
        for figure, floor in table.items()
        if after.get(check, {}).get(figure, 0.0) < floor
    ]


def write_floors(floors: Figures, path: Path = FLOORS) -> None:
    """Write the floors, keeping the comment at the head of the file."""
    old = path.read_text(encoding="utf-8") if path.exists() else ""
    head = "".join(line for line in old.splitlines(keepends=True) if line.startswith("#"))
    tables = (
        f"[{check}]\n" + "".join(f'"{name}" = {value:g}\n' for name, value in table.items())
        for check, table in floors.items()
    )
    path.write_text(head + "\n" + "\n".join(tables), encoding="utf-8")


def note_lowering(changelog: Path, falls: list[str], reason: str) -> None:
    """Write the lowered floors and the reason under the changelog's "Unreleased".

    Raises:
        GateError: no reason is given, or the changelog has no such heading.
    """
    if len(reason.split()) < 3:
        raise GateError(f"'{reason}' is no reason to lower a floor: say in a sentence why")
    text = changelog.read_text(encoding="utf-8") if changelog.exists() else ""
    heading = _UNRELEASED.search(text)
    if heading is None:
        raise GateError(f"{changelog} has no heading '## Unreleased' to put the reason under")
    entry = f"{LOWERED}\n\n- {'; '.join(falls)}: {reason.rstrip('.')}."
    before, after = text[: heading.end()], text[heading.end() :].lstrip("\n")
    if after.startswith(LOWERED):
        after = after.removeprefix(LOWERED).lstrip("\n")
    else:
        entry += "\n"
    changelog.write_text(f"{before}\n\n{entry}\n{after}", encoding="utf-8")
