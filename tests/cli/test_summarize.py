from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from chat_servers import Script, says

from ringkas.sources.reading import SAMPLES

FLOOD = SAMPLES / "05-banjir-tirtaloka-pengungsi-bertambah.md"


def test_a_file_is_summarized_within_the_words(run: Callable) -> None:
    summary = json.loads(run("summarize", FLOOD, "--words", "40", "--json").stdout)
    assert 0 < summary["words"] <= 40
    assert summary["language"] == "id"
    assert summary["coverage"] == 1.0
    for sentence in summary["sentences"]:
        for span in sentence["spans"]:
            assert summary["article_text"][span["start"] : span["end"]]


def test_the_text_names_the_article_and_how_much_was_read(run: Callable) -> None:
    result = run("summarize", FLOOD)
    assert result.exit_code == 0, result.output
    flat = " ".join(result.stdout.split())
    assert "Banjir Tirtaloka Meluas ke Tujuh Desa, Pengungsi Bertambah Jadi 1.872 Orang" in flat
    assert "read 100% of the article" in flat


def test_an_article_of_the_index_is_named_by_its_id(run: Callable, sample_index: Path) -> None:
    args = ("--json", "--index", sample_index)
    summary = json.loads(run("summarize", "f8b3e29884a7fccf", *args).stdout)
    assert summary["article"]["id"] == "f8b3e29884a7fccf"


def test_text_comes_from_standard_input(run: Callable) -> None:
    text = FLOOD.read_text(encoding="utf-8").split("---\n", 2)[2]
    assert run("summarize", "-", input=text).exit_code == 0


def test_bullets_and_a_query_are_passed_on(run: Callable) -> None:
    args = ("--style", "bullets", "--query", "pengungsi", "--json")
    assert json.loads(run("summarize", FLOOD, *args).stdout)["style"] == "bullets"


def test_what_cannot_be_read_is_named(run: Callable, sample_index: Path) -> None:
    result = run("summarize", "no-such-thing", "--index", sample_index)
    assert result.exit_code == 1
    assert "no-such-thing" in result.stderr


def test_several_articles_at_once_are_refused_with_a_way_out(run: Callable) -> None:
    result = run("summarize", SAMPLES)
    assert result.exit_code == 1
    assert "ringkas add" in result.stderr


def test_a_near_empty_page_is_refused(run: Callable, tmp_path: Path) -> None:
    (tmp_path / "login.html").write_text("<html><body><p>Please log in.</p></body></html>")
    result = run("summarize", "login.html")
    assert result.exit_code == 1
    assert "login.html" in result.stderr


def configuration(folder: Path, url: str, unsupported: str = "drop") -> Path:
    file = folder / "server.toml"
    file.write_text(
        f'[generator]\nkind = "openai"\nmodel = "tiny-chat"\nbase_url = "{url}"\nretries = 0\n'
        f'[summary]\nunsupported = "{unsupported}"\n'
    )
    return file


WRONG = "Jumlah pengungsi bertambah menjadi 2.872 orang."


def test_the_method_is_chosen(run: Callable) -> None:
    summary = json.loads(run("summarize", FLOOD, "--method", "lead", "--json").stdout)
    assert (summary["method"], summary["model"], summary["fell_back"]) == ("lead", "", False)
    assert (summary["support"], summary["dropped"]) == (1.0, [])
    result = run("summarize", FLOOD, "--method", "abstractive")
    assert result.exit_code == 1
    assert "llm-server.toml" in result.stderr


def test_what_the_article_does_not_say_is_marked(
    run: Callable, scripted: Script, tmp_path: Path
) -> None:
    scripted.will(says(WRONG))
    config = configuration(tmp_path, scripted.url, "mark")
    args = ("summarize", FLOOD, "--config", config, "--method", "abstractive")
    text = " ".join(run(*args).stdout.split())
    assert "»2.872" in text
    assert '! The article has no such number: "2.872' in text
    assert '; it says "1.872' in text
    assert "abstractive by tiny-chat" in text
    assert "holds 0 of 1 sentences" in text
    (sentence,) = json.loads(run(*args, "--json").stdout)["sentences"]
    assert sentence["supported"] is False
    (flag,) = sentence["flags"]
    assert flag["kind"] == "number"
    assert flag["text"] == WRONG[flag["start"] : flag["end"]]
    assert flag["nearest"]["text"].startswith("1.872")


def test_what_was_left_out_is_said(run: Callable, scripted: Script, tmp_path: Path) -> None:
    scripted.will(says(WRONG))
    args = ("summarize", FLOOD, "--config", configuration(tmp_path, scripted.url))
    assert "The model could not be used, or what it wrote did not hold" in " ".join(
        run(*args).stdout.split()
    )
    summary = json.loads(run(*args, "--json").stdout)
    assert (summary["method"], summary["fell_back"]) == ("extractive", True)
    assert [sentence["text"] for sentence in summary["dropped"]] == [WRONG]
