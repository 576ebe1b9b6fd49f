from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.extend import extend, shown
from retrieval.questions import Kind
from ringkas.text.sentences import sentence_at
from ringkas.types import Span

KINDS: list[Kind] = ["who", "when", "where", "number", "list", "yesno", "other"]
OPENING = (
    "Sekretaris Daerah (Sekda) Kota Denpasar, IB Alit Wiradana, menghadiri sekaligus membuka "
    "rapat koordinasi di Denpasar, Kamis (8/6/2023)."
)


def extended(text: str, piece: str, kind: Kind) -> str:
    start = text.index(piece)
    span = Span(start, start + len(piece))
    answer = extend(text, span, kind)
    return shown(text, answer, span) if kind == "who" else answer.of(text)


@pytest.mark.parametrize(
    ("text", "name", "answer"),
    [
        (
            OPENING,
            "IB Alit Wiradana",
            "IB Alit Wiradana, Sekretaris Daerah (Sekda) Kota Denpasar",
        ),
        (
            OPENING,
            "Alit Wiradana",
            "IB Alit Wiradana, Sekretaris Daerah (Sekda) Kota Denpasar",
        ),
        (
            "The city secretary of Denpasar, IB Alit Wiradana, opened the meeting.",
            "IB Alit Wiradana",
            "IB Alit Wiradana, the city secretary of Denpasar",
        ),
        (
            "The mayor went home. In the capital, Jakarta, Wira spoke.",
            "Wira",
            "Wira",
        ),
        (
            "The city secretary of Denpasar, IB Alit Wiradana, opened the meeting.",
            "The city secretary of Denpasar, IB Alit Wiradana",
            "IB Alit Wiradana, the city secretary of Denpasar",
        ),
        (
            "Sugito, who heads the Ngurah Rai office, spoke.",
            "Sugito",
            "Sugito, who heads the Ngurah Rai office",
        ),
        (
            "It is mud, said Dr. Lestari Wira, who led the study, this week.",
            "Lestari Wira",
            "Dr. Lestari Wira, who led the study",
        ),
        ("Pintu dibuka oleh Ni Made Ayu.", "Ayu", "Ni Made Ayu"),
        ("Hadirin, Bupati Arya, bertepuk tangan.", "Arya", "Bupati Arya"),
        (
            "Hadir pula Kepala Kantor Imigrasi Kelas I Khusus TPI Ngurah Rai, Sugito, kemarin.",
            "Sugito",
            "Sugito, Kepala Kantor Imigrasi Kelas I Khusus TPI Ngurah Rai",
        ),
        ("Rapat dibuka Sekda Alit Wiradana.", "Alit Wiradana", "Sekda Alit Wiradana"),
        (
            "Acara dibuka Kepala Dinas Pendidikan dan Kebudayaan Retno Sari.",
            "Retno Sari",
            "Kepala Dinas Pendidikan dan Kebudayaan Retno Sari",
        ),
        (
            "It was opened by IB Alit Wiradana, the city secretary of Denpasar, on Thursday.",
            "IB Alit Wiradana",
            "IB Alit Wiradana, the city secretary of Denpasar",
        ),
    ],
)
def test_a_name_gets_its_title(text: str, name: str, answer: str) -> None:
    assert extended(text, name, "who") == answer


@pytest.mark.parametrize(
    ("text", "name", "answer"),
    [
        (
            "Rapat dibuka Sugito, kepala kantor imigrasi Ngurah Rai yang mewakili Kanwil.",
            "Sugito",
            "Sugito, kepala kantor imigrasi Ngurah Rai",
        ),
        (
            "It was opened by Alit Wiradana, the city secretary of Denpasar who left early.",
            "Alit Wiradana",
            "Alit Wiradana, the city secretary of Denpasar",
        ),
        (
            "Hadir Menteri Keuangan Sri Mulyani dan Gubernur BI Perry Warjiyo.",
            "Perry Warjiyo",
            "Gubernur BI Perry Warjiyo",
        ),
        ("Hadir Bupati Sudarmaji dan Retno.", "Retno", "Retno"),
        ("Hadir Bupati Sudarmaji, Sugito, dan Retno.", "Sugito", "Sugito"),
        ("Menurut Sugito, rapat itu penting.", "Sugito", "Sugito"),
        ("Rapat Bupati ditunda. Sugito pulang.", "Sugito", "Sugito"),
    ],
)
def test_a_title_ends_with_its_clause_and_belongs_to_one_person(
    text: str, name: str, answer: str
) -> None:
    assert extended(text, name, "who") == answer


