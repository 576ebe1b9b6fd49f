"""Killed at any instant: no row lost, none doubled, no half row."""

from __future__ import annotations

import csv
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from batch_articles import article, read_rows, write_table

from summarizer.batching.journal import Journal

COUNT = 60
TESTS = str(Path(__file__).parents[2])
# The command as a user gives it. Its embedder is there at once and takes its time, and articles
# are summarized four at a time, so that there is much to be killed between.
CHILD = """
import sys, time
sys.path[:0] = [sys.argv[1]]
from batch_articles import CountingEmbedder
from ringkas.cli import main
from ringkas.embedding import lend_embedder
from summarizer.batching import request
class Slow(CountingEmbedder):
    def embed_passages(self, texts):
        time.sleep(0.03)
        return super().embed_passages(texts)
request._CHOSEN_AT_ONCE = 4
with lend_embedder(Slow()):
    main(["batch", sys.argv[2], "-o", sys.argv[3], "--no-cache"])
"""


def command(table: Path, output: Path) -> list[str]:
    return [sys.executable, "-c", CHILD, TESTS, str(table), str(output)]


def make_table(path: Path) -> Path:
    """Write articles and, in their midst, two that fail: one unreadable, one too short."""
    write_table(path, [article(number) for number in range(COUNT)])
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[20:20] = ['{"title": "rusak"', '{"title": "Pendek", "text": "Hanya ini."}']
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def kill(args: list[str], sign: Callable[[], bool], seconds: float) -> bool:
    """Kill the command so long after the sign; return whether it was still alive."""
    process = subprocess.Popen(args, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 120
    while process.poll() is None and not sign() and time.monotonic() < deadline:
        time.sleep(0.001)
    time.sleep(seconds)
    alive = process.poll() is None
    process.send_signal(signal.SIGKILL)
    process.wait()
    return alive


def journal_grows(output: Path) -> Callable[[], bool]:
    """Return a sign that the run has begun to write its journal."""
    journal = output.with_name(output.name + ".journal")
    before = journal.stat().st_size if journal.exists() else 0
    return lambda: journal.exists() and journal.stat().st_size != before


def output_rows(output: Path) -> list[dict[str, Any]]:
    if output.suffix == ".csv":
        with output.open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))
    return pq.read_table(output).to_pylist() if output.suffix == ".parquet" else read_rows(output)


def without_seconds(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{name: row[name] for name in row if name != "seconds"} for row in rows]


def journal_rows(output: Path) -> dict[str, str | None]:
    """Open the journal as the next run would, and return the summaries in it by id."""
    with Journal.open(output) as journal:
        assert journal.damaged == 0
        return {row.id: row.summary for row in journal.rows(journal.entries)}


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the table and what comes out when nobody interferes."""
    folder = tmp_path_factory.mktemp("undisturbed")
    make_table(folder / "in.jsonl")
    for suffix in ("jsonl", "csv", "parquet"):
        run = subprocess.run(command(folder / "in.jsonl", folder / f"out.{suffix}"), check=False)
        assert run.returncode == 1
    return folder


@pytest.mark.parametrize("suffix", ["jsonl", "csv", "parquet"])
def test_killed_many_times_it_ends_as_if_never_killed(
    tmp_path: Path, undisturbed: Path, suffix: str
) -> None:
    schedule = random.Random(f"kill {suffix}")
    table, output = undisturbed / "in.jsonl", tmp_path / f"out.{suffix}"
    args = command(table, output)
    kept: dict[str, str | None] = {}
    killed = 0
    for _ in range(6):
        killed += kill(args, journal_grows(output), schedule.uniform(0, 0.3))
        now = journal_rows(output)
        assert kept.items() <= now.items(), "a row was lost or changed"
        kept = now
        if output.exists():
            assert len(output_rows(output)) == COUNT + 2
    assert killed >= 4
    run = subprocess.run(args, capture_output=True, text=True, check=False)
    assert run.returncode == 1, run.stderr
    rows, expected = output_rows(output), output_rows(undisturbed / output.name)
    assert len({row["id"] for row in rows}) == len(rows) == COUNT + 2
    assert without_seconds(rows) == without_seconds(expected)
    assert [row["status"] for row in rows].count("failed") == 2
    assert kept.items() <= journal_rows(output).items()


def test_killed_while_it_writes_the_output_leaves_the_old_or_the_new(
    tmp_path: Path, undisturbed: Path
) -> None:
    schedule = random.Random("writing")
    table, output = undisturbed / "in.jsonl", tmp_path / "out.parquet"
    args = command(table, output)
    subprocess.run(args, check=False, capture_output=True)
    whole = without_seconds(output_rows(output))
    assert len(whole) == COUNT + 2
    part = tmp_path / ".out.parquet.part"
    killed = 0
    for _ in range(5):
        part.unlink(missing_ok=True)
        killed += kill(args, part.exists, schedule.uniform(0, 0.05))
        assert without_seconds(output_rows(output)) == whole
    assert killed
    subprocess.run(args, check=False, capture_output=True)
    assert without_seconds(output_rows(output)) == whole
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "out.parquet",
        "out.parquet.journal",
    ]


def test_the_command_itself_with_its_own_embedder_survives_a_kill(
    tmp_path: Path, undisturbed: Path
) -> None:
    output = tmp_path / "out.jsonl"
    table = str(undisturbed / "in.jsonl")
    args = [sys.executable, "-m", "ringkas", "batch", table, "-o", str(output), "--no-cache"]
    killed = kill(args, journal_grows(output), 0.5)
    kept = journal_rows(output)
    again = subprocess.run(args, capture_output=True, text=True, check=False)
    assert again.returncode == 1, again.stderr
    rows = read_rows(output)
    assert [row["id"] for row in rows] == [
        row["id"] for row in read_rows(undisturbed / "out.jsonl")
    ]
    assert killed
    assert kept.items() <= {row["id"]: row["summary"] for row in rows}.items()
    assert sum(row["status"] == "ok" and bool(row["summary"]) for row in rows) == COUNT
