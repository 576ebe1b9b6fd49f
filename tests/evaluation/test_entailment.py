"""The trial itself, on small files of ours with the real embedder."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from evaluation.entailment import CORRECT, EXCHANGED, NEGATED, features, tables
from ringkas.settings import Settings

ARTICLE = (
    "Wali Kota Ratna Wibisono akan membuka pasar baru di Talangsari pada Kamis. Acara itu dihadiri "
    "Kepala Dinas Hasan Priambodo bersama sekitar 400 pedagang dari lima kecamatan. Menurut Ratna "
    "Wibisono, pembangunan pasar telah menghabiskan anggaran yang disetujui Dimas Satrio."
)
PAIRS = (
    ("Pasar dibuka Kamis.", "Pasar dibuka.", "e"),
    ("Pasar dibuka Kamis.", "Pasar tidak dibuka.", "c"),
    ("Pasar dibuka Kamis.", "Harga beras naik.", "n"),
)


def write(path: Path, rows: list[dict[str, str]]) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")


def test_both_tables_compare_with_what_is_there(tmp_path: Path) -> None:
    nli = [{"premise": one, "hypothesis": two, "label": label} for one, two, label in PAIRS * 8]
    rows = [{"id": f"a-{n}", "title": "", "text": ARTICLE, "summary": ARTICLE} for n in range(3)]
    for split in ("train", "dev"):
        write(tmp_path / "nli" / f"indonli.{split}.jsonl", nli)
        for name in ("indosum", "detik", "cnndm"):
            write(tmp_path / "summarization" / f"{name}.{split}.jsonl", rows)
    pair = {"en": "The mayor opened 12 new markets.", "id": "Wali kota membuka 12 pasar."}
    for name in ("bppt_news.dev", "guntara_news.dev", "bppt_news.train", "guntara_news.train2"):
        write(tmp_path / "translation" / f"{name}.jsonl", [pair] * 20)
    on_nli, on_news = tables(tmp_path, Settings(), 2)
    assert [row[1] for row in on_nli.rows] == [24, 24, 24]
    assert abs(float(on_nli.rows[0][2]) - 1 / 3) < 0.001
    assert [row[0] for row in on_news.rows] == [NEGATED, EXCHANGED, CORRECT]
    assert all(int(row[1]) > 0 and 0 <= float(row[2]) <= 1 for row in on_news.rows)


def test_the_head_sees_difference_and_product() -> None:
    one, other = np.array([[1.0, 0.0]], np.float32), np.array([[0.6, 0.8]], np.float32)
    seen = features(one, other)
    scale = np.sqrt(2)
    expected = [0.4 * scale, 0.8 * scale, 0.6 * scale * scale, 0.0]
    assert np.allclose(seen, [expected])