@pytest.mark.parametrize(
    ("text", "piece", "date"),
    [
        (OPENING, "(8/6/2023)", "Kamis (8/6/2023)"),
        (OPENING, "Kamis", "Kamis (8/6/2023)"),
        ("Dibuka 8 Juni 2023 pukul 10.30 WIB tadi.", "Juni", "8 Juni 2023 pukul 10.30 WIB"),
        ("It met on Thursday, 8 June 2023, to talk.", "8 June", "Thursday, 8 June 2023"),
        ("It met on June 8, 2023, to talk.", "June", "June 8, 2023"),
        ("Berlaku sejak Juni 2023 di kota.", "2023", "Juni 2023"),
        ("Hujan turun sejak Senin sore di sana.", "Senin", "Senin sore"),
        ("Tamu menempati kamar 12 kemarin.", "12", "12"),
    ],
)
def test_a_date_is_whole(text: str, piece: str, date: str) -> None:
    assert extended(text, piece, "when") == date


@pytest.mark.parametrize(
    ("text", "piece", "amount"),
    [
        ("Laba bersih Rp1,5 triliun tahun lalu.", "1,5", "Rp1,5 triliun"),
        ("Laba naik 12,8 persen.", "12,8", "12,8 persen"),
        ("Profit rose 12.8% to a record.", "12.8", "12.8%"),
        ("Pengungsi menjadi 1.872 orang.", "1.872", "1.872 orang"),
        ("It raised $1.13bn in May.", "1.13", "$1.13bn"),
        ("Dana Rp. 300 juta cair.", "300", "Rp. 300 juta"),
        ("Banjir merendam tujuh desa.", "tujuh", "tujuh desa"),
        ("Target 8 hingga 10 persen.", "8 hingga 10", "8 hingga 10 persen"),
        (
            "He was jailed for four years and six months for graft.",
            "four years",
            "four years and six months",
        ),
        ("Perjalanan makan 2 jam 15 menit naik kereta.", "2 jam", "2 jam 15 menit"),
        ("Ia dihukum tiga tahun dan dua anaknya bebas.", "tiga tahun", "tiga tahun"),
    ],
)
def test_an_amount_has_its_currency_and_unit(text: str, piece: str, amount: str) -> None:
    assert extended(text, piece, "number") == amount


@pytest.mark.parametrize(
    ("text", "piece", "members"),
    [
        ("Hadir Andi, Budi Santoso, dan Citra di sana.", "Budi", "Andi, Budi Santoso, dan Citra"),
        ("It was led by Ann Lee and Bob Ray.", "Bob", "Ann Lee and Bob Ray"),
        ("Rapat digelar di Denpasar, Kamis (8/6/2023).", "Denpasar", "Denpasar"),
    ],
)
def test_a_list_has_all_its_members(text: str, piece: str, members: str) -> None:
    assert extended(text, piece, "list") == members


def test_what_somebody_says_is_no_part_of_his_name() -> None:
    text = "Menaker Yassierli mengatakan bahwa belum ada arahan dari Presiden Prabowo Subianto."
    assert extended(text, text[:-1], "who") == "Menaker Yassierli"
    assert extended(text, "Presiden Prabowo Subianto", "who") == "Presiden Prabowo Subianto"


def test_yes_or_no_is_answered_by_the_sentence_that_decides() -> None:
    text = f"Hujan turun. {OPENING} Semua pulang."
    assert extended(text, "membuka", "yesno") == OPENING


def test_a_name_without_comma_is_shown_as_it_stands() -> None:
    text = "Rapat dibuka Sekda Alit Wiradana."
    assert shown(text, Span(13, 32), Span(19, 32)) == "Sekda Alit Wiradana"


WORDS = st.sampled_from(
    "Sekda Kota Denpasar, Denpasar IB Alit dan and , (Sekda) Kepala Kamis (8/6/2023) 8 Juni 2023 "
    "Rp1,5 triliun 12,8 persen . ! yang membuka Sugito, ketua of the \n\n".split(" ")
)


@given(st.lists(WORDS, min_size=1, max_size=40), st.data(), st.sampled_from(KINDS))
def test_a_span_grows_within_its_sentence(
    words: list[str], data: st.DataObject, kind: Kind
) -> None:
    text = " ".join(words)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    span = sentence_at(text, start, end) if not text[start:end].strip() else Span(start, end)
    grown, sentence = extend(text, span, kind), sentence_at(text, span.start, span.end)
    kept = span.of(text).strip(" ,;:\n")
    assert kept in grown.of(text)
    assert min(sentence.start, span.start) <= grown.start
    assert grown.end <= max(sentence.end, span.end)


@pytest.mark.parametrize(
    "hostile",
    ["I ", "Kepala ", "A, ", "1 ", "(", ".", "1.1", "Kepala (a ", "Rp", " ", "dan A ", "Kamis ",
     "Kepala, ketua ", "A", "A.", ", ketua a", "8 Juni ", "Kepala dan ", "\n"],
)  # fmt: skip
def test_hostile_text_costs_linear_time(hostile: str) -> None:
    text = hostile * (20_000 // len(hostile)) + " Sugito"
    started = time.process_time()
    for kind in KINDS:
        extend(text, Span(len(text) - 6, len(text)), kind)
        extend(text, Span(0, 3), kind)
    assert time.process_time() - started < 3  # seconds of this process, all kinds together
