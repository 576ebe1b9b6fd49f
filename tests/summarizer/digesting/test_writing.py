"""Digests that a model writes: tied to their sources, or not shown."""

from __future__ import annotations

import pytest
from chat_servers import Script, says

from ringkas import Article, Settings
from ringkas.errors import LanguageError
from ringkas.settings import GeneratorSettings
from ringkas.sources import samples
from summarizer import digest
from summarizer.digesting.writing import join


@pytest.fixture(scope="module")
def flood() -> list[Article]:
    return [article for article in samples() if "irtaloka" in article.title][:3]


def settings(script: Script, *languages: str) -> Settings:
    generator = GeneratorSettings(
        kind="openai", base_url=script.url, model="tiny-chat", retries=0, languages=languages
    )
    return Settings(generator=generator)


TOLD_BY_COPIES = "Korban meninggal akibat banjir tercatat tiga orang."
INVENTED = "Gubernur Bambang Wicaksono menyumbang Rp9 miliar kepada korban."


def test_written_sentences_are_tied_to_their_articles(
    scripted: Script, flood: list[Article]
) -> None:
    scripted.will(says(f"{TOLD_BY_COPIES} Pengungsi bertambah menjadi 1.872 orang."))
    made = digest(flood, max_words=60, settings=settings(scripted))
    assert made.method == "abstractive"
    assert made.model
    first = made.sentences[0]
    assert first.text == TOLD_BY_COPIES
    assert {one.article.id for one in first.citations} == {flood[1].id, flood[2].id}
    assert any("Korban meninggal tercatat tiga orang" in one.quote for one in first.citations)


def test_the_model_reads_each_voice_once_under_its_number(
    scripted: Script, flood: list[Article]
) -> None:
    scripted.will(says(TOLD_BY_COPIES))
    digest(flood, max_words=30, settings=settings(scripted))
    prompt = scripted.requests[0]["messages"][-1]["content"]
    assert "Sumber 1 (kabarlereng.example, 14 Februari):" in prompt
    assert "Sumber 2 (sagara.example, 15 Februari):" in prompt
    assert "Sumber 3" not in prompt


def test_what_no_article_says_is_not_shown(scripted: Script, flood: list[Article]) -> None:
    written = f"{TOLD_BY_COPIES} Pengungsi bertambah menjadi 1.872 orang. {INVENTED}"
    scripted.will(says(written), says(INVENTED))
    made = digest(flood, max_words=60, settings=settings(scripted))
    assert INVENTED not in made.text
    assert INVENTED in [sentence.text for sentence in made.dropped]


def test_a_digest_that_does_not_hold_up_falls_back(scripted: Script, flood: list[Article]) -> None:
    scripted.will(says(INVENTED))
    made = digest(flood, max_words=60, settings=settings(scripted))
    assert made.fell_back
    assert made.method == "extractive"
    assert made.sentences[0].citations
    assert INVENTED in [sentence.text for sentence in made.dropped]


def test_conflicts_follow_a_written_digest_too(scripted: Script, flood: list[Article]) -> None:
    scripted.will(says(TOLD_BY_COPIES))
    made = digest(flood, max_words=30, settings=settings(scripted))
    assert "jumlah pengungsi" in [conflict.subject for conflict in made.conflicts]


def test_a_model_is_asked_only_for_a_language_it_writes(
    scripted: Script, flood: list[Article]
) -> None:
    with pytest.raises(LanguageError, match="does not write Indonesian"):
        digest(flood, settings=settings(scripted, "en"))
    assert scripted.requests == []


def test_extractive_asks_no_model(scripted: Script, flood: list[Article]) -> None:
    made = digest(flood, max_words=40, method="extractive", settings=settings(scripted))
    assert made.method == "extractive"
    assert not made.fell_back
    assert scripted.requests == []


def test_places_in_the_joined_text_lead_back(flood: list[Article]) -> None:
    joined = join(flood, "id")
    headings = 0
    for span in joined.sentences:
        origin = joined.origin(span)
        if origin is None:
            headings += 1
            assert span.of(joined.text).startswith("Sumber ")
        else:
            article, place = origin
            assert place.of(article.text) == span.of(joined.text)
    assert headings == len(flood)
