"""Options that several measurements share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from evaluation.report import FOLDER

DataOption = Annotated[
    Path | None,
    typer.Option("--data", envvar="RINGKAS_DATA", help="The folder with qa/, retrieval/, news/."),
]
ConfigOption = Annotated[
    str | None, typer.Option("--config", metavar="FILE", help="The configuration to measure.")
]
OutOption = Annotated[
    Path | None, typer.Option("--out", help=f"Where the report goes; {FOLDER} by default.")
]
