from __future__ import annotations

from collections.abc import Sequence

from retrieval.reading import SpanReader
from retrieval.spans import PassageText, SpanScore
from ringkas.types import Article, Hit, Passage

TEXT = "Rapat dibuka Bank Indonesia dan Sugito."
HIT = Hit(Passage("a", 0, len(TEXT)), Article("a", "", TEXT, "id"), 1.0, 0.8, None)


class Surer:
    """A model that is surer of the bank (margin 5) than of the man (margin 4)."""

    def predict(self, question: str, passages: Sequence[PassageText]) -> list[list[SpanScore]]:
        return [[scored("Bank Indonesia", 5.0), scored("Sugito", 4.0)] for _ in passages]


def scored(words: str, margin: float) -> SpanScore:
    start = TEXT.index(words)
    return SpanScore(start, start + len(words), margin, 0.0)


def test_a_person_is_the_likelier_answer_to_who() -> None:
    person, body = SpanReader(Surer()).read("Siapa yang membuka rapat?", [HIT])
    assert (person.text, body.text) == ("Sugito", "Bank Indonesia")
    # the model's margins, 0.222 each, count; the body loses 2 more
    assert 0 < body.probability < person.probability < 1


def test_other_questions_follow_the_model() -> None:
    first, _ = SpanReader(Surer()).read("Apa yang dibahas?", [HIT])
    assert first.text == "Bank Indonesia"
