from __future__ import annotations

import io

import pytest
from rich.console import Console

from ringkas.cli import answers
from ringkas.types import Answer, AnswerVariant, Article, Citation, Hit, Passage

TEXT = "Taman itu dibuka pagi hari.\n\nWali Kota Sari Kusuma meresmikannya. Warga bersorak."
PARK = Article("a1", "Taman [bold]Kenari[/] \x1b[31mdibuka", TEXT, "id", "https://contoh.example/a")
WHOLE = Passage("a1", 0, len(TEXT))
QUOTE = "Wali Kota Sari Kusuma meresmikannya."
CITED = Citation(PARK, WHOLE, TEXT.index(QUOTE), TEXT.index(QUOTE) + len(QUOTE))


def shown(answer: Answer, monkeypatch: pytest.MonkeyPatch, *, colour: bool = False) -> str:
    page = io.StringIO()
    system = "standard" if colour else None
    console = Console(
        file=page, width=80, highlight=False, force_terminal=colour, color_system=system
    )
    monkeypatch.setattr(answers, "out", lambda: console)
    answers.show(answer)
    return page.getvalue()


def test_the_cited_sentence_stands_out_inside_its_passage(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = Answer("Siapa?", "Siapa?", "Sari Kusuma", True, 0.9, "id", "span", (CITED,))
    assert shown(answer, monkeypatch).splitlines() == [
        "Sari Kusuma",
        "",
        "Sources",
        "[1] Taman [bold]Kenari[/] [31mdibuka",
        "    id",
        "    Taman itu dibuka pagi hari. »Wali Kota Sari Kusuma meresmikannya.« Warga",
        "    bersorak.",
        "    https://contoh.example/a",
        "    id a1",
    ]


def test_colour_takes_the_place_of_the_marks(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = Answer("Siapa?", "Siapa?", "Sari Kusuma", True, 0.9, "id", "span", (CITED,))
    page = shown(answer, monkeypatch, colour=True)
    assert "»" not in page
    assert f"m{QUOTE}\x1b[0m" in page


def test_a_completed_question_and_a_differing_answer_are_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    variant = AnswerVariant("Wali Kota", 0.4, (CITED,))
    answer = Answer(
        "Kapan?", "Kapan taman dibuka?", "pagi", True, 0.9, "id", "span", (CITED,), (variant,)
    )
    page = shown(answer, monkeypatch)
    assert "Understood as: Kapan taman dibuka?" in page
    assert "Elsewhere: Wali Kota" in page


def test_not_found_shows_the_nearest_passages_unmarked(monkeypatch: pytest.MonkeyPatch) -> None:
    hit = Hit(WHOLE, PARK, 0.5)
    answer = Answer("X?", "X?", "Tidak ditemukan.", False, 0.1, "id", "span", nearest=(hit,))
    page = shown(answer, monkeypatch)
    assert page.startswith("Tidak ditemukan.\n\nNearest passages\n[1] Taman")
    assert "»" not in page
