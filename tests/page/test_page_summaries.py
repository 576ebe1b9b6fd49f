"""A summary as HTML and as a file: what differs, what was read, what was withheld."""

from __future__ import annotations

import base64
import dataclasses
import re

import pytest

from ringkas.page import exports, summaries
from ringkas.page.flags import said
from ringkas.page.requests import asked, may_write
from ringkas.page.texts import texts
from ringkas.settings import GeneratorSettings, Settings
from ringkas.types import Article, Flag, Span, Summary, SummarySentence

ID, EN = texts("id"), texts("en")
TEXT = "Panen garam di Sembrani mencapai 15 ton. Bupati belum menetapkan harga.\n\nHujan turun."
ARTICLE = Article("a1", "Panen *Garam* <b>Naik</b>", TEXT, "id", "https://x.example/a?b=1&c=<2>")
SENTENCE = SummarySentence(
    "Panen garam mencapai 51 ton <i>.",
    (Span(0, 40),),
    (Flag("number", 21, 27, Span(33, 39)), Flag("quote", 21, 31)),
)
SUMMARY = Summary(
    SENTENCE.text, (SENTENCE,), ARTICLE, "id", "paragraph", "abstractive", 1.0, model="tiny <b>"
)


def test_a_flag_is_a_button_that_points_at_what_the_article_says() -> None:
    markup = summaries.side_by_side(SUMMARY, ID)
    [flag] = re.findall(r'<span class="flag".*?</span></span></span>', markup)
    assert 'role="button" tabindex="0" data-claim="1"' in flag
    assert "51 ton &lt;i&gt;" in flag
    assert "Angka ini tidak ada di artikel. Di artikel tertulis: “15 ton”" in flag
    assert "Kutipan ini tidak ada di artikel." in flag  # both of two that overlap
    assert '<span class="support" data-claims="0 1">15 ton</span>' in markup
    assert ID("flags.hint") in markup


def test_a_sentence_that_rests_on_nothing_is_one_flag_and_files_tell_it() -> None:
    nowhere = SummarySentence("Raja <b> datang.", ())
    summary = dataclasses.replace(SUMMARY, sentences=(SENTENCE, nowhere))
    markup = summaries.side_by_side(summary, EN)
    assert 'data-claim="1">Raja &lt;b&gt; datang.<span class="tip">' in markup
    assert "The article does not say this." in markup
    text, markdown = exports.as_text(summary, EN), exports.as_markdown(summary, EN)
    assert "“Raja <b> datang.”: The article does not say this." in text
    assert "“51 ton”: This number is not in the article. The article says: “15 ton”" in text
    assert r"- “Raja \<b\> datang.”: The article does not say this." in markdown
    right = dataclasses.replace(SUMMARY, sentences=(dataclasses.replace(SENTENCE, flags=()),))
    assert "not in the article" not in exports.as_text(right, EN)


def test_what_only_a_flag_points_at_looks_like_any_other_text_until_then() -> None:
    flag = Flag("name", 0, 5, Span(75, 80))
    markup = summaries.side_by_side(
        dataclasses.replace(SUMMARY, sentences=(dataclasses.replace(SENTENCE, flags=(flag,)),)),
        EN,
    )
    assert f'<span class="place" data-claims="1">{TEXT[75:80]}</span>' in markup


@pytest.mark.parametrize("kind", ["number", "date", "name", "quote", "negation"])
def test_every_kind_of_flag_has_words_in_both_languages(kind: str) -> None:
    flag = Flag(kind, 0, 1)  # type: ignore[arg-type]
    assert said(flag, ARTICLE, ID) != said(flag, ARTICLE, EN)


def test_quotes_of_the_article_are_not_quoted_twice() -> None:
    article = dataclasses.replace(ARTICLE, text='"Sudah pasti," katanya.')
    flag = Flag("quote", 0, 1, Span(0, 14))
    assert said(flag, article, EN).endswith("The article says: “Sudah pasti,”")


def test_a_summary_of_all_of_the_article_says_so_quietly() -> None:
    markup = summaries.side_by_side(SUMMARY, ID)
    assert "seluruh artikel dibaca" in markup
    assert "caution" not in markup
    assert "ditulis oleh tiny &lt;b&gt;" in markup


