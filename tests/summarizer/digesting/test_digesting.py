"""The verb: what it takes, what it refuses, and how the digest reads."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from ringkas import Article, Settings
from ringkas.errors import FetchError, LanguageError, SettingsError, SummaryError
from ringkas.records import digest_record
from ringkas.sources import samples
from ringkas.types import Failure
from summarizer import digest


@pytest.fixture(scope="module")
def flood() -> list[Article]:
    """Three Indonesian reports, the third a copy of the second, and an English one."""
    return [article for article in samples() if "irtaloka" in article.title]


@pytest.fixture(scope="module")
def bank() -> list[Article]:
    return [article for article in samples() if "Nirmala" in article.title]


def test_a_growing_story_is_told_with_all_its_figures(flood: list[Article]) -> None:
    made = digest(flood, max_words=90)
    assert 0 < made.words <= 90
    assert made.language == "id"
    assert (
        "Perkembangan jumlah korban meninggal: satu orang (kabarlereng.example, 14 Februari) – "
        "tiga orang (sagara.example dan tengarapos.example, 15 Februari) – "
        "4 (theharbourpost.example, 16 Februari)." in made.text
    )
    assert "2.140 (theharbourpost.example, 16 Februari)" in made.text


def test_copies_are_one_voice_with_several_sources(flood: list[Article]) -> None:
    made = digest(flood, max_words=60)
    original, copy = flood[1].id, flood[2].id
    assert (original, copy) in made.voices
    for sentence in made.sentences:
        ids = [citation.article.id for citation in sentence.citations]
        assert (original in ids) == (copy in ids), sentence.text


def test_reports_that_agree_have_no_conflict(bank: list[Article]) -> None:
    made = digest(bank)
    assert made.conflicts == ()
    assert any(len(sentence.citations) == 2 for sentence in made.sentences)


def test_the_other_language_is_a_source_and_can_be_asked_for(bank: list[Article]) -> None:
    made = digest(bank, language="en", max_words=60)
    assert made.language == "en"
    assert all(sentence.citations[0].article.language == "en" for sentence in made.sentences)
    assert "bursaharian.example" in made.text


def test_a_language_that_no_article_is_in_is_refused(flood: list[Article]) -> None:
    with pytest.raises(LanguageError, match="none of the 3 articles is in English"):
        digest(flood[:3], language="en")


def test_what_cannot_be_used_is_named(flood: list[Article], bank: list[Article]) -> None:
    unreachable = Failure("https://x.example", FetchError("cannot be reached"))
    login = Article(id="login", title="Masuk", text="Silakan masuk ke akun Anda.")
    made = digest([unreachable, flood[0], login, flood[1], bank[0]], max_words=40)
    assert [article.id for article in made.articles] == [flood[0].id, flood[1].id]
    messages = {failure.source: failure.message for failure in made.failures}
    assert messages["https://x.example"] == "cannot be reached"
    assert "at least 25" in messages["“Masuk”"]
    assert "another story" in messages["bursaharian.example"]


def test_articles_on_different_stories_are_refused(
    flood: list[Article], bank: list[Article]
) -> None:
    with pytest.raises(SummaryError, match=r"2 different stories.*one story at a time"):
        digest([flood[0], bank[0]])


def test_two_stories_told_equally_often_are_refused(
    flood: list[Article], bank: list[Article]
) -> None:
    with pytest.raises(SummaryError, match="2 different stories"):
        digest([flood[0], flood[1], *bank])


@pytest.mark.parametrize("given", [[], ["one"], ["one", "one"], ["one", "notice"]])
def test_fewer_than_two_articles_are_refused(flood: list[Article], given: list[str]) -> None:
    known: dict[str, Any] = {"one": flood[0], "notice": "Silakan masuk ke akun Anda."}
    with pytest.raises(SummaryError, match="at least 2 different articles"):
        digest([known[name] for name in given])


def test_the_same_event_months_later_is_another_story(bank: list[Article]) -> None:
    assert bank[1].published is not None
    later = replace(bank[1], published=bank[1].published.replace(year=2024))
    with pytest.raises(SummaryError, match="different stories"):
        digest([bank[0], later])


@pytest.mark.parametrize(
    ("asked", "message"),
    [({"max_words": 0}, "max_words is 0"), ({"method": "magic"}, "method is 'magic'")],
)
def test_requests_that_make_no_sense_are_refused(
    flood: list[Article], asked: dict[str, Any], message: str
) -> None:
    with pytest.raises(SummaryError, match=message):
        digest(flood, **asked)


def test_writing_without_a_model_is_refused(flood: list[Article]) -> None:
    with pytest.raises(SettingsError, match=r"generator\.kind is 'none'"):
        digest(flood, method="abstractive", settings=Settings())


def test_the_record_has_every_source_and_figure(flood: list[Article]) -> None:
    made = digest(flood, max_words=60)
    record = digest_record(made)
    assert record["text"] == made.text
    assert [one["id"] for one in record["articles"]] == [article.id for article in flood]
    statement = record["conflicts"][0]["statements"][0]
    assert statement["value"] == "Satu orang"
    assert statement["published"] == "2023-02-14T08:50:00+07:00"
    assert statement["citations"][0]["quote"] == "Satu orang"
