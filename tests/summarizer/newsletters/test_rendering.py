"""What readers see of an issue: sources, marks, differing figures, dates, in every format."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

import pytest
from hand_made_newsletters import (
    COPY,
    ENGLISH,
    FIRST,
    MADE,
    QUAKE,
    RICE,
    SECOND,
    VERDICT,
    WIB,
    cite,
    english,
    indonesian,
    item,
    lead,
    titled,
    told,
)
from lxml import html
from markdown_it import MarkdownIt

from ringkas.types import Conflict, DigestSentence, Flag, OutputLanguage, Span
from summarizer.newsletters import FORMATS, render
from summarizer.newsletters.issue import Item, Newsletter, Section
from summarizer.newsletters.rendering.cleaning import pointed, web_address
from summarizer.newsletters.rendering.viewing import view
from summarizer.newsletters.rendering.words import period

READ = ("html", "text", "markdown")


def issue(*items: Item, language: OutputLanguage = "id", **changed: object) -> Newsletter:
    """Return an issue with one section."""
    made = Newsletter("Kabar", (), (Section("Nusantara", items),), language, MADE)
    return replace(made, **changed)  # type: ignore[arg-type]


def one(*sentences: DigestSentence) -> Newsletter:
    """Return an issue with one story, on the earthquake."""
    return issue(item(titled(QUAKE), *sentences, articles=(QUAKE,)))


def words(made: str) -> str:
    """Return what a mail says, without its markup."""
    return " ".join(html.document_fromstring(made).body.text_content().split())


def test_every_sentence_is_followed_by_its_outlets_as_links() -> None:
    page = html.document_fromstring(render(indonesian(), "html"))
    lines = page.xpath("//p[@class='line']")
    sentences = [one for each in indonesian().items for one in each.sentences]
    assert len(lines) == len(sentences)
    for line, sentence in zip(lines, sentences, strict=True):
        linked = [link.text for link in line.iterdescendants("a")]
        assert linked == [
            citation.article.source for citation in sentence.citations if citation.article.url
        ]


def test_a_link_leads_to_the_sentence_in_the_article() -> None:
    page = html.document_fromstring(render(indonesian(), "html"))
    [line] = page.xpath("//p[contains(., 'mengeluhkan waktu tunggu')]")
    [link] = line.iterdescendants("a")
    assert link.get("href").endswith(
        "/tiga-bulan-bus-listrik-bandarjati"
        "#:~:text=Meski%20demikian%2C%20penumpang%20mengeluhkan%20waktu%20tunggu."
    )


def test_an_article_without_an_address_is_named_without_a_link() -> None:
    for format in READ:
        made = render(issue(item(titled(RICE), told(lead(RICE), cite(RICE, lead(RICE))))), format)
        assert RICE.source in made
        assert RICE.title in made
        assert "kabarlereng.example/" not in made


def test_two_articles_of_one_outlet_are_told_apart() -> None:
    twin = replace(VERDICT, id="twin", url="https://theharbourpost.example/twin")
    sentence = told(lead(VERDICT), cite(VERDICT, lead(VERDICT)), cite(twin, lead(twin)))
    made = render(issue(item(titled(VERDICT), sentence)), "text")
    assert "(theharbourpost.example, theharbourpost.example (2))" in " ".join(made.split())


def test_the_introduction_names_an_outlet_once_and_without_a_number() -> None:
    twin = replace(VERDICT, id="twin", url="https://theharbourpost.example/twin")
    line = told("Dua kabar.", cite(VERDICT, lead(VERDICT)), cite(twin, lead(twin)))
    made = replace(one(told(lead(QUAKE), cite(QUAKE, lead(QUAKE)))), introduction=(line,))
    assert "Dua kabar. (theharbourpost.example)\n" in render(made, "text")
    page = html.document_fromstring(render(made, "html"))
    links = page.xpath("//td[@class='introduction']//a")
    assert [link.text for link in links] == ["theharbourpost.example"]


def test_a_period_that_the_title_tells_is_not_told_again() -> None:
    first, last = MADE.replace(day=4), MADE.replace(day=10)
    made = replace(english(), title="The Week’s News, 4–10 December 2023", since=first, until=last)
    assert view(made).period == ""
    assert view(replace(made, title="Kabar")).period == "News of 4–10 December 2023"


def test_copies_are_listed_behind_the_article_they_copy() -> None:
    made = words(render(indonesian(), "html"))
    said = f"{SECOND.title} ({SECOND.source}, 15 Februari 2023); juga dimuat {COPY.source}"
    assert said in made


@pytest.mark.parametrize(
    ("make", "figures"),
    [(indonesian, ["340 orang", "1.872 orang", "2.140"]), (english, ["340", "1,872", "2,140"])],
)
def test_figures_stand_side_by_side_in_the_language_of_the_issue(
    make: object, figures: list[str]
) -> None:
    page = html.document_fromstring(render(make(), "html"))  # type: ignore[operator]
    first = page.xpath("(//table[contains(@class, 'figures')])[1]")[0]
    rows = [row.text_content() for row in first.iterdescendants("tr")]
    assert [row.startswith(figure) for row, figure in zip(rows, figures, strict=True)] == [True] * 3
    tellers = [[link.text for link in row.iterdescendants("a")] for row in first.iter("tr")]
    assert tellers == [[FIRST.source], [SECOND.source, COPY.source], [ENGLISH.source]]


def test_a_line_of_unknown_shape_gives_the_figures_as_the_articles_write_them() -> None:
    conflict = indonesian().items[0].conflicts[0]
    odd = Conflict(conflict.subject, "Tiga angka.", conflict.statements)
    [difference] = view(_with(odd)).sections[0].entries[0].differences
    assert [one.value for one in difference.figures] == [
        "sedikitnya 340 orang",
        "1.872 orang",
        "2,140",
    ]


def _with(conflict: Conflict) -> Newsletter:
    flood = indonesian().items[0]
    return issue(replace(flood, conflicts=(conflict,)))


def test_what_the_sources_do_not_hold_is_marked_with_what_they_say() -> None:
    page = html.document_fromstring(render(indonesian(), "html"))
    marked = [part.text for part in page.xpath("//span[@class='mark']")]
    assert marked == ["12.400", "Wali kota berjanji menambah armada tahun depan."]
    alerts = [alert.text_content() for alert in page.xpath("//td[contains(@class, 'alert-cell')]")]
    assert "Angka “12.400” tidak ada di sumber." in alerts[0]
    assert "mencatat rata-rata 11.400 penumpang per hari” (wartabahari.example)" in alerts[0]
    assert "Tidak ada sumber yang memuat kalimat ini." in alerts[1]


@pytest.mark.parametrize("format", ["text", "markdown", "rss", "atom"])
def test_it_is_marked_without_markup_too(format: str) -> None:
    made = render(indonesian(), format)  # type: ignore[call-overload]
    bare = made.replace("\\", "").replace("*", "").replace('<span class="mark">', "")
    assert "Angka “12.400” tidak ada di sumber." in " ".join(bare.split())
    if format in {"text", "markdown"}:
        assert "12.400 [!] penumpang" in bare
        assert "tahun depan. [!]" in bare


def test_a_headline_without_a_source_is_marked_wherever_it_stands() -> None:
    stories = [replace(one, headline=told("Tak Bersumber")) for one in indonesian().items]
    made = issue(*stories)
    for format in ("text", "markdown", "rss", "atom"):
        said = render(made, format).replace("\\", "")  # type: ignore[call-overload]
        assert said.count("Tak Bersumber") == said.count("Tak Bersumber [!]") > 0
    page = html.document_fromstring(render(made, "html"))
    contents = page.xpath("//p[@class='content']")
    assert [one.text_content() for one in contents] == ["Tak Bersumber [!]"] * len(stories)
    assert len(page.xpath("//h3//span[@class='mark']")) == len(stories)
    assert "Tak Bersumber" not in page.xpath("//div[@class='preheader']")[0].text


def test_the_place_that_a_flag_knows_is_quoted() -> None:
    text = "Gempa bermagnitudo 5,1 mengguncang Tanjungrawa."
    at = QUAKE.text.index("magnitudo 4,7")
    flag = Flag("number", text.index("5,1"), text.index("5,1") + 3, Span(at, at + 13))
    sentence = DigestSentence(text, (cite(QUAKE, lead(QUAKE)),), (flag,))
    assert "Sumber menulis: “magnitudo 4,7” (tengarapos.example)" in render(one(sentence), "text")


def test_flags_that_overlap_mark_each_character_once() -> None:
    text = "Gempa bermagnitudo 5,1 di Tanjungrawa."
    flags = (Flag("number", 19, 22), Flag("name", 6, 25), Flag("date", 30, 34))
    sentence = DigestSentence(text, (cite(QUAKE, lead(QUAKE)),), flags)
    [entry] = view(one(sentence)).sections[0].entries
    assert "".join(part.text for part in entry.lines[0].parts) == text
    assert [part.text for part in entry.lines[0].parts if part.flagged] == [text[6:25], text[30:34]]


def test_an_introduction_may_do_without_sources() -> None:
    made = words(render(indonesian(), "html"))
    assert "Edisi ini juga memuat kabar ekonomi, olahraga, dan pendidikan. Dalam edisi ini" in made


@pytest.mark.parametrize(
    ("since", "until", "language", "said"),
    [
        ((2026, 11, 12), (2026, 11, 18), "id", "12–18 November 2026"),
        ((2026, 10, 28), (2026, 11, 3), "id", "28 Oktober – 3 November 2026"),
        ((2025, 12, 28), (2026, 1, 3), "en", "28 December 2025 – 3 January 2026"),
        ((2026, 5, 9), (2026, 5, 9), "id", "9 Mei 2026"),
        ((2026, 8, 9), None, "id", "sejak 9 Agustus 2026"),
        (None, (2026, 8, 9), "en", "up to 9 August 2026"),
        (None, None, "id", ""),
    ],
)
def test_a_period_is_told_in_words(
    since: tuple[int, int, int] | None,
    until: tuple[int, int, int] | None,
    language: OutputLanguage,
    said: str,
) -> None:
    ends = [datetime(*one, tzinfo=WIB) if one else None for one in (since, until)]
    assert period(ends[0], ends[1], language) == said


def test_the_colophon_says_who_wrote() -> None:
    colophon = view(indonesian()).colophon
    assert colophon[0] == "Buletin ini disusun dengan Ringkas dari 13 artikel terbitan 9 media."
    assert "Qwen3-4B-Instruct" in colophon[1]
    assert colophon[1].startswith("Sebagian ringkasan")
    assert colophon[2].startswith("Bagian yang diberi tanda")
    assert view(english()).colophon == (
        "Made with Ringkas from 5 articles by 4 outlets.",
        "The sentences are taken from the articles named at the end of each.",
    )


def test_a_model_that_was_not_used_is_not_named() -> None:
    fallen = replace(english().items[0], model="Qwen3-4B", fell_back=True)
    made = issue(fallen, language="en")
    assert "Qwen3-4B" not in render(made, "html")


def test_lines_of_text_fit_into_mails() -> None:
    for make in (indonesian, english):
        made = render(make(), "text")
        long = [line for line in made.split("\n") if len(line) > 72]
        assert all(re.fullmatch(r"  https://\S+", line) for line in long)


def test_markdown_says_what_the_mail_says() -> None:
    page = html.document_fromstring(MarkdownIt().render(render(indonesian(), "markdown")))
    headlines = [one.text_content() for one in page.iter("h3")]
    assert headlines == [one.headline.text for one in indonesian().items]
    links = [link.get("href") for link in page.iter("a")]
    assert {SECOND.url, COPY.url, ENGLISH.url} <= set(links)


def test_an_empty_issue_is_set_in_every_format() -> None:
    bare = Newsletter("Kosong", (), (), "id", MADE)
    for format in FORMATS:
        assert render(bare, format)


def test_a_format_that_is_not_there_is_an_error_that_names_those_that_are() -> None:
    with pytest.raises(ValueError, match="no newsletter format 'pdf'; there are html, text,"):
        render(english(), "pdf")  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://sagara.example/a?b=c&d=e#f", "https://sagara.example/a?b=c&d=e#f"),
        (" https://sagara.example/a b ", "https://sagara.example/a%20b"),
        ('https://sagara.example/"><script>', "https://sagara.example/%22%3E%3Cscript%3E"),
        ("https://sagara.example/(a)", "https://sagara.example/%28a%29"),
        ("https://sagara.example/banjir-é%20x", "https://sagara.example/banjir-%C3%A9%20x"),
        ("javascript:alert(1)", ""),
        ("JaVaScRiPt:alert(1)", ""),
        ("java\nscript:alert(1)", ""),
        ("\x01javascript:alert(1)", ""),
        ("data:text/html,<b>", ""),
        ("//sagara.example/a", ""),
        ("https://", ""),
        ("http://[::1", ""),
        (None, ""),
    ],
)
def test_only_web_addresses_are_linked(url: str | None, address: str) -> None:
    assert web_address(url) == address


def test_a_long_quotation_is_found_by_its_ends() -> None:
    url = "https://sagara.example/a"
    quote = "Satu dua, tiga-empat lima enam tujuh delapan sembilan sepuluh"
    assert pointed(url, quote) == (
        f"{url}#:~:text=Satu%20dua%2C%20tiga%2Dempat,delapan%20sembilan%20sepuluh"
    )
    assert pointed(f"{url}#bagian", quote) == f"{url}#bagian"
    assert pointed("", quote) == ""
