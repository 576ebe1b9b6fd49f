"""The reader's examples: offsets, windows, and nothing held out."""

from __future__ import annotations

import json
import lzma
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.reader.cloze import cloze_examples
from training.reader.data import QUESTIONS, from_row, unique, with_wrong_passages
from training.reader.decisions import asked, deciding_sentence, yes_no_examples
from training.reader.examples import Example
from training.reader.negatives import NearestPassages
from training.reader.news import Archive, NewsQuestion, _parts, random_window
from training.reader.rows import DEV_SETS, HELD_OUT, HeldOut, read_rows
from training.reader.train import Recipe, _record
from training.reader.windows import _cut, batches, token_span

ARTICLE = (
    "Gubernur membuka pameran di Jambi. Pameran diikuti 40 peserta.\n"
    "Ketua panitia, Rina Hasan, mengucapkan terima kasih. Acara ditutup Sabtu.\n"
    "Cuaca cerah. Pengunjung ramai. Parkir penuh."
)


def row(**changes: object) -> dict[str, object]:
    answers = [{"text": "Jambi", "start": ARTICLE.index("Jambi")}]
    return {"question": "Di mana?", "context": ARTICLE, "answers": answers, **changes}


def test_a_row_becomes_an_example_with_its_offsets() -> None:
    example = from_row(row(), "set")
    assert example is not None
    assert example.answer == "Jambi"


def test_a_row_with_wrong_offsets_is_dropped() -> None:
    assert from_row(row(answers=[{"text": "Jambi", "start": 3}]), "set") is None


def test_an_impossible_row_has_no_answer() -> None:
    example = from_row(row(is_impossible=True), "set")
    assert example is not None
    assert not example.answerable
    assert example.answer == ""


def test_repeated_questions_on_a_passage_are_kept_once() -> None:
    first = Example("Di mana?", ARTICLE, "", -1, -1, "a")
    assert unique([first, Example("di  MANA?", ARTICLE, "", -1, -1, "b")]) == [first]


@given(st.integers(0, len(ARTICLE) - 1), st.integers(0, 60), st.integers(0, 9))
def test_a_news_window_holds_the_answer(start: int, words: int, seed: int) -> None:
    end = min(len(ARTICLE), start + 5)
    first, last = random_window(ARTICLE, start, end, words, random.Random(seed))
    assert 0 <= first < last <= len(ARTICLE)
    if ARTICLE[start:end].strip() == ARTICLE[start:end]:
        assert first <= start < end <= last


def test_news_examples_keep_the_answer_in_place() -> None:
    start = ARTICLE.index("Rina Hasan")
    question = NewsQuestion("Siapa ketuanya?", "Pameran", ARTICLE, start, start + 10, "x")
    for seed in range(20):
        rng = random.Random(seed)
        assert question.example(rng).answer == "Rina Hasan"
        missed = question.miss(rng)
        assert missed is None or "Rina Hasan" not in missed.passage


def test_near_passages_share_rare_words_and_lack_the_answer() -> None:
    passages = [f"Pameran ke-{number} di kota." for number in range(30)]
    gold, near = "Kerbau albino lahir di Toraja.", "Kerbau albino dijual mahal."
    nearest = NearestPassages([*passages, gold, near])
    assert nearest.without("Di mana kerbau albino lahir?", gold, "Toraja", random.Random(0)) == near


def test_wrong_passages_are_impossible() -> None:
    examples = [
        Example(f"Di mana kerbau {n}?", f"Kerbau {n} ada di kota{n}.", "", 17, 22, "set")
        for n in range(10, 40)
    ]
    for example in with_wrong_passages(examples, 0.5, random.Random(0)):
        assert not example.answerable
        assert example.source == "set:wrong"


