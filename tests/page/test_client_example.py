"""The example of a client, run against the page as its readers would run it."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from gradio_client.exceptions import AppError

pytestmark = pytest.mark.page
EXAMPLE = Path(__file__).resolve().parent.parent.parent / "examples" / "client.py"
TEXT = (
    "Perpustakaan Daerah Arga Sewu menambah jam layanan hingga pukul 21.00 WIB mulai Senin. "
    "Kepala perpustakaan, Nirmala Wibisono, mengatakan perubahan itu diminta para mahasiswa. "
    "Jumlah pengunjung naik dari 200 menjadi 340 orang sehari sejak ruang baca baru dibuka."
)


@pytest.fixture(scope="module")
def example() -> ModuleType:
    spec = importlib.util.spec_from_file_location("client_example", EXAMPLE)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def test_answers_summaries_and_passages_are_typed(server: str, example: ModuleType) -> None:
    ringkas = example.Ringkas(server)
    answer = ringkas.ask("Who opened the coordination meeting in Denpasar?")
    assert isinstance(answer, example.Answer)
    assert "Alit Wiradana" in answer.sources[0].quote
    assert (answer.found, answer.language, answer.nearest) == (True, "en", ())
    nothing = ringkas.ask("Siapa presiden Mars?", "id")
    assert (nothing.found, nothing.sources) == (False, ())
    assert nothing.nearest
    summary = ringkas.summarize(TEXT, max_words=30)
    assert isinstance(summary, example.Summary)
    assert (summary.language, summary.coverage, summary.doubtful) == ("id", 1.0, ())
    [passage] = ringkas.search("rapat koordinasi", limit=1)
    assert passage.title
    with pytest.raises(AppError, match="question is empty"):
        ringkas.ask(" ")


def test_the_example_runs(server: str) -> None:
    done = subprocess.run(
        [sys.executable, str(EXAMPLE), server, "Siapa yang membuka rapat koordinasi di Denpasar?"],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert "Alit Wiradana" in done.stdout
    assert "“" in done.stdout


def test_the_example_says_how_it_is_used() -> None:
    done = subprocess.run([sys.executable, str(EXAMPLE)], capture_output=True, text=True)
    assert done.returncode == 1
    assert "URL QUESTION" in done.stderr
