"""Every word of the interface exists in both languages."""

import string

import pytest

from ringkas import errors
from ringkas.page.texts import LANGUAGES, texts


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_have_the_same_keys() -> None:
    assert set(texts("id").words) == set(texts("en").words)


@pytest.mark.parametrize("key", sorted(texts("id").words))
def test_both_languages_fill_in_the_same_placeholders(key: str) -> None:
    assert placeholders(texts("id").words[key]) == placeholders(texts("en").words[key])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_error_has_a_title(language: str) -> None:
    names = [name for name in vars(errors) if name.endswith("Error")]
    assert [name for name in names if f"errors.{name}" not in texts(language)] == []
    assert [name for name in names if f"advice.{name}" not in texts(language)] == []


def test_no_indonesian_text_is_empty() -> None:
    assert [key for key, text in texts("id").words.items() if not text.strip()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_year_has_twelve_months(language: str) -> None:
    assert len(texts(language)("dates.months").split()) == 12


def test_a_missing_key_is_an_error() -> None:
    with pytest.raises(KeyError):
        texts("id")("ask.no_such_text")


@pytest.mark.parametrize(("n", "text"), [(0, "0 articles"), (1, "1 article"), (2, "2 articles")])
def test_english_nouns_follow_their_number(n: int, text: str) -> None:
    assert texts("en")("library.count", n=n) == text
