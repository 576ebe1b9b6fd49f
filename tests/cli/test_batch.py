from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from batch_articles import article, read_rows, write_table

from summarizer.batching.journal import Journal


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return write_table(tmp_path / "in.jsonl", [article(number) for number in range(3)])


def test_a_table_of_summaries_and_its_figures(run: Callable, table: Path) -> None:
    result = run("batch", table, "-o", "out.csv", "--words", "25", "--no-cache")
    assert result.exit_code == 0
    assert "summarized      3" in result.stdout
    assert "failed          0" in result.stdout
    assert "3 rows" in result.stdout
    assert "articles/s → out.csv" in result.stdout
    with Path("out.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["title"] for row in rows] == [article(number).title for number in range(3)]
    assert all(0 < len(row["summary"].split()) <= 25 for row in rows)
    again = run("batch", table, "-o", "out.csv", "--words", "25", "--no-cache")
    assert "unchanged       3" in again.stdout


def test_failures_are_counted_and_end_with_1(run: Callable, table: Path) -> None:
    table.write_text(table.read_text() + '{"text": "Pendek."}\n{\n', encoding="utf-8")
    result = run("batch", table, "gone.html", "-o", "out.jsonl")
    assert result.exit_code == 1
    for line in (
        "failed          3",
        "  broken file   1",
        "  source        1",
        "  summary       1",
    ):
        assert line in result.stdout
    assert run("batch", table, "gone.html", "-o", "out.jsonl", "--retry-failed").exit_code == 1
    assert len(read_rows(Path("out.jsonl"))) == 6


def test_json_holds_the_report(run: Callable, table: Path) -> None:
    result = run("batch", table, "gone.html", "-o", "out.jsonl", "--json")
    assert result.exit_code == 1
    report = json.loads(result.stdout)
    assert report["output"] == "out.jsonl"
    assert (report["rows"], report["failures"]) == (4, {"source": 1})


def test_what_describes_a_cluster_is_for_ray(run: Callable, table: Path) -> None:
    result = run("batch", table, "-o", "out.jsonl", "--workers", "2", "--cpus", "1")
    assert result.exit_code == 2
    assert "--workers, --cpus" in result.stderr
    assert "--engine ray" in result.stderr
    assert not Path("out.jsonl").exists()


def test_a_cluster_that_is_not_there_ends_with_an_error(run: Callable, table: Path) -> None:
    pytest.importorskip("ray")
    asked = ("--engine", "ray", "--address", "127.0.0.1:1", "--method", "lead", "--no-cache")
    result = run("batch", table, "-o", "out.jsonl", *asked)
    assert result.exit_code == 1
    assert "no Ray cluster can be used at '127.0.0.1:1'" in result.stderr


def test_standard_input_may_be_a_table_or_a_list(run: Callable, table: Path) -> None:
    text = table.read_text(encoding="utf-8")
    assert run("batch", "-", "-o", "out.jsonl", input=text).exit_code == 0
    assert len(read_rows(Path("out.jsonl"))) == 3
    private = "http://127.0.0.1:9/a\nhttp://127.0.0.1:9/b\n"
    result = run("batch", "-", "-o", "urls.jsonl", "--json", input=private)
    assert json.loads(result.stdout)["failures"] == {"blocked address": 2}


def test_the_library_can_be_summarized(run: Callable, sample_index: Path) -> None:
    result = run(
        "batch", "--library", "--since", "2023-09-01", "-o", "out.jsonl", "--index", sample_index
    )
    assert result.exit_code == 0, result.stderr
    rows = read_rows(Path("out.jsonl"))
    assert len(rows) > 5
    assert all(row["published"] >= "2023-09" for row in rows)


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["-o", "o.csv"], "--library"),
        (["a.txt"], "--output"),
        (["a", "-o", "b", "--since", "x"], "x"),
    ],
)
def test_what_is_missing_is_a_usage_error(run: Callable, args: list[str], told: str) -> None:
    result = run("batch", *args)
    assert result.exit_code == 2
    assert told in result.stderr


def test_dates_without_the_library_are_a_usage_error(run: Callable, table: Path) -> None:
    result = run("batch", table, "-o", "o.csv", "--since", "2024-01-01")
    assert result.exit_code == 2
    assert "--library" in result.stderr


def test_an_output_in_use_is_named(run: Callable, table: Path) -> None:
    with Journal.open(Path("out.csv")):
        result = run("batch", table, "-o", "out.csv")
    assert result.exit_code == 1
    assert "another process is writing to 'out.csv'" in result.stderr


def test_ctrl_c_leaves_a_table_that_the_next_run_completes(run: Callable, tmp_path: Path) -> None:
    total = 150
    table = write_table(tmp_path / "many.jsonl", [article(number) for number in range(total)])
    command = [sys.executable, "-m", "ringkas", "batch", str(table), "-o", "out.jsonl"]
    command += ["--no-cache"]
    process = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True)
    wait_for_rows(tmp_path / "out.jsonl.journal", 40, process)
    os.kill(process.pid, signal.SIGINT)
    _, complaint = process.communicate(timeout=120)
    assert process.returncode == 130
    assert "interrupted" in complaint
    assert "Traceback" not in complaint
    kept = len(read_rows(tmp_path / "out.jsonl"))
    assert 0 < kept < total
    few = write_table(tmp_path / "few.jsonl", [article(number) for number in range(total)][:20])
    report = json.loads(run("batch", few, "-o", "out.jsonl", "--json", "--no-cache").stdout)
    assert report["unchanged"] + report["summarized"] == 20
    assert report["rows"] >= kept


def wait_for_rows(journal: Path, least: int, process: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + 180
    while time.monotonic() < deadline:
        assert process.poll() is None, "it ended before it could be interrupted"
        if journal.exists() and journal.read_bytes().count(b'"row"') >= least:
            return
        time.sleep(0.02)
    raise AssertionError("there were not enough rows within three minutes")


def test_the_method_can_be_chosen(run: Callable, table: Path) -> None:
    assert run("batch", table, "-o", "out.jsonl", "--method", "lead").exit_code == 0
    assert [row["method"] for row in read_rows(Path("out.jsonl"))] == ["lead"] * 3
    result = run("batch", table, "-o", "out.jsonl", "--method", "abstractive")
    assert result.exit_code == 1
    assert "no model is configured" in result.stderr.replace("\n", " ")