def test_cloze_answers_stand_in_the_other_language() -> None:
    pairs = [
        {
            "en": "The company opened 25 stores in Surabaya last year.",
            "id": "Perusahaan itu membuka 25 toko di Surabaya tahun lalu.",
        }
    ]
    asked = {cloze_examples(pairs, random.Random(seed))[0] for seed in range(20)}
    assert {(e.question, e.answer) for e in asked} == {
        ("The company opened how many stores in Surabaya last year?", "25"),
        ("The company opened 25 stores where last year?", "Surabaya"),
    }


def test_token_span_covers_the_characters() -> None:
    offsets = [(0, 4), (4, 9), (9, 10), (10, 15)]
    assert token_span(offsets, 5, 10) == (1, 2)
    assert token_span(offsets, 20, 25) == (-1, -1)


@given(st.integers(1, 300), st.integers(20, 200), st.data())
def test_a_cut_holds_the_answer(size: int, room: int, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, size - 1))
    end = data.draw(st.integers(start, min(size - 1, start + 15)))
    first, last = _cut(size, start, end, room, random.Random(size))
    assert 0 <= first <= start <= end < last <= size
    assert last - first <= max(room, 1) or size <= room


def test_batches_hold_every_feature_once() -> None:
    from training.reader.windows import Feature

    items = [Feature([0] * (n % 7 + 3), 1, 0, 0) for n in range(50)]
    grouped = batches(items, 8, random.Random(0), pool=2)
    assert sorted(id(i) for group in grouped for i in group) == sorted(id(i) for i in items)


def test_the_learning_rate_rises_then_falls_to_zero() -> None:
    recipe = Recipe(stage_examples=(160, 1440), batch=16, warm_up=0.1)
    assert recipe.stage_steps == (10, 90)
    assert recipe.rate(0) == pytest.approx(1 / 10)
    assert recipe.rate(9) == pytest.approx(1.0)
    assert recipe.rate(55) == pytest.approx((100 - 55) / 90)
    assert recipe.rate(100) == 0.0


def test_no_training_question_is_about_an_evaluation_article() -> None:
    held_out = {
        line["article_id"]
        for path in HELD_OUT.glob("news_questions.*.jsonl")
        for line in read_rows(path)
    }
    trained = {
        line["article_id"]
        for path in QUESTIONS.glob("news_questions.*.jsonl")
        for line in read_rows(path)
    }
    assert held_out
    assert trained
    assert not held_out & trained


def test_held_out_questions_and_passages_are_not_allowed() -> None:
    held_out = HeldOut(frozenset({"a b."}), frozenset({"siapa?"}), frozenset())
    assert not held_out.allows(Example("Kapan?", "A  b.", "", -1, -1, "x"))
    assert not held_out.allows(Example("SIAPA?", "c", "", -1, -1, "x"))
    assert held_out.allows(Example("Kapan?", "c", "", -1, -1, "x"))


NLI = [
    {"premise": "Rapat dibuka Rina. Hujan turun sejak pagi.", "hypothesis": h, "label": label}
    for h, label in (
        ("Hari itu tidak hujan sejak pagi.", "c"),
        ("Rapat itu dibuka oleh Rina.", "e"),
        ("Rina membuka rapat di Jambi.", "n"),
    )
] + [
    {
        "premise": f"Warga {name} memanen padi di sawah.",
        "hypothesis": f"Warga {name} panen.",
        "label": "n",
    }
    for name in ("Jambi", "Medan", "Padang", "Solo", "Tegal", "Kudus")
]


def test_a_decided_hypothesis_is_answered_by_the_sentence_that_decides_it() -> None:
    found = list(yes_no_examples(NLI, frozenset({"hari", "rapat", "warga"}), random.Random(3)))
    answers = {example.question.split(maxsplit=1)[1]: example.answer for example in found}
    assert len(found) == len(NLI)
    assert {"Hujan turun sejak pagi.", "Rapat dibuka Rina."} >= set(answers.values()) - {""}
    for example in found:
        assert example.passage[example.start : example.end] == example.answer or not example.answer
        assert example.question.endswith("?")


