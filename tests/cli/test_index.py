from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import lancedb
import pytest

from retrieval import Index


def articles(run: Callable, place: Path | str) -> list[str]:
    listed = json.loads(run("articles", "--json", "--index", place).stdout)
    return sorted(article["id"] for article in listed)


def test_a_copy_answers_like_the_index_it_was_made_of(
    run: Callable, sample_index: Path, tmp_path: Path
) -> None:
    result = run("--index", sample_index, "index", "copy", "copied")
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("22 articles with ")
    assert result.stdout.endswith("0 there already → copied\n")
    assert articles(run, "copied") == articles(run, sample_index)
    again = run("index", "copy", "copied", "--index", sample_index)
    assert again.stdout == "0 articles with 0 passages copied, 22 there already → copied\n"
    assert run("index", "verify", "--index", "copied").exit_code == 0


def test_a_copy_to_milvus_lite_holds_the_same(run: Callable, sample_index: Path) -> None:
    assert run("--index", sample_index, "index", "copy", "trial.db").exit_code == 0
    assert articles(run, "trial.db") == articles(run, sample_index)
    asked = run("ask", "Siapa yang membuka rapat?", "--json", "--index", "trial.db")
    same = run("ask", "Siapa yang membuka rapat?", "--json", "--index", sample_index)
    assert json.loads(asked.stdout)["text"] == json.loads(same.stdout)["text"]


def test_verify_says_what_is_wrong_and_exits_with_1(run: Callable, own_index: Path) -> None:
    sound = run("index", "verify", "--index", own_index)
    assert sound.exit_code == 0
    assert "22 articles" in sound.stdout
    assert "The index is sound." in sound.stdout
    lost = articles(run, own_index)[3]
    passages = lancedb.connect(own_index).open_table("passages")
    passages.delete(f"article_id = '{lost}'")
    broken = run("index", "verify", "--index", own_index)
    assert broken.exit_code == 1
    assert f"wrong: 1 articles without some of their passages: {lost}" in broken.stdout
    assert "index rebuild" in broken.stderr
    told = run("index", "verify", "--json", "--index", own_index)
    assert told.exit_code == 1
    record = json.loads(told.stdout)
    assert (record["articles"], record["sound"]) == (22, False)
    assert record["findings"] == [{"kind": "missing", "count": 1, "examples": [lost]}]


def test_rebuild_cuts_and_embeds_as_the_settings_say(
    run: Callable, sample_index: Path, tmp_path: Path
) -> None:
    (tmp_path / "short.toml").write_text("[passages]\nmax_words = 40\n")
    refused = run("--config", "short.toml", "articles", "--index", sample_index)
    assert refused.exit_code == 1
    assert f"ringkas --index {sample_index} index rebuild" in refused.stderr
    args = ("--config", "short.toml", "--index", sample_index, "index", "rebuild", "short")
    first = run(*args).stdout
    assert re.fullmatch(r"22 added, 0 there already, \d+ passages embedded → short\n", first)
    again = run(*args).stdout
    assert again == "0 added, 22 there already, 0 passages embedded → short\n"
    assert run("--config", "short.toml", "index", "verify", "--index", "short").exit_code == 0
    assert run("index", "verify", "--index", "short").exit_code == 1
    assert articles(run, sample_index)


def test_a_backup_is_an_index_and_comes_back_by_copying(
    run: Callable, own_index: Path, tmp_path: Path
) -> None:
    before = articles(run, own_index)
    result = run("index", "backup", "backups/monday", "--index", own_index)
    assert result.exit_code == 0, result.output
    assert [path.name for path in (tmp_path / "backups").iterdir()] == ["monday"]
    shutil.rmtree(own_index)
    assert run("--index", "backups/monday", "index", "copy", own_index).exit_code == 0
    assert articles(run, own_index) == before
    again = run("index", "backup", "backups/monday", "--index", own_index)
    assert again.exit_code == 1
    assert "is there already" in again.stderr


def test_compact_tells_the_room(run: Callable, own_index: Path) -> None:
    result = run("index", "compact", "--index", own_index)
    assert result.exit_code == 0
    assert f"{own_index} compacted: " in result.stdout
    assert len(articles(run, own_index)) == 22


@pytest.mark.parametrize(
    "command", [("copy", "t"), ("rebuild", "t"), ("backup", "t"), ("verify",), ("compact",)]
)
def test_an_index_that_is_not_there_is_named_and_nothing_is_made(
    run: Callable, tmp_path: Path, command: tuple[str, ...]
) -> None:
    result = run("--index", "gone", "index", *command)
    assert result.exit_code == 1
    assert "there is no index at gone" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_an_interrupted_copy_says_how_to_go_on(
    run: Callable, sample_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from retrieval.stores.lance import LanceStore

    def pressed(self: LanceStore) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(LanceStore, "optimize", pressed)
        result = run("--index", sample_index, "index", "copy", "target")
    assert result.exit_code == 130
    assert "interrupted after 22 articles; run the same command again" in result.stderr
    assert "22 there already" in run("--index", sample_index, "index", "copy", "target").stdout


def test_the_library_opens_what_was_copied(run: Callable, sample_index: Path) -> None:
    run("--index", sample_index, "index", "copy", "copied")
    assert Index.open("copied", create=False).search("rapat")
