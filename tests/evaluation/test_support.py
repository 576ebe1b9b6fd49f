"""The measuring itself, on small files of ours with the real embedder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evaluation.planting import Planted
from evaluation.support import Case, Counts, cases, is_found, judged_right, measure, tables
from ringkas.embedding import Embedder, get_embedder
from ringkas.settings import Settings
from ringkas.types import Article, Flag, SummarySentence

TEXT = """Wali Kota Ratna Wibisono membuka 12 pasar baru di Talangsari pada 8 Juni 2023. \
Acara itu dihadiri sekitar 400 pedagang dari lima kecamatan. \
Menurut Ratna, pembangunan pasar menghabiskan anggaran Rp1,5 miliar. \
Kepala Dinas Perdagangan Hasan Priambodo berharap harga beras turun 5 persen. \
Ia menambahkan bahwa pasar lama akan dibongkar pada Desember mendatang."""


@pytest.fixture
def embedder() -> Embedder:
    return get_embedder(Settings())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "summarization").mkdir()
    (tmp_path / "translation").mkdir()
    rows = [
        {"id": f"a-{number}", "title": "", "text": TEXT, "summary": TEXT.split(". ")[0] + "."}
        for number in range(3)
    ]
    for name in ("indosum", "detik", "cnndm"):
        write(tmp_path / "summarization" / f"{name}.dev.jsonl", rows)
    pair = {"en": "The mayor opened 12 new markets in town.", "id": "Wali kota membuka 12 pasar."}
    for name in ("bppt_news", "guntara_news"):
        write(tmp_path / "translation" / f"{name}.dev.jsonl", [pair] * 20)
    return tmp_path


def write(path: Path, rows: list[dict[str, str]]) -> None:
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")


def test_cases_of_every_sort_are_made(folder: Path) -> None:
    names = {case.set for case in cases(folder, 1, "dev")}
    assert "indosum.dev, extracted" in names
    assert "indosum.dev, rewritten" in names
    assert "cnndm.dev, summaries" in names
    assert "bppt_news.dev, id to en" in names


def test_all_tables_count_the_same_plants(folder: Path) -> None:
    aims, found, alarms = tables(folder, Settings(), 1)
    assert [row[0] for row in aims.rows][:3] == ["number", "date", "name"]
    assert sum(int(row[1]) + int(row[3]) for row in aims.rows[:-2]) == sum(
        int(row[1]) for row in found.rows
    )
    right = [int(row[1]) for row in alarms.rows if str(row[0]).endswith("rewritten")]
    assert aims.rows[-2][1] == sum(right)
    assert aims.rows[-1][3] == sum(
        int(row[1]) for row in alarms.rows if str(row[0]).endswith(("id to en", "en to id"))
    )
    assert alarms.rows[0][0] == "indosum.dev, extracted"
    by_set = {str(row[0]): dict(zip(found.columns[1:], row[1:], strict=True)) for row in found.rows}
    assert by_set["indosum.dev, summaries"]["n"]
    assert all(row[1] for row in alarms.rows)


def test_a_plant_is_found_where_a_flag_lies_on_it() -> None:
    planted = Planted("number", "same", "Ada 15 pasar.", 4, 6)
    on_it = SummarySentence(planted.text, (), (Flag("number", 4, 6),))
    beside = SummarySentence(planted.text, (), (Flag("name", 7, 12),))
    assert is_found(planted, on_it)
    assert not is_found(planted, beside)
    negated = Planted("negation", "other", "Tidak ada.", 0, 10)
    assert not is_found(negated, SummarySentence(negated.text, (), (Flag("name", 0, 5),)))


def test_a_sentence_with_a_flag_judged_right_is_not_flagged_wrongly(
    embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    sentence = "Wali Kota Ratna Wibisono membuka 15 pasar di Purwosari."
    case = Case("a.dev, summaries", Article("a", "", TEXT, "id"), (sentence,), False, (TEXT, ""))

    def wrongly() -> list[bool]:
        counts = Counts()
        measure(case, embedder, counts)
        assert counts.alarms["any"] == [True]
        return counts.alarms["wrong"]

    monkeypatch.setattr("evaluation.support.judged_right", lambda: {("a", "Purwosari")})
    assert wrongly() == [False]
    monkeypatch.setattr("evaluation.support.judged_right", lambda: {("b", "Purwosari")})
    assert wrongly() == [True]


def test_what_was_judged_can_be_read() -> None:
    assert ("c94a0808e3298abc", "Rp 8,3 triliun") in judged_right()
