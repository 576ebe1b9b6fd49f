from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from retrieval import Index
from ringkas.types import Article

OPENED = "Siapa yang membuka rapat koordinasi di Denpasar?"
UNKNOWN = "Siapa pelatih kepala tim nasional bola tangan Islandia?"


def test_the_answer_comes_with_its_source(run: Callable, sample_index: Path) -> None:
    result = run("ask", OPENED, "--index", sample_index)
    assert result.exit_code == 0, result.output
    assert "Alit Wiradana" in result.stdout.splitlines()[0]
    flat = " ".join(result.stdout.split())
    assert "Sekda Alit Wiradana Buka Rapat Koordinasi PMI Non-Prosedural" in flat
    assert "wartabahari.example · 2023-06-08 18:40 +0800 · id" in flat
    assert "https://wartabahari.example/2023/06/08/" in flat
    assert "id f8b3e29884a7fccf" in flat


def test_the_cited_sentence_is_marked_without_colour_too(run: Callable, sample_index: Path) -> None:
    flat = " ".join(run("ask", OPENED, "--index", sample_index).stdout.split())
    marked = flat[flat.index("»") + 1 : flat.index("«")]
    assert "Alit Wiradana" in marked


def test_json_holds_the_exact_citation(run: Callable, sample_index: Path) -> None:
    answer = json.loads(run("ask", OPENED, "--json", "--index", sample_index).stdout)
    assert answer["found"] is True
    citation = answer["citations"][0]
    article = Index.open(sample_index).article(citation["article"]["id"])
    assert article.text[citation["start"] : citation["end"]] == citation["quote"]


def test_not_found_is_an_answer_with_the_nearest_passages(
    run: Callable, sample_index: Path
) -> None:
    result = run("ask", UNKNOWN, "--index", sample_index)
    assert result.exit_code == 0
    assert "Nearest passages" in result.stdout
    assert "Sources" not in result.stdout
    answer = json.loads(run("ask", UNKNOWN, "--json", "--index", sample_index).stdout)
    assert answer["found"] is False
    assert answer["nearest"]


def test_an_article_that_is_not_there_is_named(run: Callable, sample_index: Path) -> None:
    result = run("ask", OPENED, "--article", "zzz", "--index", sample_index)
    assert result.exit_code == 1
    assert "not in the index: zzz" in result.stderr


def test_filters_decide_where_the_answer_may_come_from(run: Callable, sample_index: Path) -> None:
    question = "How many people died in the Tirtaloka flood?"
    args = ("--json", "--language", "en", "--since", "2023-02-16", "--until", "2023-02-16")
    answer = json.loads(run("ask", question, *args, "--index", sample_index).stdout)
    titles = {each["article"]["title"] for each in answer["citations"] + answer["nearest"]}
    assert titles == {"Water recedes in Tirtaloka as flood death toll rises to four"}
    one = json.loads(
        run(
            "ask", OPENED, "--json", "--article", "46f6593246c072f0", "--index", sample_index
        ).stdout
    )
    places = {each["article"]["id"] for each in one["citations"] + one["nearest"]}
    assert places == {"46f6593246c072f0"}


def test_piped_questions_are_answered_one_a_line(run: Callable, sample_index: Path) -> None:
    piped = f"{OPENED}\n\n{UNKNOWN}\n"
    result = run("ask", "--json", "--index", sample_index, input=piped)
    assert result.exit_code == 0, result.output
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert [answer["question"] for answer in answers] == [OPENED, UNKNOWN]
    assert [answer["found"] for answer in answers] == [True, False]


@pytest.mark.parametrize("piped", ["", "\n  \n"], ids=["empty", "blank"])
def test_a_pipe_without_a_question_is_refused(
    run: Callable, sample_index: Path, piped: str
) -> None:
    result = run("ask", "--index", sample_index, input=piped)
    assert result.exit_code == 1
    assert "no question on standard input" in result.stderr


@pytest.mark.parametrize("question", ["", "   ", "mengapa " * 700], ids=["empty", "blank", "long"])
def test_what_is_no_question_is_refused(run: Callable, sample_index: Path, question: str) -> None:
    result = run("ask", question, "--index", sample_index)
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: ")
    assert "Traceback" not in result.output


def test_an_article_cannot_reach_the_terminal(run: Callable, tmp_path: Path) -> None:
    text = "Wali Kota Sari Kusuma meresmikan taman kota di Jalan Kenari pada Rabu pagi."
    hostile = Article("x1", "Taman \x1b]0;gotcha\x07 [bold red]dibuka[/]", text + " \x1b[2J", "id")
    Index.open(tmp_path / "i").add([hostile])
    result = run("ask", "Siapa yang meresmikan taman kota?", "--index", tmp_path / "i")
    assert "\x1b" not in result.stdout
    assert "\x07" not in result.stdout
    assert "[bold red]dibuka[/]" in result.stdout


def test_a_conversation_at_a_terminal_understands_a_follow_up(sample_index: Path) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "ringkas", "--index", str(sample_index), "ask"]
    process = subprocess.Popen(
        command, stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    os.write(ours, f"{OPENED}\nKapan?\n".encode() + b"\x04")
    said, _ = process.communicate(timeout=120)
    os.close(ours)
    os.close(theirs)
    assert process.returncode == 0
    assert "Alit Wiradana" in said
    assert "Understood as:" in said
    assert "8/6/2023" in said
