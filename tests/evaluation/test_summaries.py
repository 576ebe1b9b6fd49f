"""ROUGE of summaries next to the first sentences, on a set made up here."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evaluation.summaries import SETS, rouge_table
from ringkas.settings import Settings
from ringkas.sources import samples


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One article a set, whose reference is its first sentence."""
    (tmp_path / "summarization").mkdir()
    for name, article in zip(SETS, samples(), strict=False):
        row = {"id": name, "text": article.text, "summary": article.text.split(". ")[0]}
        file = tmp_path / "summarization" / f"{name}.jsonl"
        file.write_text(json.dumps(row) + "\n", encoding="utf-8")
    return tmp_path


def test_every_set_has_a_row_for_each_method(folder: Path) -> None:
    table = rouge_table(folder, Settings(), limit=5)
    assert [row[0] for row in table.rows] == [
        f"{name}, {method}" for name in SETS for method in ("lead-3", "lead, 60 words", "ringkas")
    ]
    for _, articles, one, two, longest, words in table.rows:
        assert articles == 1
        assert 0 < float(two) <= float(longest) <= float(one) <= 1
        assert float(words) > 5
