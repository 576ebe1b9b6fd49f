from __future__ import annotations

import json
import lzma
from collections import Counter
from pathlib import Path
from typing import Any, get_args

import pytest

from evaluation import data, retrieval_sets
from evaluation.data import DataError, qa_set


def write(path: Path, rows: list[dict[str, Any]], *, packed: bool = False) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "".join(json.dumps(row) + "\n" for row in rows)
    if packed:
        path.with_name(path.name + ".xz").write_bytes(lzma.compress(text.encode()))
    else:
        path.write_text(text)


def qa_row(key: str, answers: list[str], *, impossible: bool = False) -> dict[str, Any]:
    context = f"Rapat {key} dibuka oleh Sugito di Denpasar."
    given = [{"text": text, "start": context.find(text)} for text in answers]
    return {
        "id": key,
        "question": " Siapa? ",
        "context": context,
        "answers": given,
        "is_impossible": impossible,
    }


@pytest.mark.parametrize("packed", [True, False])
def test_qa_rows_become_examples(tmp_path: Path, packed: bool) -> None:
    rows = [qa_row("a", ["Sugito", "Sugito", "Denpasar"]), qa_row("b", ["x"], impossible=True)]
    write(tmp_path / "qa" / "idk_mrc.dev.jsonl", rows, packed=packed)
    first, second = qa_set("idk_mrc.dev", tmp_path)
    assert first.question == "Siapa?"
    assert first.answers == ("Sugito", "Denpasar")
    assert first.article.text == first.context
    assert (first.language, first.answer_language) == ("id", "id")
    assert second.answers == ()


def test_the_language_follows_the_set(tmp_path: Path) -> None:
    write(tmp_path / "qa" / "tydiqa_en.dev.jsonl", [qa_row("a", ["Sugito"])])
    assert qa_set("tydiqa_en.dev", tmp_path)[0].language == "en"


def test_english_questions_take_context_and_answers_from_their_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "qa" / "facqa.dev.jsonl", [qa_row("a", ["Sugito"])])
    own = [{"set": "facqa.dev", "id": "a", "question": "Who?"}]
    write(tmp_path / "own" / "xqa_en_on_id.dev.jsonl", own)
    monkeypatch.setattr(data, "OWN", tmp_path / "own")
    (example,) = qa_set("xqa_en_on_id.dev", tmp_path)
    assert example.question == "Who?"
    assert example.answers == ("Sugito",)
    assert (example.language, example.answer_language) == ("en", "id")


def test_our_news_questions_are_whole() -> None:
    for split, size in (("dev", 60), ("test", 150)):
        questions = data.news_questions(split)  # type: ignore[arg-type]
        assert len(questions) == size
        assert sum(not question.answerable for question in questions) == size // 3
        assert set(Counter(question.language for question in questions).values()) == {size // 2}
        assert all(bool(question.answers) == question.answerable for question in questions)


def test_questions_for_tuning_are_whole() -> None:
    questions = data.news_questions("tune")
    assert len({question.id for question in questions}) == len(questions) == 117
    assert sum(not question.answerable for question in questions) == 117 // 3
    assert all(bool(question.answers) == question.answerable for question in questions)


def test_questions_for_fitting_are_whole_and_in_both_languages() -> None:
    questions = data.news_questions("fit")
    assert len({question.id for question in questions}) == len(questions) == 1816
    assert sum(not question.answerable for question in questions) == 308
    assert set(Counter(question.language for question in questions).values()) == {908}
    assert all(bool(question.answers) == question.answerable for question in questions)


def test_news_questions_of_different_splits_share_no_article() -> None:
    asked = [{one.article_id for one in data.news_questions(s)} for s in get_args(data.Split)]
    assert len(set().union(*asked)) == sum(len(articles) for articles in asked)


def test_the_folder_comes_from_the_argument_or_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(data.ENVIRONMENT, raising=False)
    with pytest.raises(DataError, match="--data FOLDER or set RINGKAS_DATA"):
        data.data_folder()
    monkeypatch.setenv(data.ENVIRONMENT, str(tmp_path))
    assert data.data_folder() == tmp_path
    with pytest.raises(DataError, match="nowhere"):
        data.data_folder("nowhere")


def test_a_missing_file_and_a_broken_line_are_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"facqa\.dev\.jsonl"):
        qa_set("facqa.dev", tmp_path)
    (tmp_path / "qa").mkdir()
    (tmp_path / "qa" / "facqa.dev.jsonl").write_text("{}x\n")
    with pytest.raises(DataError, match="line 1: not JSON"):
        qa_set("facqa.dev", tmp_path)


def test_the_split_shares_neither_questions_nor_gold_passages() -> None:
    # Two questions on each passage; the ten questions on passages 0 to 4 are to come first.
    gold = {f"q{number}": f"p{number // 2}" for number in range(3000)}
    first = {f"q{number}" for number in range(10)}
    held_out, tune = retrieval_sets.split(gold, first)
    assert len(held_out) == len(tune) == retrieval_sets.QUERIES
    assert set(held_out[:10]) == first
    assert not {gold[key] for key in held_out} & {gold[key] for key in tune}
    assert retrieval_sets.split(gold, first) == (held_out, tune)


def test_a_sample_keeps_what_is_needed_and_its_order() -> None:
    ids = [f"p{number}" for number in range(100)]
    kept = retrieval_sets.sample(ids, {"p7", "p93"}, 10)
    assert len(kept) == 10
    assert {"p7", "p93"} <= set(kept)
    assert kept == [key for key in ids if key in set(kept)]
    assert retrieval_sets.sample(ids, {"p7"}, None) == ids


def test_drawing_depends_on_the_ids_alone() -> None:
    assert retrieval_sets.drawn(["a", "b", "c"]) == retrieval_sets.drawn(["c", "b", "a"])
