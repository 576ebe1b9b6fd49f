"""The nouns as HTML: nothing in an article or a question is ever markup."""

import dataclasses
from datetime import UTC, datetime, timedelta, timezone

import pytest

from ringkas import observing
from ringkas.errors import BlockedAddressError, FingerprintError, QuestionError
from ringkas.page import conversation, library, summaries
from ringkas.page.conversation import Exchange
from ringkas.page.dates import written
from ringkas.page.notices import failure
from ringkas.page.texts import texts
from ringkas.types import (
    Answer,
    AnswerVariant,
    Article,
    Citation,
    Failure,
    Hit,
    Passage,
    Span,
    Summary,
    SummarySentence,
)

ID, EN = texts("id"), texts("en")
EVIL = '<script>alert("x")</script>'
TEXT = f"Rapat dibuka Sekda. {EVIL} hadir.\n\nRapat selesai."
ARTICLE = Article(
    id="a1",
    title=f"Rapat {EVIL}",
    text=TEXT,
    language="id",
    url="javascript:alert(1)",
    source=EVIL,
    published=datetime(2023, 6, 8, 18, 40, tzinfo=timezone(timedelta(hours=8))),
)
PASSAGE = Passage("a1", 0, 19)
CITATION = Citation(ARTICLE, PASSAGE, 0, 19)
FOUND = Answer(EVIL, EVIL, "Sekda", True, 0.87, "id", "span", (CITATION,))


def everything(language: str) -> str:
    t = texts(language)
    hit = Hit(PASSAGE, ARTICLE, 0.5, copies=("b", "c"))
    missing = dataclasses.replace(FOUND, found=False, citations=(), nearest=(hit,))
    differing = dataclasses.replace(FOUND, variants=(AnswerVariant(EVIL, 0.4, (CITATION,)),))
    exchanges = [Exchange(EVIL, answer) for answer in (FOUND, missing, differing)]
    exchanges += [Exchange(EVIL, error=FingerprintError(EVIL)), Exchange(EVIL)]
    sentence = SummarySentence(EVIL, (Span(0, 19),))
    summary = Summary(EVIL, (sentence,), ARTICLE, "id", "bullets", "extractive", 0.5)
    return "".join(
        [
            conversation.latest(exchanges, t),
            conversation.earlier(exchanges, t),
            summaries.side_by_side(summary, t),
            library.article_list([ARTICLE], 1, t),
            library.report({"added": 1}, [Failure(EVIL, BlockedAddressError(EVIL))], t),
        ]
    )


@pytest.mark.parametrize("language", ["id", "en"])
def test_nothing_that_was_read_or_typed_is_markup(language: str) -> None:
    markup = everything(language)
    assert EVIL not in markup
    assert "&lt;script&gt;" in markup
    assert "javascript:" not in markup


def test_the_cited_sentence_is_marked_in_its_passage() -> None:
    markup = conversation.latest([Exchange("Siapa?", FOUND)], ID)
    assert '<blockquote lang="id"><mark>Rapat dibuka Sekda.</mark> …</blockquote>' in markup
    assert "8 Juni 2023, 18.40 WITA" in markup
    assert "Keyakinan 87%" in markup


def test_two_quotes_of_one_passage_share_a_card() -> None:
    answer = dataclasses.replace(FOUND, citations=(CITATION, Citation(ARTICLE, PASSAGE, 6, 12)))
    assert conversation.latest([Exchange("Siapa?", answer)], ID).count("<blockquote") == 1


def test_a_rewritten_question_is_shown_and_an_unchanged_one_is_not() -> None:
    rewritten = dataclasses.replace(FOUND, question="dan kapan?", asked="kapan rapat dibuka?")
    same = dataclasses.replace(FOUND, question="Siapa?", asked="Siapa?")
    assert "Dicari sebagai: <q>kapan rapat dibuka?</q>" in conversation.latest(
        [Exchange("dan kapan?", rewritten)], ID
    )
    assert "Dicari sebagai" not in conversation.latest([Exchange("Siapa?", same)], ID)


def test_a_follow_up_leans_on_answered_questions_only() -> None:
    missing = dataclasses.replace(FOUND, found=False)
    history = [Exchange("a", FOUND), Exchange("b", missing), Exchange("c", error=ValueError("x"))]
    assert [turn.answer for turn in conversation.turns(history)] == ["Sekda"]


def test_an_unexpected_error_is_told_with_the_number_that_the_log_has() -> None:
    error = KeyError("rahasia")
    with observing.request("ask", "page") as request:
        observing.noted(error)
    with observing.request("ask", "page"):  # a later one shows the earlier exchange again
        told = failure(error, ID)
    assert f"dicatat dengan nomor {request.id}" in told
    assert "rahasia" not in told


def test_an_unexpected_error_says_nothing_of_itself() -> None:
    assert "password" not in failure(ValueError("password in /etc"), EN)
    assert "Something unexpected went wrong" in failure(ValueError("x"), EN)


def test_an_error_is_named_in_the_readers_language() -> None:
    assert "Alamat ini tidak diizinkan" in failure(BlockedAddressError("10.0.0.1"), ID)
    assert "This address is not allowed" in failure(BlockedAddressError("10.0.0.1"), EN)


def test_english_details_are_folded_away_under_indonesian_advice() -> None:
    error = BlockedAddressError("'a.example' leads to 10.0.0.1")
    assert "<details>" in failure(error, ID)
    assert '<p lang="en">&#x27;a.example&#x27; leads to 10.0.0.1</p>' in failure(error, ID)
    assert "Tempelkan teks beritanya" in failure(error, ID)
    assert "<details>" not in failure(error, EN)
    assert "<p>&#x27;a.example&#x27; leads to 10.0.0.1</p>" in failure(error, EN)


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ("the question is empty.", "The question is empty."),
        ("laporan.pdf holds no text.", "laporan.pdf holds no text."),
        ("'https://x' cannot be read.", "&#x27;https://x&#x27; cannot be read."),
    ],
)
def test_a_message_begins_with_a_capital_unless_with_a_name(message: str, shown: str) -> None:
    assert f"<p>{shown}</p>" in failure(QuestionError(message), EN)


@pytest.mark.parametrize(
    ("moment", "indonesian", "english"),
    [
        (ARTICLE.published, "8 Juni 2023, 18.40 WITA", "8 June 2023, 18:40 WITA"),
        (datetime(2023, 6, 8), "8 Juni 2023", "8 June 2023"),
        (datetime(2023, 6, 8, 7, 5), "8 Juni 2023, 07.05", "8 June 2023, 07:05"),
        (
            datetime(2023, 6, 8, 7, 5, tzinfo=UTC),
            "8 Juni 2023, 07.05 UTC",
            "8 June 2023, 07:05 UTC",
        ),
        (
            datetime(2023, 12, 1, 9, tzinfo=timezone(timedelta(hours=-3, minutes=-30))),
            "1 Desember 2023, 09.00 UTC-03:30",
            "1 December 2023, 09:00 UTC-03:30",
        ),
    ],
)
def test_dates(moment: datetime, indonesian: str, english: str) -> None:
    assert written(moment, ID) == indonesian
    assert written(moment, EN) == english


def test_a_partial_summary_says_how_much_it_read() -> None:
    assert "hanya membaca 50% dari artikel" in everything("id")
