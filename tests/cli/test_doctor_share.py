"""``ringkas doctor --share``: everything a bug report needs, and nothing private."""

from __future__ import annotations

import dataclasses
import getpass
import json
import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ringkas.cli.sharing import changed
from ringkas.settings import Settings

PRIVATE = {
    "ringkas-rahasia": "the folder of the index",
    "siti.aminah": "a user's name in a path",
    "llm.redaksi.example": "the address of a server",
    "redaksi/model-rahasia": "the name of a model",
    "sk-kunci-9f8e7d": "a key",
    "Kabar Rahasia": "the title of a newsletter",
    "harian-rahasia.example": "an outlet",
    "pilkada-rahasia": "a keyword",
}
CONFIG = """
[embedder]
query_prefix = "tanya: "
[generator]
kind = "openai"
model = "redaksi/model-rahasia"
base_url = "http://llm.redaksi.example:8000/v1"
api_key_env = "RINGKAS_KUNCI"
[retrieval]
read = 12
[newsletter]
title = "Kabar Rahasia"
keywords = ["pilkada-rahasia"]
[newsletter.source_weights]
"harian-rahasia.example" = 1.0
[store]
s3_endpoint = "https://llm.redaksi.example:9000"
"""


@pytest.fixture
def private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A configuration with something private in every place."""
    home = tmp_path / "siti.aminah"
    home.mkdir()
    monkeypatch.setenv("RINGKAS_KUNCI", "sk-kunci-9f8e7d")
    monkeypatch.setenv("RINGKAS_METRICS_TOKEN", "sk-kunci-9f8e7d")
    file = home / "redaksi.toml"
    file.write_text(CONFIG)
    return file


def shared(run: Callable, *args: object) -> tuple[str, dict[str, Any]]:
    result = run(*args, "doctor", "--share")
    assert result.exit_code == 0, result.output
    return result.stdout, json.loads(result.stdout)


def test_a_report_says_what_is_needed(run: Callable, sample_index: Path) -> None:
    _, report = shared(run, "--index", sample_index)
    assert report["ringkas"]
    assert report["packages"]["lancedb"]
    assert report["configuration"] == "defaults"
    assert report["index"]["articles"] == 22
    assert report["index"]["format"] >= 2
    assert report["checks"]["embedder"] == "ok"


def test_nothing_private_is_in_a_report(run: Callable, private: Path) -> None:
    text, report = shared(run, "--config", private, "--index", private.parent / "ringkas-rahasia")
    found = {what for word, what in PRIVATE.items() if word.lower() in text.lower()}
    assert not found
    assert report["configuration"] == "a file"
    assert report["settings"]["retrieval.read"] == 12
    assert report["settings"]["generator.kind"] == "openai"
    assert report["settings"]["generator.model"] == "(set)"
    assert "RINGKAS_METRICS_TOKEN" in report["environment"]
    assert report["settings"]["newsletter.keywords"] == "(1 set)"
    assert "KUNCI" not in text


def test_neither_machine_nor_user_nor_any_path_is_named(
    run: Callable, own_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("platform.node", lambda: "laptop-siti")
    text, _ = shared(run, "--index", own_index)
    assert not any(
        word in text for word in (str(Path.home()), str(own_index), os.sep + "tmp", "laptop-siti")
    )
    for name in {socket.gethostname(), getpass.getuser()} - {"root", "localhost"}:
        assert name not in text


def test_no_article_and_no_outlet_is_named(run: Callable, sample_index: Path) -> None:
    from ringkas.sources import samples

    text, report = shared(run, "--index", sample_index)
    for article in samples():
        assert article.title not in text
        assert not article.source or article.source not in text
    assert report["index"]["outlets"] > 1


def test_a_broken_index_is_told_by_the_kind_of_error(run: Callable, tmp_path: Path) -> None:
    (tmp_path / "siti").mkdir()
    (tmp_path / "siti" / "articles.lance").mkdir()
    (tmp_path / "siti" / "passages.lance").mkdir()
    text, report = shared(run, "--index", tmp_path / "siti")
    assert report["index"] == {"engine": "folder", "state": "StoreError"}
    assert report["checks"]["index"] == "broken"
    assert "siti" not in text


def test_every_setting_that_is_words_is_hidden() -> None:
    """Whoever adds a setting gets it hidden without thinking of it."""

    def secretly(settings: Any) -> Any:
        worded = {
            item.name: "rahasia"
            for item in dataclasses.fields(settings)
            if isinstance(getattr(settings, item.name), str)
        }
        nested = {
            item.name: secretly(getattr(settings, item.name))
            for item in dataclasses.fields(settings)
            if dataclasses.is_dataclass(getattr(settings, item.name))
        }
        return dataclasses.replace(settings, **worded, **nested)

    values = dict(changed(secretly(Settings())))
    assert len(values) > 15
    assert "rahasia" not in str(values)
