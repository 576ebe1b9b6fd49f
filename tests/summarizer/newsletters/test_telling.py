"""Which differing figures a story shows beside its sentences."""

from __future__ import annotations

import pytest

from ringkas.types import (
    Article,
    Citation,
    Conflict,
    DigestSentence,
    FigureStatement,
    Passage,
)
from summarizer.newsletters.telling import worth_telling

TEXT = "Tanggul jebol sepanjang 27 meter pada 15 Februari. Tiga orang meninggal."
ARTICLE = Article(id="a", title="Tanggul Jebol", text=TEXT, language="id")


def cite(quote: str) -> Citation:
    start = TEXT.index(quote)
    return Citation(ARTICLE, Passage("a", 0, len(TEXT)), start, start + len(quote))


def shown(subject: str, figures: list[str], told: str, *, updated: bool = True) -> bool:
    """Return whether a difference is shown beside a sentence, which cites itself if it can."""
    places = {figure: (cite(figure),) if figure in TEXT else () for figure in figures}
    statements = tuple(FigureStatement(figure, places[figure]) for figure in figures)
    sentence = DigestSentence(told, (cite(told),) if told in TEXT else ())
    conflict = Conflict(subject, "", statements, updated)
    return list(worth_telling([conflict], [sentence])) == [conflict]


DEAD = ("jumlah korban meninggal", ["satu orang", "lima orang"])
LENGTH = ("panjang", ["kira-kira 15 meter", "27 meter"])


def test_what_befell_people_is_shown_whatever_is_told() -> None:
    assert shown(*DEAD, "Tim SAR menghentikan pencarian.")
    assert shown(*DEAD, "Jumlah korban meninggal bertambah menjadi lima orang.")


def test_other_figures_are_shown_where_a_sentence_gives_one_of_them() -> None:
    assert not shown(*LENGTH, "Tiga orang meninggal.")
    assert not shown(*LENGTH, "Tanggul itu runtuh pada Rabu (15/2/2023).")
    assert shown(*LENGTH, "Tanggul jebol sepanjang 27 meter pada 15 Februari.")


@pytest.mark.parametrize("updated", [True, False])
def test_a_change_that_a_sentence_tells_is_not_told_again(updated: bool) -> None:
    """Where the articles contradict each other, who says what is always shown."""
    grown = "Korban meninggal bertambah menjadi lima orang, dari semula satu orang."
    assert shown(*DEAD, grown, updated=updated) == (not updated)
