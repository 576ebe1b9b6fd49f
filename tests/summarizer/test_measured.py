"""A model's own figures decide whether ``auto`` lets it write."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ringkas.errors import ModelError
from summarizer.measured import FILE, Measured, measured

GOOD = {"rouge": 0.35, "extractive": 0.34, "supported": 0.95}


def test_a_model_without_figures_is_not_judged(tmp_path: Path) -> None:
    assert measured(str(tmp_path)) is None
    assert measured("gpt-oss:20b") is None


def test_what_is_no_worse_than_the_extractive_summary_is_worth_having() -> None:
    figures = Measured({"id-id": GOOD})
    assert figures.shortfall("id", "id", "paragraph") == ""
    assert figures.shortfall("id", "id", "bullets") == ""


@pytest.mark.parametrize(
    ("changed", "said"),
    [({"rouge": 0.33}, "rouge 0.33 of 0.34"), ({"supported": 0.8}, "supported 0.8 of 0.9")],
)
def test_what_is_worse_is_named(changed: dict[str, float], said: str) -> None:
    assert Measured({"id-id": {**GOOD, **changed}}).shortfall("id", "id", "paragraph") == said


def test_what_was_not_measured_is_left_out() -> None:
    figures = Measured({"id-id": GOOD})
    assert "'id-id-headline' was not measured" in figures.shortfall("id", "id", "headline")
    assert "'id-en' was not measured" in figures.shortfall("id", "en", "paragraph")


def test_across_languages_translation_decides() -> None:
    figures = Measured({"id-en": {"chrf": 52.0, "numbers": 0.99, "names": 0.85}})
    assert figures.shortfall("id", "en", "paragraph") == "names 0.85 of 0.9"


def test_a_damaged_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("[1, 2]")
    with pytest.raises(ModelError, match=r"measured\.json' is damaged"):
        measured(str(tmp_path))
    (tmp_path / FILE).write_text(json.dumps({"id-id": GOOD}))
    assert measured(str(tmp_path)) == Measured({"id-id": GOOD})
