from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.questions import check, question_kind, question_language
from ringkas.errors import QuestionError


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Siapa yang membuka rapat?", "who"),
        ("Who opened the meeting?", "who"),
        ("Kapan rapat itu dibuka?", "when"),
        ("Tanggal berapa rapat dibuka?", "when"),
        ("What year was it?", "when"),
        ("Berapa jumlah pengungsi?", "number"),
        ("How many people fled?", "number"),
        ("Di mana rapat digelar?", "where"),
        ("Dimana rapat digelar?", "where"),
        ("Where was it held?", "where"),
        ("Siapa saja yang hadir?", "list"),
        ("Who were the speakers?", "list"),
        ("Apakah rapat dibuka Sekda?", "yesno"),
        ("Did the bank close branches?", "yesno"),
        ("Mengapa tanggul jebol?", "why"),
        ("Why did the dyke fail?", "why"),
        ("Bagaimana warga menyelamatkan diri?", "how"),
        ("Apa itu TPPO?", "definition"),
        ("TPPO itu apa?", "definition"),
        ("apa itu tppo", "definition"),
        ("What is TPPO?", "definition"),
        ("what's the TPPO", "definition"),
        ("What does PMI-NP stand for?", "definition"),
        ("Apa kepanjangan PMI-NP?", "definition"),
        ("What is it?", "other"),
        ("What is the new law on trafficking?", "other"),
        ("Apa tema rapat?", "other"),
        ("How many people died when the bus crashed?", "number"),
        ("Did the man who opened the meeting leave?", "yesno"),
        ("May foreigners vote?", "yesno"),
        ("Apakah bank itu berencana menerbitkan saham?", "yesno"),
        ("Apa PMI-NP itu?", "definition"),
        ("Which judge postponed the hearing?", "who"),
        ("Which Sukabumi prosecution official explained it?", "who"),
        ("Which vice rector in Ternate said so?", "who"),
        ("What was the name of the minister who came?", "who"),
        ("What did the minister say?", "other"),
        ("Which country is the biggest investor?", "other"),
        ("In which city was it signed?", "where"),
        ("Di rumah sakit mana ia dirawat?", "where"),
        ("On which dates was it held?", "when"),
        ("Which people did the KPK name as suspects?", "list"),
        ("Which two regencies were hit?", "list"),
        ("Di mana saja mereka ditampung?", "list"),
        ("Di provinsi mana saja kamera dipasang?", "list"),
        ("What did one camera cost?", "number"),
        ("Penghargaan itu yang keberapa?", "number"),
    ],
)
def test_kinds(question: str, kind: str) -> None:
    assert question_kind(question) == kind


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Siapa yang membuka rapat?", "id"),
        ("Who opened the meeting?", "en"),
        ("Who is Sekda Kota Denpasar?", "en"),
        ("Sugito?", "id"),
        ("会議を開いたのは誰ですか", "id"),
    ],
)
def test_languages(question: str, language: str) -> None:
    assert question_language(question) == language


@pytest.mark.parametrize("nothing", ["", "   ", "???", "\n\t", "\u200b", "\x00"])
def test_an_empty_question_is_refused(nothing: str) -> None:
    with pytest.raises(QuestionError, match="Ask in a sentence"):
        check(nothing, 1000)


def test_a_long_question_is_refused_with_its_length() -> None:
    with pytest.raises(QuestionError, match=r"5000 characters; at most 1000"):
        check("a" * 5000, 1000)


def test_a_question_of_the_greatest_length_passes() -> None:
    assert check("a" * 1000, 1000) == "a" * 1000


def test_control_and_invisible_characters_go() -> None:
    assert check("Siapa\x00 yang\r\n mem\u00adbuka\u202e ra\u200bpat?\ud800", 100) == (
        "Siapa yang membuka rapat?"
    )


@given(st.text(max_size=100))
def test_a_checked_question_stays_as_it_is(text: str) -> None:
    try:
        clean = check(text, 1000)
    except QuestionError:
        return
    assert check(clean, 1000) == clean
    assert clean.isprintable()


@given(st.text(max_size=200))
def test_any_text_has_a_kind_and_a_language(text: str) -> None:
    assert question_kind(text)
    assert question_language(text) in {"id", "en"}
