from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from ringkas.sources.reading import SAMPLES

FIRST = SAMPLES / "04-banjir-tirtaloka-laporan-awal.md"
SECOND = SAMPLES / "05-banjir-tirtaloka-pengungsi-bertambah.md"
BANK = SAMPLES / "08-laba-bank-nirmala-samudra.md"


def test_two_files_make_one_digest(run: Callable) -> None:
    result = run("digest", FIRST, SECOND, "--max-words", "50")
    assert result.exit_code == 0, result.output
    flat = " ".join(result.stdout.split())
    assert "(sagara.example)." in flat
    assert "340 orang (kabarlereng.example, 14 Februari) – 1.872 orang (sagara.example" in flat
    assert "2 articles in 2 voices" in flat


def test_json_has_the_sources_of_each_sentence(run: Callable) -> None:
    made = json.loads(run("digest", FIRST, SECOND, "--max-words", "50", "--json").stdout)
    assert 0 < made["words"] <= 50
    assert all(sentence["citations"] for sentence in made["sentences"])
    assert [one["subject"] for one in made["conflicts"]][:2] == [
        "jumlah korban meninggal",
        "jumlah pengungsi",
    ]


def test_what_is_left_out_is_named_on_stderr(run: Callable) -> None:
    result = run("digest", FIRST, SECOND, BANK, "no-such-file.md", "--max-words", "40")
    assert result.exit_code == 0, result.output
    assert "no-such-file.md" in result.stderr
    assert "bursaharian.example" in result.stderr


def test_one_article_is_too_few(run: Callable) -> None:
    result = run("digest", FIRST)
    assert result.exit_code == 1
    assert "at least 2" in result.stderr


def test_articles_of_the_index_are_named_by_their_ids(run: Callable, sample_index: Path) -> None:
    listed = json.loads(run("articles", "--json", "--index", sample_index).stdout)
    ids = [one["id"] for one in listed if "Nirmala" in one["title"]]
    result = run("digest", *ids, "--language", "en", "--json", "--index", sample_index)
    assert json.loads(result.stdout)["language"] == "en"