def test_a_neutral_premise_answers_nothing_although_it_is_shown() -> None:
    found = list(yes_no_examples(NLI, frozenset(), random.Random(3)))
    [neutral] = [example for example in found if "di Jambi?" in example.question]
    assert not neutral.answerable
    assert NLI[0]["premise"] in neutral.passage


def test_a_statement_is_asked_with_a_name_left_as_it_is() -> None:
    rng = random.Random(1)
    assert asked("Hari itu hujan.", frozenset({"hari"}), rng).endswith(" hari itu hujan?")
    assert asked("Rina membuka rapat", frozenset({"hari"}), rng).endswith(" Rina membuka rapat?")


def test_the_sentence_nearest_to_the_hypothesis_decides() -> None:
    assert deciding_sentence(NLI[0]["premise"], "Sejak pagi turun hujan.").startswith("Hujan")


def test_what_our_evaluation_asks_is_held_out(tmp_path: Path) -> None:
    (tmp_path / "qa").mkdir()
    for name in DEV_SETS:
        with lzma.open(tmp_path / "qa" / f"{name}.dev.jsonl.xz", "wt") as file:
            file.write(json.dumps(row(question=f"Siapa {name}?")) + "\n")
    held_out = HeldOut.read(tmp_path)
    [question, *_] = read_rows(HELD_OUT / "news_questions.test.jsonl")
    assert question["article_id"] in held_out.articles
    assert not held_out.allows(Example(question["question"], "Teks.", "", -1, -1, "own"))
    assert not held_out.allows(Example("Lain?", ARTICLE, "", -1, -1, "own"))


def test_a_run_is_not_carried_on_by_another_recipe(tmp_path: Path) -> None:
    _record(Recipe(peak=1e-4), tmp_path)
    _record(Recipe(peak=2e-4), tmp_path)  # nothing was trained yet
    (tmp_path / "checkpoint.pt").touch()
    _record(Recipe(peak=2e-4), tmp_path)
    with pytest.raises(SystemExit, match="another recipe"):
        _record(Recipe(peak=1e-4), tmp_path)


def test_passages_that_score_alike_stand_in_the_order_of_the_questions_words() -> None:
    nearest = NearestPassages(["satu zeta", "dua yota", "tiga xeno", "empat wina"])
    asked = "wina xeno yota zeta"  # sets of words have no order that a seed could repeat
    assert nearest.ranked(asked, 4) == ["empat wina", "tiga xeno", "dua yota", "satu zeta"]


def archive(*texts: str) -> Archive:
    return Archive(
        {"id": f"lain-{n}", "title": "Judul", "text": text} for n, text in enumerate(texts)
    )


NEWS = NewsQuestion("Siapa ketua panitia pameran?", "Pameran", ARTICLE, 78, 88, "x")
CROWD = [f"Warga desa {n} memanen padi." for n in range(30)]


def test_a_passage_of_another_article_is_shown_beside_a_question() -> None:
    assert NEWS.answer == "Rina Hasan"
    near = "Panitia pameran keris memilih ketua baru."
    beside = archive(near, *CROWD).beside(NEWS, random.Random(0))
    assert beside is not None
    assert (beside.passage, beside.answerable) == (near, False)


def test_no_passage_beside_a_question_is_of_its_article_or_holds_its_answer() -> None:
    rows = [
        {"id": "x", "title": "", "text": "Ketua panitia pameran itu pemalu."},
        {"id": "y", "title": "", "text": "Ketua panitia pameran, RINA HASAN, hadir."},
        *({"id": f"z{n}", "title": "", "text": text} for n, text in enumerate(CROWD)),
    ]
    assert Archive(rows).beside(NEWS, random.Random(0)) is None


def test_an_archive_cuts_articles_at_sentences_into_parts_that_lose_nothing() -> None:
    text = " ".join(f"Kalimat nomor {n} berisi enam kata." for n in range(50))
    parts = list(_parts(text))
    assert len(parts) > 1
    assert " ".join(parts) == text
    assert all(part.endswith("kata.") for part in parts)
