"""The baselines, on a sample article of our own."""

from __future__ import annotations

import pytest

from evaluation.data import DataError
from evaluation.summary_methods import EXTRACTIVE, LEAD, LEAD_3, ORACLE, methods, sentences
from ringkas.errors import SettingsError
from ringkas.settings import Settings
from ringkas.sources import samples
from ringkas.types import Article


@pytest.fixture(scope="module")
def article() -> Article:
    return samples()[3]


def test_every_method_takes_sentences_in_order_within_the_words(article: Article) -> None:
    listed = sentences(article)
    for name, write in methods(Settings()).items():
        text = write(article, listed[4]).text
        places = [place for place, sentence in enumerate(listed) if sentence in text]
        assert text.startswith(listed[places[0]][:20]) or name == EXTRACTIVE
        assert len(text.split()) <= 60 or name == LEAD_3
        if name in (LEAD, LEAD_3):
            assert places == list(range(len(places)))
        if name == ORACLE:
            assert places == [4]


def test_only_ours_says_what_it_read(article: Article) -> None:
    for name, write in methods(Settings()).items():
        read = write(article, article.text[:200]).read
        assert read == (1.0 if name == EXTRACTIVE else None)


def test_methods_are_chosen_by_name_in_the_order_of_the_table() -> None:
    assert list(methods(Settings(), ["extractive", "lexrank", "lead"])) == [
        "lead",
        "LexRank",
        "extractive",
    ]
    assert "abstractive" not in methods(Settings())


def test_what_cannot_be_measured_is_named() -> None:
    with pytest.raises(DataError, match="'lead-4' is no method; choose from lead-3"):
        methods(Settings(), ["lead-4"])
    with pytest.raises(SettingsError, match=r"there is none .*--config"):
        methods(Settings(), ["abstractive"])


def test_sentences_come_without_the_dateline() -> None:
    article = Article("x", "Judul", "JAKARTA, KOMPAS.com - Banjir surut.\n\nWarga\npulang.", "id")
    assert sentences(article) == ["Banjir surut.", "Warga pulang."]
