from __future__ import annotations

from dataclasses import replace

import pytest
from plain_articles import article

from retrieval.candidates import Candidate
from retrieval.merging import gather
from retrieval.questions import Kind
from ringkas.types import Hit, Passage, Span


def candidate(id: str, text: str, piece: str, probability: float = 0.9) -> Candidate:
    owner = article(id, text)
    start = text.index(piece)
    hit = Hit(Passage(id, 0, len(text)), owner, 1.0)
    return Candidate(hit, Span(start, start + len(piece)), probability)


def agree(one: str, other: str, kind: Kind = "other") -> bool:
    return len(gather([candidate("a", one, one), candidate("b", other, other)], kind)) == 1


def test_the_same_answer_of_two_articles_has_both_as_sources() -> None:
    [variant] = gather(
        [
            candidate("a", "Rapat dibuka IB Alit Wiradana.", "IB Alit Wiradana", 0.9),
            candidate("b", "Hujan. Alit Wiradana hadir.", "Alit Wiradana", 0.8),
        ],
        "who",
    )
    assert variant.text == "IB Alit Wiradana"
    assert variant.score == 0.9
    assert [one.article.id for one in variant.citations] == ["a", "b"]
    assert [one.quote for one in variant.citations] == [
        "Rapat dibuka IB Alit Wiradana.",
        "Alit Wiradana hadir.",
    ]


def test_an_answer_is_worded_as_in_an_article_of_the_language_asked_in() -> None:
    found = [
        candidate("en", "The mayor, Arya Wibawa, opened the market.", "Arya Wibawa", 0.8),
        candidate("id", "Wali Kota Arya Wibawa membuka pasar.", "Arya Wibawa", 0.5),
        candidate("far", "Wali Kota Denpasar Arya Wibawa pulang.", "Arya Wibawa", 0.3),
    ]
    owners = [
        replace(one.hit.article, language=name)
        for one, name in zip(found, ("en", "id", "id"), strict=True)
    ]
    found = [
        replace(one, hit=replace(one.hit, article=owner))
        for one, owner in zip(found, owners, strict=True)
    ]
    [variant] = gather(found, "who", "id")
    assert variant.text == "Wali Kota Arya Wibawa"
    assert variant.score == 0.8
    assert [one.article.id for one in variant.citations] == ["id", "en", "far"]
    [variant] = gather([found[0], found[2]], "who", "id")
    assert [one.article.id for one in variant.citations] == ["en", "far"]


def test_early_and_late_figures_stand_side_by_side_with_their_own_sources() -> None:
    early, late = gather(
        [
            candidate("early", "Sedikitnya 340 orang mengungsi.", "340", 0.8),
            candidate("late", "Pengungsi menjadi 1.872 orang.", "1.872", 0.7),
            candidate("copy", "Pengungsi kini 1.872 orang.", "1.872 orang", 0.6),
        ],
        "number",
    )
    assert (early.text, late.text) == ("340 orang", "1.872 orang")
    assert [one.article.id for one in early.citations] == ["early"]
    assert [one.article.id for one in late.citations] == ["late", "copy"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("8 Juni 2023", "8 June 2023"),
        ("Kamis (8/6/2023)", "8 June 2023"),
        ("Thursday, 8 June", "Kamis, 8 Juni 2023"),
        ("2023", "8 Juni 2023"),
        ("Rp1,5 triliun", "Rp1.5 trillion"),
        ("Rp1.500 miliar", "Rp1,5 triliun"),
        ("US$1,13 miliar", "$1.13bn"),
        ("12,8 persen", "12.8%"),
        ("1.872 orang", "1,872 people"),
        ("tiga orang", "3 people"),
        ("Alit Wiradana", "IB Alit Wiradana"),
        ("Retno", "Retno Kusumandari"),
        ("Denpasar", "Kota Denpasar"),
        ("PT Bank Nirmala Tbk", "Bank Nirmala"),
    ],
)
def test_answers_that_agree(one: str, other: str) -> None:
    assert agree(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("8 Juni 2023", "9 June 2023"),
        ("8 Juni 2023", "8 July 2023"),
        ("8", "8 Juni 2023"),
        ("Rp1,5 triliun", "Rp1,5 miliar"),
        ("12,8 persen", "12,9 persen"),
        ("340 orang", "1.872 orang"),
        ("satu orang", "tiga orang"),
        ("Bali", "Bank Bali"),
        ("Sugito", "Alit Wiradana"),
    ],
)
def test_answers_that_differ(one: str, other: str) -> None:
    assert not agree(one, other)


def test_overlapping_spans_of_one_article_are_one_answer() -> None:
    text = "Rapat dibuka Sekda Alit Wiradana dan Sugito."
    merged = gather(
        [candidate("a", text, "Alit Wiradana"), candidate("a", text, "Wiradana dan Sugito")],
        "other",
    )
    assert [variant.text for variant in merged] == ["Alit Wiradana"]


def test_at_most_four_sources_the_most_probable_first() -> None:
    [variant] = gather(
        [candidate(str(n), "Dibuka Sugito.", "Sugito", 0.9 - n / 10) for n in range(6)], "who"
    )
    assert [one.article.id for one in variant.citations] == ["0", "1", "2", "3"]


def test_a_quote_stays_within_its_passage() -> None:
    text = "kata " * 400 + "Sugito"
    hit = Hit(Passage("a", 1500, len(text)), article("a", text), 1.0)
    [variant] = gather([Candidate(hit, Span(2000, 2006), 0.9)], "yesno")
    assert (variant.citations[0].start, variant.citations[0].end) == (1500, 2006)
    assert len(variant.text) < len(text) / 3


def test_no_candidates_no_answer() -> None:
    assert gather([], "who") == []
