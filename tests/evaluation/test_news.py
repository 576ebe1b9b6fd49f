from __future__ import annotations

from dataclasses import replace

from evaluation.data import NewsQuestion
from evaluation.news import judge, table
from ringkas.types import Answer, Article, Citation, Passage

ARTICLE = Article("x1", "Rapat", "Rapat dibuka IB Alit Wiradana. Cuaca cerah.", "id")
OPENER = NewsQuestion("1", "row-1", "id", "role", "Siapa pembuka?", ("IB Alit Wiradana",))
NOTHING = NewsQuestion("2", "row-1", "en", "number", "How many came?", (), answerable=False)


def answered(question: NewsQuestion) -> Answer:
    citation = Citation(ARTICLE, Passage("x1", 0, 30), 0, 30)
    made = Answer(question.question, question.question, "", False, 0.1, "id", "fixed")
    if question is OPENER:
        return replace(made, text="IB Alit Wiradana", found=True, citations=(citation,))
    return made


def test_answers_are_judged_and_citations_checked() -> None:
    opener, nothing = judge([OPENER, NOTHING], answered, {"row-1": ARTICLE})
    assert (opener.accepted, opener.cited) == (True, True)
    assert (nothing.accepted, nothing.cited) == (True, False)


def test_the_table_counts_by_answerability_language_and_kind() -> None:
    rows = {str(row[0]): row[1:4] for row in table("t", _judged(), "").rows}
    assert rows["all"] == (2, 0.5, 1.0)
    assert rows["answerable"] == (1, 1.0, 1.0)
    assert rows["unanswerable (refused)"] == (1, 0.0, 1.0)
    assert rows["language: en"] == (1, 0.0, 1.0)
    assert rows["kind: role"] == (1, 1.0, 1.0)
    assert "kind: number" not in rows  # kinds are of answerable questions


def _judged() -> list:
    """Both questions answered: right for the first, wrong for the unanswerable one."""
    return judge([OPENER, NOTHING], lambda _: answered(OPENER), {"row-1": ARTICLE})
