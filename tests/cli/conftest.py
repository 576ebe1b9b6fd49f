from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from retrieval import Index
from ringkas.cli.app import app
from ringkas.sources import samples

Run = Callable[..., Result]


@pytest.fixture(scope="session")
def sample_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the sample articles; do not change it."""
    folder = tmp_path_factory.mktemp("cli") / "samples"
    Index.open(folder).add(samples())
    return folder


@pytest.fixture
def own_index(sample_index: Path, tmp_path: Path) -> Path:
    """A copy of the sample index that a test may change."""
    return Path(shutil.copytree(sample_index, tmp_path / "own"))


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run the command line in an empty folder, without anything from the environment."""
    monkeypatch.chdir(tmp_path)
    for name in ("RINGKAS_CONFIG", "RINGKAS_INDEX"):
        monkeypatch.delenv(name, raising=False)

    def invoke(*args: object, input: str | None = None) -> Result:
        return CliRunner().invoke(app, [str(arg) for arg in args], input=input)

    return invoke


@pytest.fixture
def article_file(tmp_path: Path) -> Path:
    path = tmp_path / "pasar.md"
    path.write_text(
        "---\ntitle: Pasar Pagi Karangasih Dibuka Kembali\ndate: 2024-03-04\n---\n\n"
        "Pasar Pagi Karangasih dibuka kembali pada Senin setelah perbaikan selama enam bulan. "
        "Lurah Karangasih, Dewi Maharani, memotong pita di depan sekitar 200 pedagang.\n\n"
        "Perbaikan itu menelan biaya Rp4,2 miliar dari anggaran kota. Para pedagang berharap "
        "pembeli lekas kembali karena atap yang bocor kini sudah diganti seluruhnya.\n",
        encoding="utf-8",
    )
    return path
