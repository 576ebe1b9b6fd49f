from __future__ import annotations

import pytest
from plain_articles import article

from retrieval.definitions import find_expansion
from ringkas.types import Hit, Passage

TRAFFICKING = "Tindak Pidana Perdagangan Orang"


def expansions(question: str, *texts: str) -> list[str]:
    owners = [article(str(number), text) for number, text in enumerate(texts)]
    hits = [Hit(Passage(one.id, 0, len(one.text)), one, 1.0) for one in owners]
    return [candidate.text for candidate in find_expansion(question, hits)]


@pytest.mark.parametrize(
    ("question", "text", "expansion"),
    [
        ("Apa itu TPPO?", f"Rapat membahas {TRAFFICKING} (TPPO) di sana.", TRAFFICKING),
        ("apa itu tppo?", f"Rapat membahas {TRAFFICKING} (TPPO) di sana.", TRAFFICKING),
        ("What is TPPO?", f"Rapat membahas TPPO ({TRAFFICKING}).", TRAFFICKING),
        ("What is TPPO?", f"TPPO, for {TRAFFICKING}, is a crime.", TRAFFICKING),
        (
            "Apa kepanjangan PMI-NP?",
            "Tentang Pekerja Migran Indonesia Non-Prosedural (PMI-NP) itu.",
            "Pekerja Migran Indonesia Non-Prosedural",
        ),
        (
            "What does PMI-NP stand for?",
            "PMI-NP stands for Pekerja Migran Indonesia Non-Prosedural, or migrants.",
            "Pekerja Migran Indonesia Non-Prosedural",
        ),
        (
            "Apa itu TPI?",
            "TPI adalah singkatan dari Tempat Pemeriksaan Imigrasi.",
            "Tempat Pemeriksaan Imigrasi",
        ),
        ("Apa itu Sekda?", "Sekretaris Daerah (Sekda) Denpasar.", "Sekretaris Daerah"),
        (
            "Apa itu BPBD?",
            "Ketua (BPBD) hadir. Badan Penanggulangan Bencana Daerah (BPBD) bekerja.",
            "Badan Penanggulangan Bencana Daerah",
        ),
    ],
)
def test_an_acronym_is_spelled_out(question: str, text: str, expansion: str) -> None:
    assert expansions(question, text) == [expansion]


@pytest.mark.parametrize(
    "text",
    [
        "Rapat membahas TPPO.",
        "Rapat membahas hal itu (TPPO).",
        "Rapat membahas TPPO (baca juga: banjir).",
        "Rapat membahas TPPO (Tindak Pidana Perdagangan Orang",
        "",
    ],
)
def test_other_brackets_spell_nothing(text: str) -> None:
    assert expansions("Apa itu TPPO?", text) == []


def test_each_passage_that_spells_it_out_is_a_source() -> None:
    text = f"Soal {TRAFFICKING} (TPPO)."
    assert expansions("Apa itu TPPO?", text, "Tidak ada.", text) == [TRAFFICKING, TRAFFICKING]


def test_a_question_of_signs_and_numbers_finds_nothing() -> None:
    assert expansions("Apa itu 2023 (?*[ +?", "Tahun 2023 (Dua Ribu).") == []
