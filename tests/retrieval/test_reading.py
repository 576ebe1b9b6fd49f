from __future__ import annotations

from collections.abc import Sequence

import pytest

from retrieval import Index, answer
from retrieval.candidates import Evidence
from retrieval.deciding import deciding
from retrieval.reading import SpanReader
from retrieval.spans import PassageText, SpanScore
from ringkas.settings import Settings
from ringkas.types import Article, Hit, Passage, Span

TEXT = "Rapat dibuka Bank Indonesia dan Sugito."
BANK = (
    "PT Bank Nirmala Tbk membukukan laba bersih Rp1,5 triliun pada semester I, naik 12,8 persen. "
    "Bank yang memiliki 214 kantor cabang itu belum berencana menerbitkan saham baru. "
    "Modal kami cukup untuk dua tahun ke depan, kata Direktur Keuangan Hendra Lesmanajaya."
)
HIT = Hit(Passage("a", 0, len(TEXT)), Article("a", "", TEXT, "id"), 1.0, 0.8, None)


class Surer:
    """A model that is surer of the bank (margin 5) than of the man (margin 4)."""

    def predict(
        self, question: str, passages: Sequence[PassageText], *, longest: int
    ) -> list[list[SpanScore]]:
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


def test_the_sentence_that_is_pointed_at_and_near_decides() -> None:
    text = "Rapat itu dibuka Sugito. Rapat belum selesai. Hujan turun di Denpasar."
    hit = Hit(Passage("a", 0, len(text)), Article("a", "", text, "id"), 1.0, 0.8, None)
    near = {"Rapat itu dibuka Sugito.": 0.1, "Rapat belum selesai.": 0.4}

    def evidence(words: str, margin: float) -> Evidence:
        start = text.index(words)
        return Evidence(hit, Span(start, start + len(words)), (margin, 0.0, 1.0))

    pointed = [evidence("Sugito", 1.0), evidence("belum", 1.5), evidence("Rapat belum", -3.0)]
    first, other = deciding(pointed, lambda found: [near[span.of(text)] for _, span in found])
    assert (first.text, other.text) == ("Rapat belum selesai.", "Rapat itu dibuka Sugito.")
    assert 1 > first.probability > other.probability > 0
    assert deciding([], lambda found: []) == []


class Decider:
    def predict(
        self, question: str, passages: Sequence[PassageText], *, longest: int
    ) -> list[list[SpanScore]]:
        assert longest > 30
        return [[scored("Sugito", 6.0)] for _ in passages]


class Beside:
    weights = SpanReader.weights

    def weigh(self, question: str, sentences: Sequence[tuple[Hit, Span]]) -> list[Evidence]:
        return [Evidence(hit, span, (5.0, 0.0, 1.0)) for hit, span in sentences]


def test_the_decider_is_loaded_once_and_for_yes_or_no_alone() -> None:
    loaded: list[Decider] = []

    def load() -> Decider:
        loaded.append(Decider())
        return loaded[-1]

    reader = SpanReader(Surer(), Beside(), load)  # type: ignore[arg-type]
    assert reader.read("Siapa yang membuka rapat?", [HIT])[0].text == "Sugito"
    assert not loaded
    for _ in range(2):
        [sentence] = reader.read("Apakah Sugito membuka rapat?", [HIT])
        assert "Sugito" in sentence.text
    assert len(loaded) == 1


@pytest.mark.parametrize(
    ("question", "decides"),
    [
        ("Apakah bank itu berencana menerbitkan saham baru?", "belum berencana menerbitkan"),
        ("Apakah bank itu memiliki 214 kantor cabang?", "memiliki 214 kantor cabang"),
        ("Apakah bank itu akan pindah ke Surabaya?", None),
    ],
)
def test_yes_or_no_is_answered_by_a_whole_sentence(question: str, decides: str | None) -> None:
    index = Index.in_memory(Settings())
    index.add([Article("a", "Laba Bank Nirmala Naik", BANK, "id")])
    given = answer(question, index)
    assert given.found == (decides is not None)
    if decides:
        assert decides in given.text
        assert given.text.startswith("Bank yang memiliki")
