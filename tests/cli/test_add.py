from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from retrieval import Index


def test_a_file_is_added_once(run: Callable, article_file: Path) -> None:
    assert "1 added" in run("add", article_file, "--index", "i").stdout
    again = run("add", article_file, "--index", "i")
    assert "0 added, 1 unchanged" in again.stdout
    assert again.exit_code == 0
    [article] = Index.open("i").articles()
    assert article.title == "Pasar Pagi Karangasih Dibuka Kembali"


def test_what_fails_is_listed_at_the_end_and_the_rest_is_added(
    run: Callable, article_file: Path, tmp_path: Path
) -> None:
    (tmp_path / "broken.pdf").write_bytes(b"")
    result = run("add", "gone.html", article_file, "broken.pdf", "--index", "i")
    assert result.exit_code == 1
    assert "1 added" in result.stdout
    assert "2 could not be added" in result.stderr
    assert "gone.html" in result.stderr
    assert "broken.pdf" in result.stderr


def test_json_holds_the_figures_and_the_failures(run: Callable, article_file: Path) -> None:
    result = run("add", article_file, "gone.html", "--json", "--index", "i")
    assert result.exit_code == 1
    record = json.loads(result.stdout)
    [failure] = record.pop("failures")
    assert record == {"added": 1, "replaced": 0, "unchanged": 0, "copies": 0}
    assert failure["source"] == "gone.html"
    assert failure["error"]


def test_text_comes_from_standard_input(run: Callable, article_file: Path) -> None:
    text = article_file.read_text(encoding="utf-8").split("---\n")[2]
    assert "1 added" in run("add", "-", "--index", "i", input=text).stdout


def test_nothing_given_is_a_usage_error(run: Callable) -> None:
    result = run("add")
    assert result.exit_code == 2
    assert "--samples" in result.stderr


def test_an_index_that_is_a_file_is_named(run: Callable, article_file: Path) -> None:
    result = run("add", article_file, "--index", article_file)
    assert result.exit_code == 1
    assert str(article_file) in result.stderr.replace("\n", "")


def test_ctrl_c_leaves_a_sound_index_that_the_next_run_completes(
    run: Callable, tmp_path: Path
) -> None:
    total = 1500
    lines = [json.dumps({"title": f"Warta {n}", "text": invented(n)}) for n in range(total)]
    (tmp_path / "many.jsonl").write_text("\n".join(lines), encoding="utf-8")
    command = [sys.executable, "-m", "ringkas", "add", "many.jsonl", "--index", "i"]
    process = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True)
    wait_for_articles(tmp_path / "i", process)
    os.kill(process.pid, signal.SIGINT)
    _, complaint = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "interrupted" in complaint
    assert "Traceback" not in complaint
    kept = Index.open(tmp_path / "i").stats().articles
    assert 0 < kept < total
    some = "\n".join(lines[:20])
    (tmp_path / "few.jsonl").write_text(some, encoding="utf-8")
    record = json.loads(run("add", "few.jsonl", "--json", "--index", "i").stdout)
    assert record["unchanged"] >= 16
    assert record["added"] + record["unchanged"] == 20


def invented(number: int) -> str:
    """Return a text of its own for each number, so that none is another's copy."""
    words = [f"kata{number * 37 + place}" for place in range(60)]
    return " ".join(words).capitalize() + "."


def wait_for_articles(folder: Path, process: subprocess.Popen[str]) -> None:
    """Wait until the first chunk of articles is on disk."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        assert process.poll() is None, "it ended before it could be interrupted"
        if len(list((folder / "articles.lance" / "_versions").glob("*.manifest"))) > 1:
            return
        time.sleep(0.1)
    raise AssertionError("nothing was stored in two minutes")
