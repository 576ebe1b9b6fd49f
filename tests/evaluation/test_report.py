from __future__ import annotations

import json
from pathlib import Path

from evaluation.refusal import Point
from evaluation.report import Table, bars, markdown, risk_coverage, shown, write

TABLE = Table("Search", ("system", "RR@10", "n"), (("BM25", 0.75, 500), ("dense", 0.878, 500)), "x")


def test_numbers_have_the_digits_they_deserve() -> None:
    assert [shown(cell) for cell in (0.75, 1234.56, 1234, "a")] == [
        "0.750",
        "1,234.6",
        "1,234",
        "a",
    ]


def test_markdown() -> None:
    assert markdown(TABLE) == (
        "## Search\n\nx\n\n| system | RR@10 | n |\n|---|--:|--:|\n"
        "| BM25 | 0.750 | 500 |\n| dense | 0.878 | 500 |\n"
    )


def test_a_report_is_a_page_its_figures_and_its_plots(tmp_path: Path) -> None:
    points = [Point(0.9, 0.5, 0.1, 1.0, 0.4), Point(0.1, 1.0, 0.3, 0.0, 0.0)]
    plots = {
        "search-bars": bars(TABLE, ["RR@10"], "share"),
        "risk": risk_coverage({"set": points}, {"set": points[0]}),
    }
    page = write(tmp_path / "out", "retrieval", "Retrieval", [TABLE], plots)
    text = page.read_text()
    assert "![search bars](search-bars.png)" in text
    assert "Measured on" in text
    assert (page.parent / "risk.png").stat().st_size > 1000
    figures = json.loads((page.parent / "retrieval.json").read_text())
    assert figures["Search"]["dense"] == {"RR@10": 0.878, "n": 500}
