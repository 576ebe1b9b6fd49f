"""Summaries of a data folder made up here, by every method, in one table and one picture."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pytest
from plain_writers import Copyist

from evaluation.report import Table
from evaluation.summaries import SETS, new_pairs, supported, table
from evaluation.summary_methods import Written, methods
from evaluation.summary_plot import picture
from ringkas.embedding import get_embedder
from ringkas.settings import GeneratorSettings, Settings
from ringkas.sources import samples
from ringkas.types import Article
from summarizer.writers import lend_writer
from summarizer.writing import Brief

METHODS = ("lead-3", "lead", "TextRank", "LexRank", "oracle", "extractive")


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Table:
    """Two articles a set, whose references are their first sentences."""
    folder = tmp_path_factory.mktemp("data")
    (folder / "summarization").mkdir()
    articles = iter(samples()[9::2])
    for name in SETS:
        given = [(number, next(articles)) for number in range(2)]
        lines = [
            json.dumps({"id": f"{name}-{number}", "text": a.text, "summary": a.text.split(". ")[0]})
            for number, a in given
        ]
        file = folder / "summarization" / f"{name}.jsonl"
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return table(folder, Settings(), limit=5)


def test_every_set_has_a_row_for_each_method(measured: Table) -> None:
    assert [row[0] for row in measured.rows] == [
        f"{name}, {method}" for name in SETS for method in METHODS
    ]
    for row in measured.rows:
        cells = dict(zip(measured.columns, row, strict=True))
        assert cells["articles"] == 2
        assert 0 <= float(cells["ROUGE-2"]) <= float(cells["ROUGE-L"]) <= 1
        assert float(cells["words"]) > 5
        assert -1 < float(cells["BERTScore"]) <= 1
        assert 0 <= float(cells["new pairs"]) < 0.2


def test_extracts_are_supported_and_only_ours_says_what_it_read(measured: Table) -> None:
    supported, read = (measured.columns.index(name) for name in ("supported", "read"))
    for row in measured.rows:
        assert row[supported] == 1.0
        assert row[read] == (1.0 if str(row[0]).endswith("extractive") else "-")


def test_what_the_article_does_not_say_is_not_supported() -> None:
    article = Article(
        "x", "Banjir", "Banjir merendam 12 rumah di Randuasri. Tidak ada korban jiwa.", "id"
    )
    written = [Written(("Banjir merendam 12 rumah.", "Banjir merendam 70 rumah di Randuasri."))]
    assert supported([(article, "")], written, get_embedder(Settings())) == 0.5


def test_speed_is_told_of_all_but_the_oracle(measured: Table) -> None:
    column = measured.columns.index("ms/article")
    for row in measured.rows:
        known = not str(row[0]).endswith("oracle")
        assert (float(row[column]) > 0) if known else (row[column] == "-")


def test_what_stands_in_for_a_model_is_counted() -> None:
    @dataclass
    class Liar(Copyist):
        def reply(self, source: str, brief: Brief) -> str:
            return "Raja Prancis membeli 77 gajah dari Kerajaan Antah Berantah."

    settings = Settings(generator=GeneratorSettings(kind="seq2seq", model="liar"))
    write = methods(settings, ["abstractive"])["abstractive"]
    article = samples()[0]
    with lend_writer(Copyist()):
        assert not write(article, "").stood_in
    with lend_writer(Liar()):
        assert write(article, "").stood_in


def test_the_picture_has_a_panel_a_set(measured: Table) -> None:
    axes = picture(measured).axes
    assert [panel.get_title() for panel in axes] == list(SETS)
    assert [label.get_text() for label in axes[0].get_yticklabels()] == list(METHODS)


def test_new_pairs_are_those_that_the_article_lacks() -> None:
    article = Article("x", "Banjir Tirtaloka", "Tanggul jebol. Warga mengungsi.", "id")
    assert new_pairs("Banjir Tirtaloka: tanggul jebol", article) == 0
    # Of "tanggul desa", "desa jebol" and "jebol warga" the last alone stands in the article.
    assert new_pairs("Tanggul desa jebol, warga", article) == pytest.approx(2 / 3)
    assert new_pairs("", article) == 0
