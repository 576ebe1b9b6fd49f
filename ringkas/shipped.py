"""Files of shipped weights: tensors beside a manifest in JSON that holds their SHA-256."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ringkas.errors import ModelError


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@dataclass(frozen=True, slots=True)
class ShippedWeights:
    """The two files of one kind of weights, by their names in a folder of their own.

    ``what`` calls them in messages ("the reader's weights"); ``recipe`` is the command that makes
    them anew.
    """

    what: str
    weights: str
    manifest: str
    recipe: str

    @property
    def remedy(self) -> str:
        """What to do where they are missing or damaged."""
        return f"Reinstall ringkas, or make them with: {self.recipe}"

    def about(self, folder: Path) -> dict[str, Any]:
        """Return the manifest in ``folder``.

        Raises:
            ModelError: it cannot be read, or is not JSON.
        """
        path = folder / self.manifest
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
        except OSError as error:
            raise ModelError(f"cannot read {self.what}: {error}. {self.remedy}") from None
        except ValueError as error:
            raise ModelError(f"'{path}' is not valid JSON ({error}). {self.remedy}") from None
        if not isinstance(found, dict):
            raise ModelError(f"'{path}' holds no JSON object. {self.remedy}")
        return found

    def verified(self, folder: Path, expected: str | None) -> Path:
        """Return the file of tensors in ``folder``, whose SHA-256 must be ``expected``.

        Raises:
            ModelError: it is missing, or is another file.
        """
        path = folder / self.weights
        try:
            found = digest(path)
        except OSError as error:
            raise ModelError(f"cannot read {self.what}: {error}. {self.remedy}") from None
        if found != expected:
            raise ModelError(
                f"'{path}' is damaged: its SHA-256 is {found}, expected {expected}. {self.remedy}"
            )
        return path

    def record(self, folder: Path, about: Mapping[str, Any]) -> None:
        """Write the manifest of the tensors in ``folder``: ``about`` and their SHA-256."""
        record = {**about, "sha256": digest(folder / self.weights)}
        text = json.dumps(record, indent=2, ensure_ascii=False) + "\n"
        (folder / self.manifest).write_text(text, encoding="utf-8")
