"""Numbers, names and words: what a passage supports, with the cases written out."""

from __future__ import annotations

import pytest

from retrieval.markers import claims
from retrieval.support import check, shared_words


@pytest.mark.parametrize(
    ("sentence", "passage"),
    [
        ("Suku bunga dinaikkan BI.", "Suku bunga dinaikkan oleh Bank Indonesia."),
        ("Rates of BI rose in Oct. 2023.", "Suku bunga Bank Indonesia naik pada Oktober 2023."),
        ("The rupiah rose against the US currency.", "Rupiah menguat terhadap mata uang AS."),
        ("The Indonesian exports rose.", "Ekspor Indonesia naik."),
        ("Jaya Negara's letter arrived.", "Surat Jaya Negara tiba."),
    ],
)
def test_names_written_otherwise_are_the_same(sentence: str, passage: str) -> None:
    same = sentence.startswith("Suku")
    assert check(sentence, passage, "id" if same else "en", same_language=same).supported


def test_words_are_compared_by_stem() -> None:
    assert shared_words("pembukaan acara", "dibuka panitia", "id") == 1 / 2
    assert shared_words("2023", "", "id") == 1.0
    assert shared_words("yang itu", "apa saja", "id") == 0.0


def test_verdict_says_what_is_missing() -> None:
    passage = "Wali Kota Jaya Negara membuka rapat."
    assert check("Jaya Negara membuka rapat.", passage, "id", same_language=True).supported
    reasons = [
        check(sentence, passage, "id", same_language=True).reason
        for sentence in (
            "Rapat dibuka pukul 9.",
            "Rapat dibuka Ahmad Yani.",
            "Rapat tidak dibuka.",
            "Rapat membahas cabai, bawang, minyak.",
        )
    ]
    assert reasons == [
        "numbers not in the passage: 9",
        "names not in the passage: Ahmad, Yani",
        "a negation that the passage does not have",
        "only 20% of its words are in the passage",
    ]


def test_claims_do_not_depend_on_how_the_reply_is_cut() -> None:
    reply = (
        "1. Rapat di Jl. Sudirman No. 5 dimulai [1]. [2]\n2. Rp1.500 habis. [3] Hujan turun [4]!"
    )
    whole = [(claim.plain, claim.numbers, claim.bullet) for claim in claims([reply])]
    assert whole == [
        ("Rapat di Jl. Sudirman No. 5 dimulai.", (1, 2), True),
        ("Rp1.500 habis.", (3,), True),
        ("Hujan turun!", (4,), True),
    ]
    for size in (1, 2, 3, 5, 8):
        pieces = [reply[start : start + size] for start in range(0, len(reply), size)]
        assert [(one.plain, one.numbers, one.bullet) for one in claims(pieces)] == whole
