from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.followups import rewrite_follow_up
from retrieval.messages import not_found
from ringkas.types import Turn

OPENED = Turn("Siapa yang membuka rapat koordinasi di Denpasar?", "IB Alit Wiradana")
ENGLISH = Turn("Who opened the meeting?", "IB Alit Wiradana")


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Dan kapan?", "Kapan? (membuka rapat koordinasi Denpasar)"),
        ("Kapan?", "Kapan? (membuka rapat koordinasi Denpasar)"),
        ("Di mana itu?", "Di mana itu? (membuka rapat koordinasi Denpasar)"),
        ("Kapan rapat itu dibuka?", "Kapan rapat itu dibuka? (membuka koordinasi Denpasar)"),
        ("Berapa pesertanya?", "Berapa pesertanya? (membuka rapat koordinasi Denpasar)"),
        ("Kalau Sugito?", "Sugito? (membuka rapat koordinasi Denpasar)"),
        (
            "Apa yang dia katakan?",
            "Apa yang dia katakan? (IB Alit Wiradana, membuka rapat koordinasi Denpasar)",
        ),
    ],
)
def test_follow_ups_in_indonesian(question: str, asked: str) -> None:
    assert rewrite_follow_up(question, [OPENED]) == asked


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("And when?", "When? (opened meeting)"),
        ("Why?", "Why? (opened meeting)"),
        ("When was it held?", "When was it held? (opened meeting)"),
        ("What about Sugito?", "Sugito? (opened meeting)"),
        ("Where did he say that?", "Where did he say that? (IB Alit Wiradana, opened meeting)"),
    ],
)
def test_follow_ups_in_english(question: str, asked: str) -> None:
    assert rewrite_follow_up(question, [ENGLISH]) == asked


@pytest.mark.parametrize(
    "question",
    [
        "Berapa laba Bank Nirmala Samudra tahun ini?",
        "berapa laba bank nirmala samudra tahun ini?",
        "Berapa jumlah pengungsi banjir minggu ini?",
        "Apa itu TPPO?",
        "TPPO itu apa?",
        "Dan siapa yang mewakili Kepala Kanwil?",
        "How many people fled the flood this year?",
        "What did Sugito say when he spoke?",
        "Who won the tennis final?",
        "Biasanya siapa membuka rapat?",
    ],
)
def test_a_question_with_its_own_subject_comes_back_untouched(question: str) -> None:
    assert rewrite_follow_up(question, [OPENED]) == question
    assert rewrite_follow_up(question, [ENGLISH]) == question


def test_the_first_question_is_no_follow_up() -> None:
    assert rewrite_follow_up("Dan kapan?", []) == "Dan kapan?"


@pytest.mark.parametrize("between", ["Dan kapan?", "Kapan? (membuka rapat koordinasi Denpasar)"])
def test_a_thread_keeps_its_topic(between: str) -> None:
    history = [OPENED, Turn(between, "Kamis (8/6/2023)")]
    assert rewrite_follow_up("Di mana?", history) == "Di mana? (membuka rapat koordinasi Denpasar)"


@pytest.mark.parametrize("answer", [not_found("id"), "kata " * 30])
def test_only_a_short_answer_that_was_found_is_meant(answer: str) -> None:
    history = [Turn("Siapa yang membuka rapat?", answer)]
    assert rewrite_follow_up("Siapa dia?", history) == "Siapa dia? (membuka rapat)"


def test_a_topic_does_not_grow_with_the_conversation() -> None:
    history = [OPENED]
    for _ in range(100):
        history.append(Turn(rewrite_follow_up("Kapan?", history), "Kamis"))
    assert history[-1].question == "Kapan? (membuka rapat koordinasi Denpasar)"


@given(st.text(max_size=80), st.lists(st.builds(Turn, st.text(max_size=60), st.text(max_size=60))))
def test_any_conversation_keeps_the_question_in_front(question: str, history: list[Turn]) -> None:
    asked = rewrite_follow_up(question, history)
    assert asked == question or asked.endswith(")")
