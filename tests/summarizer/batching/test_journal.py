"""The journal: whole at every length it can be cut to, and for one process only."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from batch_articles import read_rows

from summarizer.batching.errors import BatchError
from summarizer.batching.journal import Journal, Line
from summarizer.batching.rows import Row

CHILD = """
import resource, sys
from pathlib import Path
sys.path[:0] = [sys.argv[2]]
from batch_articles import CountingEmbedder, article
from ringkas.embedding import lend_embedder
from summarizer.batching import batch
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), resource.RLIM_INFINITY))
with lend_embedder(CountingEmbedder()):
    batch([article(n) for n in range(70)], Path(sys.argv[1]), cache=False)
"""


def line(number: int, version: int = 0) -> Line:
    row = Row(f"a{number}", f"Judul “{number}”", None, None, None, "ok", summary=f"Isi {version}.")
    return Line(row, f"digest{version}", "in.jsonl")


def test_rows_are_there_again_when_it_is_opened_again(tmp_path: Path) -> None:
    output = tmp_path / "out.csv"
    with Journal.open(output) as journal:
        journal.write([line(1), line(2)])
        journal.write([line(1, version=1)])
        journal.finish(["a2"])
    with Journal.open(output) as journal:
        assert list(journal.entries) == ["a1"]
        assert journal.entries["a1"].digest == "digest1"
        assert list(journal.rows(["a1"])) == [line(1, version=1).row]
        assert journal.damaged == 0


def test_cut_off_anywhere_it_holds_the_whole_rows_before_and_goes_on(tmp_path: Path) -> None:
    output = tmp_path / "out.csv"
    with Journal.open(output) as journal:
        path = journal.path
        for number in range(3):
            journal.write([line(number)])
    whole = path.read_bytes()
    ends = [place + 1 for place, byte in enumerate(whole) if byte == ord("\n")]
    for length in range(len(whole) + 1):
        path.write_bytes(whole[:length])
        expected = [f"a{number}" for number, end in enumerate(ends[1:]) if end <= length]
        with Journal.open(output) as journal:
            assert list(journal.entries) == expected
            journal.write([line(9)])
        with Journal.open(output) as journal:
            assert [row.id for row in journal.rows(journal.entries)] == [*expected, "a9"]
            assert journal.damaged == 0


@pytest.mark.parametrize(
    "garbage", [b"\0" * 20, b'{"row": {"id": 1}}', b"[]", b'{"x": 1}', b"\xff"]
)
def test_a_damaged_line_costs_its_own_row_only(tmp_path: Path, garbage: bytes) -> None:
    output = tmp_path / "out.csv"
    with Journal.open(output) as journal:
        path = journal.path
        for number in range(3):
            journal.write([line(number)])
    lines = path.read_bytes().splitlines()
    lines[2] = garbage
    path.write_bytes(b"\n".join(lines) + b"\n")
    with Journal.open(output) as journal:
        assert list(journal.entries) == ["a0", "a2"]
        assert journal.damaged == 1
        assert [row.id for row in journal.rows(["a2", "a0"])] == ["a2", "a0"]


@pytest.mark.parametrize("content", [b"catatan\n", b"catatan", b'{"ringkas": "x"}\n'])
def test_another_file_of_that_name_is_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "out.csv.journal"
    path.write_bytes(content)
    with pytest.raises(BatchError, match="no journal"):
        Journal.open(tmp_path / "out.csv")
    assert path.read_bytes() == content


def test_only_one_at_a_time_may_write(tmp_path: Path) -> None:
    output = tmp_path / "out.csv"
    with Journal.open(output) as journal:
        journal.write([line(1)])
        with pytest.raises(BatchError, match="another process is writing"):
            Journal.open(output)
        with pytest.raises(BatchError, match="another process is writing"):
            Journal.open(output, afresh=True)
    with Journal.open(output) as journal:
        assert list(journal.entries) == ["a1"]


def test_sources_are_finished_only_for_the_run_that_goes_on(tmp_path: Path) -> None:
    output = tmp_path / "out.csv"
    with Journal.open(output) as journal:
        journal.start("one")
        journal.note_finished(["https://x.example/"])
    with Journal.open(output) as journal:
        journal.start("one")
        assert journal.finished == {"https://x.example/"}
    with Journal.open(output) as journal:
        journal.start("two")
        assert not journal.finished
    with Journal.open(output) as journal:
        journal.start("one")
        assert not journal.finished
        journal.note_finished(["https://x.example/"])
        journal.finish([])
    with Journal.open(output) as journal:
        journal.start("one")
        assert not journal.finished


def test_a_full_disk_is_told_and_nothing_is_lost(tmp_path: Path) -> None:
    """A limit on the size of files makes writes fail half way, as a full disk does."""
    output = tmp_path / "out.jsonl"
    tests = str(Path(__file__).parents[2])
    kept = 0
    for limit in (300, 10_000, 25_000, 27_000):
        run = subprocess.run(
            [sys.executable, "-c", CHILD, str(output), tests, str(limit)],
            capture_output=True,
            text=True,
        )
        with Journal.open(output) as journal:
            assert len(journal.entries) >= kept
            kept = len(journal.entries)
            assert journal.damaged == 0
            assert all(row.status == "ok" for row in journal.rows(journal.entries))
        told = f"BatchError: cannot write '{output}.journal': File too large. The {kept} rows"
        assert told in run.stderr
        assert not output.exists()
    assert 0 < kept < 70
    subprocess.run([sys.executable, "-c", CHILD, str(output), tests, "-1"], check=True)
    rows = read_rows(output)
    assert len({row["id"] for row in rows}) == len(rows) == 70
