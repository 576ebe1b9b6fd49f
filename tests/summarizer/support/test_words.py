from __future__ import annotations

import pytest

from summarizer.support.words import words


def keys(text: str, *, translate: bool = False) -> frozenset[str]:
    return frozenset[str]().union(*(word.keys for word in words(text, translate=translate)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("memenangkan", "dimenangkan"),
        ("penyaluran", "disalurkan"),
        ("winners", "winner"),
        ("Jakarta's", "Jakarta"),
        ("1.500", "1,500"),
        ("buku-buku", "buku"),
    ],
)
def test_forms_of_a_word_share_a_key(one: str, other: str) -> None:
    assert keys(one) & keys(other)


@pytest.mark.parametrize(("one", "other"), [("menolak", "menerima"), ("15", "1,5"), ("di", "ke")])
def test_other_words_share_none(one: str, other: str) -> None:
    assert not keys(one) & keys(other)


def test_english_words_meet_their_indonesian_counterparts() -> None:
    english = keys("the ministry of law", translate=True)
    assert english & keys("kementerian")
    assert english & keys("hukum")
    assert not keys("ministry") & keys("kementerian")


@pytest.mark.parametrize(
    ("english", "indonesian"),
    [("Republicans", "Republik"), ("directors", "Direktur-Direktur"), ("SMEs", "UMKM")],
)
def test_plurals_and_acronyms_meet_them_too(english: str, indonesian: str) -> None:
    assert keys(english, translate=True) & keys(indonesian)


def test_words_know_their_place_and_small_ones_weigh_less() -> None:
    found = words("Harga di Rp1.500", translate=False)
    assert [(word.text, word.weight) for word in found][1] == ("di", 0.25)
    assert [word.start for word in found] == [0, 6, 9, 11]
