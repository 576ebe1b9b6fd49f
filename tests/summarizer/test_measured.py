"""A model's own figures decide whether ``auto`` lets it write."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from plain_writers import Copyist

from ringkas.errors import LanguageError, ModelError
from ringkas.sources import samples
from summarizer import summarize
from summarizer.measured import FILE, Measured, measured
from summarizer.writers import lend_writer

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


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Copyist]:
    one = Copyist(name=str(tmp_path))
    with lend_writer(one):
        yield one


def note(writer: Copyist, figures: dict[str, dict[str, float]]) -> None:
    (Path(writer.name) / FILE).write_text(json.dumps(figures))


def test_auto_lets_a_model_write_what_it_writes_well(writer: Copyist) -> None:
    article = samples()[0]
    assert summarize(article).method == "abstractive"  # no figures: as configured
    note(writer, {"id-id": GOOD})
    assert summarize(article).method == "abstractive"


def test_auto_leaves_a_worse_model_out(writer: Copyist) -> None:
    article = samples()[0]
    note(writer, {"id-id": {**GOOD, "rouge": 0.2}})
    assert summarize(article).method == "extractive"
    assert not writer.briefs
    note(writer, {"id-id": GOOD})
    assert summarize(article, style="headline").method == "extractive"  # not measured


def test_where_nothing_can_stand_in_the_figures_are_named(writer: Copyist) -> None:
    note(writer, {"id-en": {"chrf": 12.0, "numbers": 1.0, "names": 1.0}})
    with pytest.raises(LanguageError, match=r"does not write 'en'.*chrf 12 of 50.*'abstractive'"):
        summarize(samples()[0], language="en")
