from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from plain_articles import article

from retrieval.passages import cut, passage_input, passage_words
from ringkas.settings import PassageSettings
from ringkas.text.sentences import split
from ringkas.types import Passage

SENTENCES = st.integers(1, 30).map(
    lambda length: " ".join(["Kata", *["kata"] * (length - 1)]) + "."
)
TEXTS = st.lists(SENTENCES, min_size=1, max_size=25).map(" ".join)
SETTINGS = st.builds(PassageSettings, max_words=st.integers(5, 60), overlap=st.integers(0, 3))


def words(text: str) -> int:
    return len(text.split())


@given(TEXTS, SETTINGS)
def test_every_sentence_stands_whole_in_a_passage(text: str, settings: PassageSettings) -> None:
    passages = cut(article("a", text), settings)
    for sentence in split(text):
        if words(sentence.of(text)) <= 2 * settings.max_words:
            assert any(one.start <= sentence.start and sentence.end <= one.end for one in passages)


@given(TEXTS, SETTINGS)
def test_passages_move_forward_and_none_lies_in_another(
    text: str, settings: PassageSettings
) -> None:
    for one, following in pairwise(cut(article("a", text), settings)):
        assert one.start < following.start
        assert one.end < following.end


@given(TEXTS, SETTINGS)
def test_only_a_long_sentence_makes_a_long_passage(text: str, settings: PassageSettings) -> None:
    longest = max(words(span.of(text)) for span in split(text))
    for one in cut(article("a", text), settings):
        assert words(text[one.start : one.end]) <= max(settings.max_words, longest)


@given(st.text(max_size=400), SETTINGS)
def test_any_text_is_covered_but_for_white_space(text: str, settings: PassageSettings) -> None:
    covered = set()
    for one in cut(article("a", text), settings):
        assert text[one.start : one.end].strip() == text[one.start : one.end] != ""
        covered |= set(range(one.start, one.end))
    assert all(char.isspace() for at, char in enumerate(text) if at not in covered)


def test_neighbours_share_a_sentence_where_it_leaves_room() -> None:
    text = "Satu dua tiga. Empat lima enam. Tujuh delapan sembilan."
    first, second = cut(article("a", text), PassageSettings(max_words=6, overlap=1))
    assert text[first.start : first.end] == "Satu dua tiga. Empat lima enam."
    assert text[second.start : second.end] == "Empat lima enam. Tujuh delapan sembilan."


def test_nothing_is_shared_where_the_next_sentence_would_not_fit() -> None:
    text = "Satu dua. Tiga empat lima enam. Tujuh delapan sembilan sepuluh sebelas."
    passages = cut(article("a", text), PassageSettings(max_words=6, overlap=1))
    assert [text[one.start : one.end] for one in passages] == [
        "Satu dua. Tiga empat lima enam.",
        "Tujuh delapan sembilan sepuluh sebelas.",
    ]


def test_an_article_of_one_word() -> None:
    assert cut(article("a", "Denpasar"), PassageSettings()) == [Passage("a", 0, 8)]


def test_an_article_without_words() -> None:
    assert cut(article("a", " \n\n "), PassageSettings()) == []


def test_a_sentence_of_150_words_stays_whole_and_one_of_400_does_not() -> None:
    settings = PassageSettings(max_words=90)
    long = " ".join(["kata"] * 150)
    endless = " ".join(["kata"] * 400)
    assert cut(article("a", long), settings) == [Passage("a", 0, len(long))]
    pieces = cut(article("a", endless), settings)
    assert [words(endless[one.start : one.end]) for one in pieces] == [90, 90, 90, 90, 40]


def test_words_hold_the_title_and_vectors_when_asked() -> None:
    titled = article("a", "Rapat dibuka. Hadirin pulang.", title="Rapat")
    bare, whole = article("a", "Rapat dibuka."), Passage("a", 0, 13)
    assert passage_words(titled, whole) == "Rapat\nRapat dibuka."
    assert passage_words(bare, whole) == "Rapat dibuka."
    assert passage_input(titled, whole, PassageSettings(title=True)) == "Rapat\nRapat dibuka."
    assert passage_input(titled, whole, PassageSettings()) == "Rapat dibuka."
