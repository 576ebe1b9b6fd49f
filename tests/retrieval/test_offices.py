from __future__ import annotations

import pytest

from retrieval.offices import asked_office, holds_another


@pytest.mark.parametrize(
    ("question", "same"),
    [
        ("Siapa pengacara terdakwa yang hadir?", "Which lawyer was there?"),
        ("Hakim siapa yang menunda sidang?", "Which judge adjourned the trial?"),
        ("Siapa nama wakil bupati Buleleng?", "Who is the regent of Buleleng?"),
        ("Gubernur mana yang datang?", "Which West Papua governor came?"),
        ("Siapa Gubernur Jawa Tengah?", "Who’s the governor of Central Java?"),
        ("Siapa mantan Wali Kota Medan?", "Who was the mayor of Medan?"),
    ],
)
def test_an_office_is_the_same_in_both_languages(question: str, same: str) -> None:
    assert asked_office(question) == asked_office(same) is not None


@pytest.mark.parametrize(
    "question",
    [
        "Siapa yang mewakili gubernur?",
        "What did the president say?",
        "Which official came?",
        "Siapa yang membuka rapat?",
        "Who is the governor's spokesman?",
        "Siapa Juru Bicara Gubernur Bali?",
        "Who is the attorney general?",
        "Siapa gubernur BI?",
        "Siapa presiden direktur Garuda?",
        "Siapa pengamat yang memprediksi inflasi?",
    ],
)
def test_other_questions_ask_for_no_office(question: str) -> None:
    assert asked_office(question) is None


@pytest.mark.parametrize(
    ("name", "another"),
    [
        ("Hakim Wadji Pramono", True),
        ("Kuasa Hukum Rina Hasan", False),
        ("Rina Hasan", False),
        ("Jaksa Penuntut Umum Rina Hasan", True),
        ("Direktur LBH, Rina Hasan", False),
        ("Mayor Budi Santoso", False),
    ],
)
def test_a_name_is_refused_for_another_office_only(name: str, another: bool) -> None:
    assert holds_another("Siapa pengacara terdakwa?", name) is another


def test_a_city_secretary_is_no_mayor() -> None:
    assert holds_another("Siapa wali kota Denpasar?", "Sekda Kota Denpasar IB Alit Wiradana")
    assert holds_another("Who is the mayor?", "IB Alit Wiradana, the city secretary of Denpasar")
    assert not holds_another("Siapa Sekda Kota Denpasar?", "Sekda Kota Denpasar IB Alit Wiradana")
