from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.terms import query_terms, terms, translated_terms
from ringkas.text.lexicon import to_english
from ringkas.text.vocabulary import stop_words
from ringkas.types import OutputLanguage


@pytest.mark.parametrize(
    ("word", "language", "stem"),
    [
        ("membuka", "id", "buka"),
        ("pembukaan", "id", "buka"),
        ("dibukanya", "id", "buka"),
        ("menteri", "id", "menteri"),
        ("kementerian", "id", "menteri"),
        ("pengungsi", "ms", "ungsi"),
        ("opened", "en", "open"),
        ("meetings", "en", "meet"),
        ("membuka", "jv", "membuka"),
        ("membuka", "unknown", "membuka"),
    ],
)
def test_words_are_stemmed_in_their_language(word: str, language: str, stem: str) -> None:
    assert terms(word, language) == [stem]


def test_question_and_passage_meet_in_a_stem() -> None:
    assert set(query_terms("Siapa yang membuka rapat?")) & set(terms("Rapat dibuka Sekda.", "id"))
    assert set(query_terms("Who opened the meeting?")) & set(terms("He opens a meeting.", "en"))


def test_stop_words_of_both_languages_and_question_words_are_dropped() -> None:
    assert terms("Siapa yang akan di sana dan itu", "id") == []
    assert terms("Who was the one that was there", "en") == ["one"]
    assert {"siapa", "yang", "who", "the"} <= stop_words()


def test_names_meet_across_languages() -> None:
    indonesian = terms("Sekda Denpasar IB Alit Wiradana", "id")
    english = terms("IB Alit Wiradana's city of Denpasar", "en")
    assert {"ib", "alit", "denpasar"} <= set(indonesian) & set(english)
    assert "s" not in english


@pytest.mark.parametrize(
    ("indonesian", "english"), [("12,8", "12.8"), ("1.872", "1,872"), ("Rp1,5", "Rp1.5")]
)
def test_numbers_meet_across_languages(indonesian: str, english: str) -> None:
    assert terms(indonesian, "id") == terms(english, "en")


def test_amounts_are_found_with_and_without_their_currency() -> None:
    assert terms("Rp1.500.000", "id") == ["rp1.500.000", "1.500.000"]


def test_hyphenated_words_are_kept_whole_and_in_parts() -> None:
    assert terms("PMI-NP", "id") == ["pmi-np", "pmi", "np"]
    assert terms("undang-undang", "id") == ["undang-undang", "undang"]


def test_accents_stay() -> None:
    assert terms("José Élysée", "id") == ["josé", "élysée"]


def test_full_width_letters_are_folded() -> None:
    assert terms("ＴＰＰＯ", "id") == ["tppo"]


def test_query_terms_repeat_nothing() -> None:
    found = query_terms("rapat rapat Rapat meeting meeting")
    assert len(found) == len(set(found))


def test_a_question_is_put_into_the_other_language() -> None:
    asked = "Who opened the meeting?"
    assert {"rapat", "buka"} <= set(terms("Rapat dibuka.", "id")) & set(
        translated_terms(asked, "id")
    )
    found = set(translated_terms("Siapa yang membuka rapat?", "en"))
    assert {"open", "meet"} <= set(terms("He opens a meeting.", "en")) & found


def test_a_form_that_no_translation_knows_is_found_by_its_root() -> None:
    assert not to_english("gempanya")
    assert set(terms("earthquake", "en")) <= set(translated_terms("gempanya", "en"))


@given(st.text(max_size=200), st.sampled_from(["id", "en"]))
def test_translating_repeats_no_term_and_keeps_the_questions_own(
    text: str, into: OutputLanguage
) -> None:
    found = translated_terms(text, into)
    assert len(found) == len(set(found))
    assert found[: len(query_terms(text))] == query_terms(text)


@given(st.text(max_size=200), st.sampled_from(["id", "en", "jv"]))
def test_any_text_gives_terms_without_white_space(text: str, language: str) -> None:
    assert all(term and not any(map(str.isspace, term)) for term in terms(text, language))
