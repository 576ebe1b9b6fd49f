"""From a plan to an issue, over the sample articles and the real embedder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from batch_articles import CountingEmbedder, article
from chat_servers import Script, answers, refuses, says
from issue_plans import planned, sample, sectioned, story, told

from ringkas.embedding import lend_embedder
from ringkas.errors import LanguageError, SummaryError
from ringkas.settings import GeneratorSettings, NewsletterSettings, Settings, SummarySettings
from ringkas.types import Article, Citation, DigestSentence, Failure
from summarizer import newsletter
from summarizer.newsletters import write
from summarizer.newsletters.issue import LeftOut, Newsletter, Plan

FLOOD = ("Meluas", "Pengungsi Banjir", "Jebol", "Water recedes")


@pytest.fixture(scope="module")
def issue() -> Newsletter:
    plan = sectioned(
        [
            ("Daerah", [told(*FLOOD, rank=0.6), told("Bandarjati Mulai", rank=0.3)]),
            ("Hukum", [told("Former treasurer", rank=0.4)]),
            ("Olahraga", [told("Anindya Rebut", "Eighth seed", rank=0.5)]),
        ],
        "id",
    )
    return write(plan, cache=False)


def sentences(issue: Newsletter) -> Iterator[DigestSentence]:
    for item in issue.items:
        yield from (item.headline, *item.sentences)


def citations(issue: Newsletter) -> Iterator[Citation]:
    for sentence in (*sentences(issue), *issue.introduction):
        yield from sentence.citations


def test_each_story_has_a_text_whose_every_sentence_has_its_sources(issue: Newsletter) -> None:
    assert [section.name for section in issue.sections] == ["Daerah", "Olahraga"]
    assert [len(section.items) for section in issue.sections] == [2, 1]
    assert all(sentence.supported for sentence in sentences(issue))
    for item in issue.items:
        ids = {article.id for article in item.story.articles}
        assert all(one.article.id in ids for s in item.sentences for one in s.citations)
    for one in citations(issue):
        assert one.quote == one.article.text[one.start : one.end]
        assert one.passage.start <= one.start < one.end <= one.passage.end


def test_several_articles_make_a_digest_with_differing_figures(issue: Newsletter) -> None:
    flood, bus = issue.items[0], issue.items[1]
    sources = {one.article.source for one in flood.sentences[0].citations}
    assert {"sagara.example", "tengarapos.example"} <= sources
    assert "jumlah korban meninggal" in {conflict.subject for conflict in flood.conflicts}
    assert bus.conflicts == ()
    sources = {one.article.source for s in bus.sentences for one in s.citations}
    assert sources == {"kotakita.example"}


def test_what_cannot_be_printed_in_the_language_is_left_out_and_named(issue: Newsletter) -> None:
    assert issue.left_out == (LeftOut(told("Former treasurer", rank=0.4), "other language"),)
    english = {one.article.id for one in citations(issue) if one.article.language == "en"}
    assert english  # English articles are sources of Indonesian sentences
    for sentence in sentences(issue):
        assert any(one.article.language == "id" for one in sentence.citations)


def test_the_same_story_can_be_told_in_the_other_language() -> None:
    made = write(planned(told(*FLOOD), language="en"), cache=False)
    assert made.items[0].headline.text.startswith("Water recedes")
    assert "Floodwater" in made.items[0].sentences[0].text
    assert made.title == "Selected News, 14–16 February 2023"


def test_titles_serve_as_headlines_without_overtaken_figures(issue: Newsletter) -> None:
    # "…, Pengungsi Bertambah Jadi 1.872 Orang" was overtaken a day later.
    assert issue.items[0].headline.text == "Banjir Tirtaloka Meluas ke Tujuh Desa"
    assert issue.items[1].headline.text == sample("Bandarjati Mulai").title


def test_a_title_that_its_article_does_not_hold_is_replaced() -> None:
    bus = sample("Bandarjati Mulai")
    for title in ("Bandarjati Mulai Operasikan 57 Bus Listrik", "Begini Rupa Bus Listrik Baru"):
        changed = replace(bus, title=title)
        (item,) = write(planned(story(changed)), cache=False).items
        assert item.headline.text != title
        assert item.headline.supported
        assert len(item.headline.text.split()) <= 18


def test_a_title_may_word_its_figures_otherwise_than_the_text() -> None:
    # The text has "laba bersih Rp1,5 triliun …, naik 12,8 persen".
    profit = sample("Laba Bank")
    (item,) = write(planned(story(profit)), cache=False).items
    assert item.headline.text == profit.title
    assert item.headline.supported


def test_the_introduction_tells_the_top_stories_with_their_sources(issue: Newsletter) -> None:
    holds, first, further = issue.introduction
    assert holds.text == "Edisi ini memuat tiga berita dari enam media."
    assert holds.citations == ()
    assert first.text == "Berita utamanya: banjir Tirtaloka meluas ke tujuh desa."
    assert first.citations == issue.items[0].headline.citations
    assert "bus listrik di koridor" in further.text.lower()
    assert {one.article.id for one in further.citations} == {
        sample("Bandarjati Mulai").id,
        sample("Anindya Rebut").id,
    }


def test_the_title_names_the_days(issue: Newsletter) -> None:
    assert issue.title == "Kabar Pilihan, 14 Februari – 4 September 2023"
    plan = planned(told("Bandarjati Mulai"))
    assert write(plan, title="Warta Kita", cache=False).title == "Warta Kita"


def test_a_story_that_fails_stops_nothing() -> None:
    bad = story(Article(id="b", title="Halaman masuk", text="Silakan masuk.", language="id"))
    plan = replace(planned(bad, told("Bandarjati Mulai")), failures=(Failure("x", OSError("y")),))
    made = write(plan, cache=False)
    assert len(made.items) == 1
    assert [failure.source for failure in made.failures] == ["x", "Halaman masuk"]
    assert "words" in made.failures[1].message
    with pytest.raises(SummaryError, match="none of the 1 stories could be written; the first"):
        write(planned(bad), cache=False)


def test_an_issue_without_a_story_is_refused() -> None:
    with pytest.raises(SummaryError, match="no story to write"):
        write(planned(), cache=False)
    unticked = Plan((), "id", left_out=(LeftOut(told("Bandarjati Mulai"), "unticked"),))
    with pytest.raises(SummaryError, match="unticked"):
        write(unticked, cache=False)
    with pytest.raises(LanguageError, match="llm-server"):
        write(planned(told("Former treasurer")), cache=False)
    with pytest.raises(SummaryError, match="max_words is 0"):
        write(planned(told("Bandarjati Mulai")), max_words=0, cache=False)


def test_articles_that_tell_different_stories_are_told_by_the_first() -> None:
    made = write(planned(story(sample("Bandarjati Mulai"), sample("Laba Bank"))), cache=False)
    (item,) = made.items
    assert {one.article.id for s in item.sentences for one in s.citations} == {
        sample("Bandarjati Mulai").id
    }


def test_an_article_in_an_unknown_language_is_never_printed() -> None:
    bus = sample("Bandarjati Mulai")
    unknown = replace(bus, id="u", language="unknown", source="lain.example")
    assert write(planned(told("Anindya Rebut"), story(unknown)), cache=False).left_out == (
        LeftOut(story(unknown), "other language"),
    )


# What follows counts what is embedded, with an embedder that is there at once.


@pytest.fixture
def embedder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[CountingEmbedder]:
    monkeypatch.setenv("RINGKAS_CACHE", str(tmp_path / "cache"))
    counting = CountingEmbedder()
    with lend_embedder(counting):
        yield counting


def garden(number: int) -> Article:
    return article(number, title=f"Kebun Warga Nomor {number} di Desa Tirtamulya Dipanen")


def test_progress_is_told_before_each_story_and_at_the_end(embedder: CountingEmbedder) -> None:
    steps: list[tuple[int, int, str]] = []
    write(planned(story(garden(1)), story(garden(2))), on_progress=lambda *step: steps.append(step))
    assert steps == [(0, 2, garden(1).title), (1, 2, garden(2).title), (2, 2, "")]


def test_unchanged_stories_cost_nothing(embedder: CountingEmbedder) -> None:
    whole = write(planned(*(story(garden(number)) for number in range(3))))
    assert embedder.calls
    embedder.calls.clear()
    fewer = write(planned(story(garden(2)), story(garden(0))))
    assert embedder.calls == []
    assert fewer.items == (whole.items[2], whole.items[0])
    changed = replace(garden(1), text=garden(1).text.replace("Sabtu", "Minggu"))
    for plan, options in (
        (planned(story(changed)), {}),
        (planned(story(garden(1))), {"max_words": 30}),
        (planned(story(garden(1))), {"cache": False}),
    ):
        write(plan, **options)
        assert embedder.calls
        embedder.calls.clear()


def test_an_interrupted_issue_goes_on_where_it_stopped(embedder: CountingEmbedder) -> None:
    plan = planned(*(story(garden(number)) for number in range(3)))

    def interrupt(done: int, of: int, title: str) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(plan, on_progress=interrupt)
    embedder.calls.clear()
    assert len(write(plan).items) == 3
    texts = {text for call in embedder.calls for text in call}
    assert any("nomor 2" in text for text in texts)
    assert not any("nomor 0" in text or "nomor 1" in text for text in texts)


def test_one_verb_plans_and_writes(embedder: CountingEmbedder) -> None:
    day = datetime(2026, 4, 6, 9, tzinfo=UTC)
    words = ("Bandarjati Mulai", "Laba Bank", "Gurita", "Gempa", "Imunisasi")
    bus, bank, octopus, quake, polio = (
        replace(sample(word), published=day + timedelta(2 * number))
        for number, word in enumerate(words)
    )
    made = newsletter(
        [bus, bank, octopus, quake, polio, Failure("feed.example", SummaryError("no such feed"))],
        until=date(2026, 4, 12), days=7, max_stories=2, max_words=30, title="Kabar Uji",
        pinned=[bus.id], unticked=[bank.id], keywords=["nelayan"],
    )  # fmt: skip
    printed = {article.id for item in made.items for article in item.story.articles}
    assert printed == {bus.id, octopus.id}
    assert {one.story.lead.id: one.reason for one in made.left_out} == {
        bank.id: "unticked",
        quake.id: "too many",
        polio.id: "outside period",
    }
    assert made.title == "Kabar Uji"
    assert all(len(item.sentences) for item in made.items)
    assert [one.source for one in made.failures] == ["feed.example"]
    with pytest.raises(SummaryError, match="max_words is 0"):
        newsletter([bus], max_words=0)


# What follows has a model write.

RECEDES = "Air mulai surut di Tirtaloka, dan korban meninggal bertambah menjadi empat orang."
HEADLINE = "Korban Meninggal Banjir Tirtaloka Menjadi Empat Orang"
WRONG = "Gubernur Bambang Wicaksono menyumbang Rp9 miliar kepada korban."


def settings(script: Script, unsupported: str = "drop") -> Settings:
    generator = GeneratorSettings(
        kind="openai", base_url=script.url, model="tiny-chat", retries=0, timeout=5.0
    )
    return Settings(generator=generator, summary=SummarySettings(unsupported=unsupported))


def short(request: dict[str, object]) -> str:
    """Answer a request for a headline with one."""
    return HEADLINE if "satu judul berita" in str(request) else RECEDES


def test_a_model_tells_a_story_in_the_other_language(scripted: Script) -> None:
    scripted.will(answers(short))
    made = write(planned(told("Water recedes")), settings(scripted), cache=False)
    (item,) = made.items
    assert (item.method, item.model) == ("abstractive", "tiny-chat")
    assert item.sentences[0].text == RECEDES
    assert item.sentences[0].supported
    assert made.left_out == ()


def test_a_model_writes_stories_but_no_headlines_in_the_newsletter_s_tone(
    scripted: Script,
) -> None:
    scripted.will(answers(short))
    warm = replace(settings(scripted), newsletter=NewsletterSettings(tone="warm"))
    made = write(planned(told("Water recedes"), told(*FLOOD)), warm, cache=False)
    assert made.introduction[0].text.startswith("Selamat membaca!")
    asked = [str(request) for request in scripted.requests]
    assert len(asked) >= 3
    assert all(("dengan akrab" in one) != ("satu judul berita" in one) for one in asked)


def test_another_tone_costs_nothing_where_no_model_writes(embedder: CountingEmbedder) -> None:
    plan = planned(story(garden(0)), story(garden(1)))
    write(plan)
    embedder.calls.clear()
    made = write(plan, Settings(newsletter=NewsletterSettings(tone="brisk")))
    assert made.introduction[0].text.startswith("Isi edisi ini")
    assert embedder.calls == []


def test_unsupported_sentences_are_left_out_or_marked(scripted: Script) -> None:
    scripted.will(says(f"{RECEDES} {WRONG}"), says(WRONG), says(HEADLINE))
    (item,) = write(planned(told("Water recedes")), settings(scripted), cache=False).items
    assert [sentence.text for sentence in item.sentences] == [RECEDES]
    scripted.requests.clear()
    (item,) = write(planned(told("Water recedes")), settings(scripted, "mark"), cache=False).items
    assert [sentence.text for sentence in item.sentences] == [RECEDES, WRONG]
    assert not item.sentences[1].supported


def test_where_the_model_fails_sentences_of_the_articles_stand_in_and_are_not_kept(
    scripted: Script, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scripted.will(refuses(500))
    plan = planned(told("Meluas", "Jebol"), told("Bandarjati Mulai"), told("Water recedes"))
    for _ in range(2):
        scripted.requests.clear()
        made = write(plan, settings(scripted))
        assert [item.method for item in made.items] == ["extractive", "extractive"]
        assert all(item.fell_back for item in made.items)
        assert len(made.failures) == 1
        assert scripted.requests
