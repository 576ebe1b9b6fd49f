from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from unprivileged import unprivileged

from ringkas import load_settings


def line(output: str, name: str) -> str:
    """Return the row of a check, its folded lines joined."""
    rows = output.split("\n")
    start = next(n for n, row in enumerate(rows) if row.split()[1:2] == [name])
    end = next((n for n in range(start + 1, len(rows)) if rows[n][:1] != " "), len(rows))
    return " ".join(" ".join(rows[start:end]).split())


def test_everything_is_in_order(run: Callable, sample_index: Path) -> None:
    result = run("doctor", "--index", sample_index)
    assert result.exit_code == 0, result.output
    assert line(result.stdout, "embedder").startswith("ok embedder multilingual-e5-small")
    assert line(result.stdout, "offline") == "ok offline true: never asks the model Hub"
    assert "only for the URLs that you give" in line(result.stdout, "network")
    assert "22 articles" in line(result.stdout, "index")
    assert max(map(len, result.stdout.splitlines())) <= 80


def test_it_says_whether_the_embedder_is_unpacked(
    run: Callable, sample_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert line(run("doctor", "--index", sample_index).stdout, "embedder").endswith(", unpacked")
    monkeypatch.setenv("RINGKAS_CACHE", str(tmp_path / "empty"))
    row = line(run("doctor", "--index", sample_index).stdout, "embedder")
    assert "to be unpacked at first use" in row


def test_an_index_that_is_not_there_yet_is_fine(run: Callable) -> None:
    assert line(run("doctor", "--index", "new").stdout, "index").startswith("ok index none in new")


def test_an_index_that_can_only_be_read_is_a_note(own_index: Path) -> None:
    done = unprivileged("--index", own_index, "doctor", locked=own_index)
    assert done.returncode == 0, done.stdout
    row = line(done.stdout, "index")
    assert row.startswith("note index")
    assert "22 articles" in row
    assert "can be read, but nothing added or removed" in row


def test_a_cache_that_cannot_be_written_is_broken(
    run: Callable, monkeypatch: pytest.MonkeyPatch, article_file: Path
) -> None:
    monkeypatch.setenv("RINGKAS_CACHE", str(article_file / "below-a-file"))
    result = run("doctor")
    assert result.exit_code == 1
    assert line(result.stdout, "cache").startswith("broken cache")
    assert "RINGKAS_CACHE" in line(result.stdout, "cache")


def test_a_hub_model_that_is_not_here_is_broken_offline_and_a_note_online(
    run: Callable, tmp_path: Path
) -> None:
    model = "[embedder]\nmodel = 'nobody/no-such-model'\n"
    (tmp_path / "off.toml").write_text(model)
    (tmp_path / "on.toml").write_text("offline = false\n" + model)
    offline = run("doctor", "--config", "off.toml")
    assert offline.exit_code == 1
    assert line(offline.stdout, "embedder").startswith("broken embedder nobody/no-such-model")
    online = run("doctor", "--config", "on.toml").stdout
    assert line(online, "embedder").startswith("note embedder")
    assert "nobody/no-such-model is downloaded" in line(online, "network")


def test_a_chat_server_is_named_as_a_use_of_the_network(
    run: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RINGKAS_API_KEY", "a-secret")
    result = run("doctor", "--config", "llm-server")
    assert load_settings("llm-server").generator.base_url in line(result.stdout, "network")
    assert "RINGKAS_API_KEY is set" in line(result.stdout, "generator")
    assert "a-secret" not in result.output


def test_a_missing_decider_is_broken(
    run: Callable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("retrieval.adapters.DECIDER", tmp_path / "nowhere")
    result = run("doctor")
    assert result.exit_code == 1
    assert "cannotreadtheadapterofthereader'sweights" in "".join(result.output.split())
