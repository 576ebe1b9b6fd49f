"""The writer whose weights Ringkas ships: ``generator.model = "builtin"``.

Made by training/generator; docs/models/generator.md is its model card.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

NAME: Final = "builtin"
FOLDER: Final = Path(__file__).resolve().parent / "weights" / "writer"


def folder_of(model: str) -> Path:
    """Return where a model's files are, if ``model`` is no name on the Hub."""
    return FOLDER if model == NAME else Path(model).expanduser()
