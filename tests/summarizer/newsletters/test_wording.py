"""Headlines, titles and introductions, as far as no model is needed for them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest
from issue_plans import planned, sample, story, told

from ringkas.errors import SettingsError, SummaryError
from ringkas.settings import NewsletterSettings
from ringkas.types import (
    Citation,
    Conflict,
    DigestSentence,
    FigureStatement,
    Flag,
    OutputLanguage,
    Passage,
    Tone,
)
from summarizer.newsletters.headlines import disputes, tells, tidy
from summarizer.newsletters.introducing import in_sentence, introduction
from summarizer.newsletters.issue import Item, Story
from summarizer.newsletters.issuing import last_days
from summarizer.newsletters.titling import title
from summarizer.newsletters.wording import wording

WIB = timezone(timedelta(hours=7))


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("Harga Beras Turun  di Bandarjati - Kompas.com", "Harga Beras Turun di Bandarjati"),
        ("Rice prices fall in Bandarjati | The Harbour Post", "Rice prices fall in Bandarjati"),
        ("VIDEO: Banjir Rendam Dua Desa", "Banjir Rendam Dua Desa"),
        ("[UPDATE] Banjir Rendam Dua Desa.", "Banjir Rendam Dua Desa"),
        ("Persada – Laskar 2-1: Kencana Tumbang", "Persada – Laskar 2-1: Kencana Tumbang"),
        ("Menunggu Hujan...", "Menunggu Hujan..."),
    ],
)
def test_what_sites_put_around_a_title_goes(given: str, shown: str) -> None:
    assert tidy(given) == shown


@pytest.mark.parametrize(
    "bait",
    [
        "Ini Alasan Harga Beras Turun di Bandarjati",
        "Begini Cara Warga Sirau Menyeberang",
        "Heboh Harga Beras di Bandarjati Turun",
        "HARGA BERAS BANDARJATI TURUN LAGI",
        "Kapan Harga Beras di Bandarjati Turun?",
        "You won't believe what rice costs now",
        "7 reasons why rice prices are falling",
        "Harga Beras",
        "Menunggu Harga Beras Turun...",
    ],
)
def test_titles_that_promise_instead_of_telling_are_none(bait: str) -> None:
    assert not tells(bait)


def test_titles_that_tell_are_headlines() -> None:
    for word in ("Jebol", "Laba Bank", "Water recedes", "Former treasurer", "Gempa Magnitudo"):
        assert tells(tidy(sample(word).title))


def conflict(*values: str, updated: bool = False) -> Conflict:
    statements = tuple(FigureStatement(value, ()) for value in values)
    return Conflict("jumlah korban", "", statements, updated)


def test_a_figure_that_a_later_article_gives_differently_is_disputed() -> None:
    dead, homes = conflict("tiga orang", "lima orang"), conflict("14 rumah", "14 rumah")
    assert disputes("Longsor di Cikelopak, Tiga Orang Tewas", [dead, homes]) == 1
    assert disputes("Longsor di Cikelopak, 5 Orang Tewas", [dead, homes]) == 0
    assert disputes("Longsor Timbun 14 Rumah", [dead, homes]) == 0
    assert disputes("Tiga Tewas dan 9 Rumah Hanyut", [dead, conflict("9", "12")]) == 2


def plan_title(first: date, last: date, language: OutputLanguage = "id", name: str = "") -> str:
    plan = replace(
        planned(told("Jebol"), language=language),
        since=datetime(first.year, first.month, first.day, tzinfo=WIB),
        until=datetime(last.year, last.month, last.day, 23, 59, tzinfo=WIB),
    )
    return title(plan, plan.stories, NewsletterSettings(title=name))


@pytest.mark.parametrize(
    ("first", "last", "indonesian", "english"),
    [
        ((2026, 4, 6), (2026, 4, 6), "Kabar Hari Ini, 6 April 2026", "Today’s News, 6 April 2026"),
        (
            (2026, 11, 18),
            (2026, 11, 24),
            "Kabar Sepekan, 18–24 November 2026",
            "The Week’s News, 18–24 November 2026",
        ),
        (
            (2026, 12, 28),
            (2027, 1, 3),
            "Kabar Sepekan, 28 Desember 2026 – 3 Januari 2027",
            "The Week’s News, 28 December 2026 – 3 January 2027",
        ),
        (
            (2026, 4, 1),
            (2026, 4, 30),
            "Kabar Sebulan, 1–30 April 2026",
            "The Month’s News, 1–30 April 2026",
        ),
        (
            (2026, 3, 20),
            (2026, 4, 3),
            "Kabar Pilihan, 20 Maret – 3 April 2026",
            "Selected News, 20 March – 3 April 2026",
        ),
    ],
)
def test_the_title_is_what_the_period_is_called(
    first: tuple[int, int, int], last: tuple[int, int, int], indonesian: str, english: str
) -> None:
    assert plan_title(date(*first), date(*last)) == indonesian
    assert plan_title(date(*first), date(*last), "en") == english
    assert plan_title(date(*first), date(*last), name="Kabar Laut").startswith("Kabar Laut, ")


def test_an_open_period_is_that_of_the_articles() -> None:
    plan = planned(told("Jebol", "Water recedes"))
    assert title(plan, plan.stories, NewsletterSettings()) == "Kabar Pilihan, 14–16 Februari 2023"
    undated = planned(story(replace(sample("Jebol"), published=None)))
    assert title(undated, undated.stories, NewsletterSettings()) == "Kabar Pilihan"
    assert title(undated, undated.stories, NewsletterSettings(title="Warta")) == "Warta"


def item(of: Story, headline: str, flags: tuple[Flag, ...] = ()) -> Item:
    citation = Citation(of.lead, Passage(of.lead.id, 0, 20), 0, 20)
    return Item(of, DigestSentence(headline, (citation,), flags), (), "extractive")


@pytest.mark.parametrize(
    ("word", "shown"),
    [
        ("Jebol", "tanggul Kali Serwa jebol, dua desa di Tirtaloka terendam"),
        ("Laba Bank", "laba Bank Nirmala Samudra semester I 2023 naik 12,8 persen jadi Rp1,5 tr"),
        ("Anindya Rebut", "Anindya rebut gelar tunggal putri Piala Sriwijana lewat tiga gim"),
        ("Gempa Magn", "gempa magnitudo 4,7 guncang Tanjungrawa, tidak berpotensi tsunami"),
        ("Eighth seed", "eighth seed Anindya wins Sriwijana Cup after final-game comeback"),
        ("Denpasar hosts", "Denpasar hosts meeting on undocumented labour migration and traff"),
        ("Small-bus", "small-business loans lift first-half profit at Bank Nirmala Samudra"),
    ],
)
def test_names_keep_their_capitals_within_a_sentence(word: str, shown: str) -> None:
    article = sample(word)
    language: OutputLanguage = "en" if article.language == "en" else "id"
    assert in_sentence(item(told(word), article.title), language).startswith(shown)


def test_a_name_that_is_part_of_a_longer_one_is_no_name_by_itself() -> None:
    bus = item(told("Bandarjati Mulai"), sample("Bandarjati Mulai").title)
    # the article names "PT Arunika Bus Listrik", and runs "24 bus listrik"
    assert in_sentence(bus, "id").startswith("Bandarjati mulai operasikan 24 bus")


def test_a_list_of_headlines_holds_no_semicolons_of_theirs() -> None:
    first = item(told("Laba Bank", rank=0.9), "Laba Bank Naik")
    second = item(told("Gempa", rank=0.4), "Gempa Guncang Rawa; Warga Panik")
    assert introduction([first, second], "id")[-1].text == (
        "Ada pula kabar lain: gempa guncang Rawa."
    )


def test_the_introduction_is_short_and_tells_only_what_is_held() -> None:
    flood = item(told("Jebol", rank=0.9), "Tanggul Kali Serwa Jebol", (Flag("name", 0, 7),))
    bank = item(told("Laba Bank", rank=0.2), "Laba Bank Nirmala Samudra Naik")
    quake = item(told("Gempa", rank=0.4), "Gempa Guncang Tanjungrawa")
    assert [one.text for one in introduction([flood, bank, quake], "id")] == [
        "Edisi ini memuat tiga berita dari tiga media.",
        "Berita utamanya: gempa guncang Tanjungrawa.",
        "Ada pula kabar lain: laba Bank Nirmala Samudra naik.",
    ]
    assert [one.text for one in introduction([bank], "id")] == ["Edisi ini memuat satu berita."]
    many = [item(told("Water recedes", rank=number / 20), "Water recedes") for number in range(12)]
    texts = [one.text for one in introduction(many, "en")]
    assert texts[0] == "This issue brings you 12 stories."
    assert texts[2] == "Also inside: water recedes; water recedes; and water recedes."


@pytest.mark.parametrize(
    ("language", "tone", "said"),
    [
        ("id", "brisk", ["Isi edisi ini: dua berita dari dua media.", "Yang utama: laba"]),
        ("id", "warm", ["Selamat membaca! Ada dua berita dari dua media", "Kita mulai dengan"]),
        ("en", "brisk", ["In this issue: two stories, two outlets.", "Top story: laba"]),
        ("en", "warm", ["Welcome. Here are two stories for you", "Let’s start with the main one"]),
    ],
)
def test_the_introduction_has_a_tone(language: OutputLanguage, tone: Tone, said: list[str]) -> None:
    items = [item(told("Laba Bank"), "Laba Bank Naik"), item(told("Gempa"), "Gempa Guncang Rawa")]
    made = introduction(items, language, tone)
    assert [one.text.startswith(start) for one, start in zip(made, said, strict=False)] == [
        True
    ] * 2
    plain = introduction(items, language)
    assert [one.citations for one in made] == [one.citations for one in plain]
    assert not {one.text for one in made} & {one.text for one in plain}


@pytest.mark.parametrize("language", ["id", "en"])
def test_each_tone_says_everything_that_differs(language: OutputLanguage) -> None:
    plain = wording(language)
    for tone in ("brisk", "warm"):
        toned = wording(language, tone)
        assert toned.keys() == plain.keys()
        assert [toned[name] != plain[name] for name in ("holds", "first", "further")] == [True] * 3


def test_the_last_days_end_with_the_day_given_or_today() -> None:
    assert last_days(7, None, date(2026, 4, 12), "Asia/Jakarta") == (
        date(2026, 4, 6),
        date(2026, 4, 12),
    )
    late = datetime(2026, 4, 12, 9, tzinfo=WIB)
    assert last_days(1, None, late, "Asia/Jakarta") == (date(2026, 4, 12), late)
    first, last = last_days(2, None, None, "Pacific/Kiritimati")
    assert isinstance(last, date)
    assert last - first == timedelta(1)
    assert last >= datetime.now(tz=WIB).date()
    with pytest.raises(SummaryError, match="days is 0"):
        last_days(0, None, None, "Asia/Jakarta")
    with pytest.raises(SummaryError, match="both since and days"):
        last_days(7, date(2026, 4, 1), None, "Asia/Jakarta")
    with pytest.raises(SettingsError, match="Mars/Base"):
        last_days(7, None, None, "Mars/Base")
