"""Outputs: safe in a spreadsheet, and the old one until the new one is whole."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from summarizer.batching.errors import BatchError
from summarizer.batching.outputs import COLUMNS, write_output
from summarizer.batching.rows import Row


def row(number: int, **changed: object) -> Row:
    known = {"title": "Judul", "url": None, "source": None, "published": None, "status": "ok"}
    return Row(f"a{number}", **{**known, **changed})  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["=1+1", "+62", "-5 °C", "@SUM(A1)", "\t=1", "\r=1", "＝1"])
def test_a_cell_never_is_a_formula(tmp_path: Path, text: str) -> None:
    write_output(tmp_path / "o.csv", [row(1, title=text, summary=text, error=text, source=text)])
    with (tmp_path / "o.csv").open(encoding="utf-8", newline="") as stream:
        [got] = csv.DictReader(stream)
    for name in ("title", "summary", "error", "source"):
        assert got[name] == f"'{text}"


def test_cells_keep_quotes_commas_and_line_breaks(tmp_path: Path) -> None:
    text = '• Kata "dia", lalu\n• pergi; ñ “é”'
    write_output(tmp_path / "o.csv", [row(1, summary=text), row(2)])
    with (tmp_path / "o.csv").open(encoding="utf-8", newline="") as stream:
        first, second = csv.DictReader(stream)
    assert first["summary"] == text
    assert second["support"] == ""


def test_parquet_has_numbers_and_nulls_even_without_rows(tmp_path: Path) -> None:
    write_output(tmp_path / "o.parquet", [])
    schema = pq.read_schema(tmp_path / "o.parquet")
    assert tuple(schema.names) == COLUMNS
    assert schema.field("support").type == pa.float64()
    assert schema.field("summary").type == pa.string()
    many = [row(number, support=0.5 if number % 2 else None) for number in range(2500)]
    write_output(tmp_path / "o.parquet", many)
    table = pq.read_table(tmp_path / "o.parquet")
    assert table.column("id").to_pylist() == [one.id for one in many]
    assert table.column("support").null_count == 1250


@pytest.mark.parametrize("suffix", ["jsonl", "csv", "parquet"])
def test_a_write_that_fails_leaves_what_was_there(tmp_path: Path, suffix: str) -> None:
    output = tmp_path / f"o.{suffix}"
    write_output(output, [row(1)])
    before = output.read_bytes()

    def rows() -> Iterator[Row]:
        yield from (row(number) for number in range(1500))
        raise OSError(28, "No space left on device")

    with pytest.raises(BatchError, match="No space left on device"):
        write_output(output, rows())
    assert output.read_bytes() == before
    assert list(tmp_path.iterdir()) == [output]