def test_a_summary_of_less_says_so_clearly() -> None:
    part = dataclasses.replace(SUMMARY, coverage=0.994)
    assert (
        '<p class="caution">Ringkasan ini hanya membaca 99% dari artikel. Isi bagian'
        in summaries.side_by_side(part, ID)
    )
    first = dataclasses.replace(SUMMARY, coverage=0.2, method="lead")
    markup = summaries.side_by_side(first, EN)
    assert "has read only 20% of the article. It is made of the first sentences" in markup


def test_what_stands_in_for_a_models_text_is_told() -> None:
    extractive = dataclasses.replace(SUMMARY, method="extractive", fell_back=True)
    assert f'<p class="caution">{ID("summarize.fell_back")}</p>' in summaries.side_by_side(
        extractive, ID
    )
    assert ID("summarize.fell_back") not in summaries.side_by_side(SUMMARY, ID)


def test_dropped_sentences_are_folded_away_with_what_is_wrong_with_them() -> None:
    markup = summaries.side_by_side(dataclasses.replace(SUMMARY, dropped=(SENTENCE,)), ID)
    folded = markup[markup.index("<details") : markup.index("</details>")]
    assert "1 kalimat tidak lolos pemeriksaan" in folded
    assert 'data-claim="1"' in folded
    assert "<i>" not in markup


def test_a_draft_is_escaped_and_said_to_be_unchecked() -> None:
    draft = summaries.Draft()
    draft.read(2, 7)
    assert "bagian 2 dari 7" in draft.shown("", ID)
    draft.shown("<b>Panen ", ID)
    assert "&lt;b&gt;Panen raya" in draft.shown("raya", ID)
    assert ID("summarize.writing") in draft.shown("", ID)


def test_files_hold_the_summary_and_its_source() -> None:
    text, markdown = exports.as_text(SUMMARY, EN), exports.as_markdown(SUMMARY, EN)
    assert text.startswith("Panen *Garam* <b>Naik</b>\n\nPanen garam mencapai 51 ton")
    assert "https://x.example/a?b=1&c=<2>" in text
    assert markdown.startswith(r"# Panen \*Garam\* \<b\>Naik\</b\>")
    assert "[pasted text](<https://x.example/a?b=1&c=%3C2%3E>)" in markdown
    assert "written by tiny" in markdown
    assert "the whole article was read" in markdown


def test_bullets_are_a_list_in_markdown() -> None:
    bullets = dataclasses.replace(SUMMARY, style="bullets", sentences=(SENTENCE, SENTENCE))
    assert exports.as_markdown(bullets, ID).count("\n- Panen garam") == 2


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Harga Beras Naik 5%, Petani Senang", "harga-beras-naik-5-petani-senang"),
        ("../../etc/passwd", "etc-passwd"),
        ("Café Éclair", "cafe-eclair"),
        ("日本", "ringkasan"),
        ("", "ringkasan"),
        ("kata " * 40, "-".join(["kata"] * 16)),
        ("x" * 300, "ringkasan"),
    ],
)
def test_a_file_is_named_after_the_title(title: str, name: str) -> None:
    assert exports.file_name(title, "ringkasan") == name


def test_a_download_link_holds_the_file() -> None:
    link = exports.download("Garam naik – 5 %\n", 'a".md', "text/markdown", "Simpan <b>")
    data = re.search(r"base64,([^\"]+)", link)
    assert data is not None
    assert base64.b64decode(data[1]).decode() == "Garam naik – 5 %\n"
    assert 'download="a&quot;.md"' in link
    assert "Simpan &lt;b&gt;" in link


def test_a_form_becomes_arguments() -> None:
    how = asked("bullets", "lead", 80.0, "same", "  petani ")
    assert how == {
        "style": "bullets",
        "method": "lead",
        "max_words": 80,
        "language": None,
        "query": "petani",
    }


@pytest.mark.parametrize(
    ("kind", "method", "writes"),
    [
        ("none", "auto", False),
        ("none", "abstractive", False),
        ("openai", "auto", True),
        ("seq2seq", "abstractive", True),
        ("openai", "lead", False),
        ("openai", "extractive", False),
    ],
)
def test_there_is_something_to_stop_only_where_a_model_may_write(
    kind: str, method: str, writes: bool
) -> None:
    settings = Settings(generator=GeneratorSettings(kind=kind))  # type: ignore[arg-type]
    assert may_write(asked("paragraph", method, 60, "same", ""), settings) is writes
