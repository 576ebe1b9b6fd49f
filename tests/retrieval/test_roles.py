from __future__ import annotations

import pytest

from retrieval.roles import plays_another_part

OPENED = "The city secretary of Denpasar, IB Alit Wiradana, attended and opened the meeting."
ATTENDED = "Rapat itu dihadiri oleh unsur Direktorat Jenderal Imigrasi dan Pemkot Denpasar."
HELD = "Rapat yang diselenggarakan Direktorat Kerja Sama Keimigrasian itu dibuka Sekda."


@pytest.mark.parametrize(
    ("question", "sentence", "another"),
    [
        ("Who held the meeting in Denpasar?", OPENED, True),
        ("Siapa penyelenggara rapat koordinasi?", OPENED, True),
        ("Siapa yang memimpin rapat?", ATTENDED, True),
        ("Siapa yang menghadiri rapat?", ATTENDED, False),
        ("Siapa yang membuka rapat?", OPENED, False),
        ("Who attended the meeting?", OPENED, False),
        ("Siapa yang menggelar rapat?", HELD, False),
        ("Siapa yang membuka rapat?", HELD, False),
        ("Siapa yang membuka rapat?", "Sekda memukul gong tanda rapat dimulai.", False),
        ("Siapa yang membuka dan menutup rapat?", ATTENDED, False),
        ("Siapa yang mewakili gubernur dalam rapat?", ATTENDED, False),
        ("Siapa yang membuka toko itu?", "Toko itu ditutup Sekda.", False),
    ],
)
def test_only_a_sentence_on_other_parts_is_about_another(
    question: str, sentence: str, another: bool
) -> None:
    assert plays_another_part(question, sentence) is another
