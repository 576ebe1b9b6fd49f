"""The house rules that no single module can see: who may import whom, and what imports cost."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# Each room, and the other rooms it may import, lazily or not. The longest name wins, so
# ``ringkas.cli`` is a room of its own inside ``ringkas``.
MAY_IMPORT = {
    "ringkas": set(),
    "retrieval": {"ringkas"},
    "summarizer": {"ringkas"},
    "ringkas.page": {"ringkas", "retrieval", "summarizer"},
    "ringkas.mcp": {"ringkas", "retrieval", "summarizer"},
    "ui": {"ringkas", "retrieval", "summarizer", "ringkas.page"},
    "ringkas.cli": {
        "ringkas",
        "retrieval",
        "summarizer",
        "ui",
        "ringkas.page",
        "ringkas.mcp",
        "evaluation",
        "training",
    },
    "ringkas.__main__": {"ringkas.cli"},
    "evaluation": {"ringkas", "retrieval", "summarizer", "ringkas.page", "ui", "training"},
    "training": {"ringkas", "retrieval", "summarizer", "evaluation"},
}
HEAVY = ("torch", "transformers", "sentence_transformers", "gradio")


def room_of(module: str) -> str | None:
    """Return the room a dotted module name belongs to, or None for other people's modules."""
    parts = module.split(".")
    names = [".".join(parts[:length]) for length in range(len(parts), 0, -1)]
    return next((name for name in names if name in MAY_IMPORT), None)


def our_files() -> Iterator[tuple[str, Path]]:
    for package in sorted({room.split(".")[0] for room in MAY_IMPORT}):
        found = [ROOT / f"{package}.py", *sorted((ROOT / package).rglob("*.py"))]
        for path in filter(Path.is_file, found):
            yield ".".join(path.relative_to(ROOT).with_suffix("").parts), path


def imported(path: Path) -> Iterator[str]:
    """Yield every dotted name a file imports, inside functions and type checks too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: write imports from the root"
            yield from (f"{node.module}.{name.name}" for name in node.names)


def test_imports_point_one_way() -> None:
    wrong = [
        f"{module} imports {target}: {home} may import only {sorted(MAY_IMPORT[home]) or 'itself'}"
        for module, path in our_files()
        for target in imported(path)
        if (home := room_of(module)) and (other := room_of(target))
        if other != home and other not in MAY_IMPORT[home]
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("package", ["ringkas", "retrieval", "summarizer", "ringkas.cli"])
def test_importing_a_package_loads_no_model_library(package: str) -> None:
    probe = f"import sys, {package}; print(*[name for name in {HEAVY} if name in sys.modules])"
    loaded = subprocess.run(
        [sys.executable, "-c", probe], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert loaded.stdout.split() == []
