from __future__ import annotations

import pytest
from plain_articles import article

from retrieval.persons import find_person
from ringkas.types import Hit, Passage

TEXT = (
    "Kepala Kantor Imigrasi Ngurah Rai, Sugito, menyapa Wira. IB Alit Wiradana, the city "
    "secretary of Denpasar, opened the meeting. Sugito pulang. Ayu, who runs the office, left."
)


def found(question: str, text: str = TEXT) -> list[str]:
    hit = Hit(Passage("a", 0, len(text)), article("a", text), 1.0)
    return [one.text for one in find_person(question, [hit])]


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Siapa Sugito?", ["Sugito"]),
        ("Siapakah Sugito itu?", ["Sugito"]),
        ("Siapa Sugito? (rapat Denpasar)", ["Sugito"]),
        ("Who is IB Alit Wiradana?", ["IB Alit Wiradana"]),
        ("Who’s Alit Wiradana", ["Alit Wiradana"]),
        ("Who was Ayu?", ["Ayu"]),
        ("Siapa Wira?", []),
        ("Siapa Sugi?", []),
        ("Siapa Kepala Kantor Imigrasi Ngurah Rai?", []),
        ("Siapa yang bernama Sugito?", []),
        ("Siapa sugito?", []),
    ],
)
def test_a_person_is_known_by_the_office_beside_the_name(question: str, names: list[str]) -> None:
    assert found(question) == names
