from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from unprivileged import unprivileged


def test_articles_are_listed_within_80_columns(run: Callable, sample_index: Path) -> None:
    result = run("articles", "--index", sample_index)
    assert result.exit_code == 0
    assert "Sekda Alit Wiradana Buka Rapat" in result.stdout
    assert "2023-06-08" in result.stdout
    assert "22 of 22 articles" in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 80


def test_json_filters_and_pages(run: Callable, sample_index: Path) -> None:
    args = ("articles", "--json", "--language", "en", "--since", "2023-06-01", "--index")
    everything = json.loads(run(*args, sample_index).stdout)
    assert {article["language"] for article in everything} == {"en"}
    assert all(article["published"] >= "2023-06-01" for article in everything)
    second = json.loads(run(*args, sample_index, "--limit", "1", "--offset", "1").stdout)
    assert second == everything[1:2]


def test_a_source_and_a_last_day_filter(run: Callable, sample_index: Path) -> None:
    args = ("--source", "theharbourpost.example", "--until", "2023-02-28")
    [only] = json.loads(run("articles", "--json", *args, "--index", sample_index).stdout)
    assert only["title"].startswith("Water recedes in Tirtaloka")


def test_a_date_in_another_form_is_a_usage_error(run: Callable, sample_index: Path) -> None:
    assert run("articles", "--since", "yesterday", "--index", sample_index).exit_code == 2


def test_articles_are_removed_by_id_and_unknown_ids_are_named(
    run: Callable, own_index: Path
) -> None:
    [first, second, *_] = json.loads(run("articles", "--json", "--index", own_index).stdout)
    result = run("remove", first["id"], "no-such-id", second["id"], "--index", own_index)
    assert result.exit_code == 1
    assert "2 removed" in result.stdout
    assert "no-such-id" in result.stderr
    left = json.loads(run("articles", "--json", "--index", own_index).stdout)
    assert len(left) == 20
    assert {first["id"], second["id"]}.isdisjoint(article["id"] for article in left)


def test_an_index_that_cannot_be_written_is_named_and_can_still_be_read(
    own_index: Path, article_file: Path
) -> None:
    for command in (["add", article_file], ["remove", "f8b3e29884a7fccf"]):
        done = unprivileged("--index", own_index, *command, locked=own_index)
        assert done.returncode == 1
        assert f"no permission to read or write in {own_index}" in done.stderr
        assert "--index FOLDER" in done.stderr
        assert "Traceback" not in done.stderr
    assert "22 of 22" in unprivileged("--index", own_index, "articles", locked=own_index).stdout
