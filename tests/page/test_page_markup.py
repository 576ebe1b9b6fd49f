"""Marking, linking and escaping."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringkas.page.markup import lang, link, marked, paragraphs, supported
from ringkas.types import Span


def text_of(markup: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", markup))


def test_a_quote_is_marked_inside_its_passage() -> None:
    text = "Satu dua tiga. Empat lima."
    assert marked(text, Span(0, 14), [Span(5, 8)]) == "Satu <mark>dua</mark> tiga."


def test_overlapping_quotes_make_one_mark() -> None:
    assert marked("abcdef", Span(0, 6), [Span(3, 5), Span(1, 4)]) == "a<mark>bcde</mark>f"


def test_the_language_of_a_text_is_told_where_it_is_known() -> None:
    assert (lang("jv"), lang("unknown")) == ('lang="jv"', 'lang=""')


def test_a_quote_is_clipped_to_its_passage() -> None:
    assert marked("abcdef", Span(2, 4), [Span(0, 6)]) == "<mark>cd</mark>"


def test_what_an_article_says_is_escaped_in_and_out_of_the_mark() -> None:
    markup = marked("<b>a</b> <i>", Span(0, 12), [Span(9, 12)])
    assert markup == "&lt;b&gt;a&lt;/b&gt; <mark>&lt;i&gt;</mark>"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        " javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "data:text/html,<script>",
        "file:///etc/passwd",
        "//host/path",
        "http://",
        "http://[broken",
        "",
        None,
    ],
)
def test_only_web_addresses_become_links(url: str | None) -> None:
    assert link(url, "<Judul>") == "&lt;Judul&gt;"


def test_a_link_cannot_break_out_of_its_attribute() -> None:
    markup = link('https://example.com/"onmouseover="alert(1)', "x")
    assert 'href="https://example.com/&quot;onmouseover=&quot;alert(1)"' in markup
    assert 'rel="noopener noreferrer"' in markup


def test_a_piece_of_two_claims_names_both() -> None:
    markup = supported("abcdef", [[Span(0, 4)], [Span(2, 6)]])
    assert markup == (
        '<p><span class="support" data-claims="0">ab</span>'
        '<span class="support" data-claims="0 1">cd</span>'
        '<span class="support" data-claims="1">ef</span></p>'
    )


SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6).map(
    lambda pairs: [Span(min(pair), max(pair)) for pair in pairs]
)
TEXTS = st.text(alphabet="ab<&\"' \n", max_size=60)


@given(TEXTS, SPANS)
def test_marking_changes_no_word(text: str, spans: list[Span]) -> None:
    markup = marked(text, Span(0, len(text)), spans)
    assert text_of(markup).split() == text.split()


@given(TEXTS, st.lists(SPANS, max_size=3))
def test_tagging_changes_no_character(text: str, claims: list[list[Span]]) -> None:
    kept = "".join(span.of(text) for span in paragraphs(text))
    assert text_of(supported(text, claims)) == kept
