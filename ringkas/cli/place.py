"""Which configuration and which index: options that stand before the command or after it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import typer

_PANEL = "Everywhere"

ConfigOption = Annotated[
    str | None,
    typer.Option(
        "--config",
        metavar="FILE",
        help="A TOML file, or the name of a shipped one, such as llm-server.",
        rich_help_panel=_PANEL,
    ),
]
IndexOption = Annotated[
    str | None,
    typer.Option("--index", metavar="FOLDER", help="The index to work on.", rich_help_panel=_PANEL),
]


@dataclass(frozen=True, slots=True)
class Place:
    """The configuration and index that were named before the command."""

    config: str | None
    index: str | None
