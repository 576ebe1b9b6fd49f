"""A sentence that the article has, as it stands there, is never flagged."""

from __future__ import annotations

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from ringkas.embedding import get_embedder
from ringkas.settings import Settings
from ringkas.sources import samples
from ringkas.text.sentences import split
from ringkas.types import Article
from summarizer.support import check
from summarizer.support.checking import checked_by_facts
from summarizer.support.source import Source
from summarizer.trimming import trim

ARTICLES = samples()
EMBEDDER = get_embedder(Settings())
_PIECES = st.text("Rp1.5 % Ratna, “tidak” (8/6/2023)\n\n.\"'-abcXYZ é0", min_size=1, max_size=200)


@st.composite
def runs(draw: st.DrawFn) -> tuple[Article, str]:
    """An article and one to three of its sentences in a row, white space in order."""
    article = draw(st.sampled_from(ARTICLES))
    spans = split(article.text)
    first = draw(st.integers(0, len(spans) - 1))
    last = draw(st.integers(first, min(first + 2, len(spans) - 1)))
    return article, " ".join(article.text[spans[first].start : spans[last].end].split())


@given(runs())
def test_extracted_sentences_are_never_flagged(extracted: tuple[Article, str]) -> None:
    article, text = extracted
    (found,) = check([text], article, EMBEDDER)
    assert found.flags == ()
    assert " ".join(" ".join(span.of(article.text) for span in found.spans).split()) == text


@given(_PIECES)
@settings(max_examples=200)
def test_whatever_a_text_holds_its_sentences_are_never_flagged(text: str) -> None:
    article = Article("a-3", "", text, "id")
    sentences = [" ".join(span.of(text).split()) for span in split(text)]
    for found in check(sentences, article, EMBEDDER):
        assert found.flags == ()
        assert found.spans


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.id)
def test_the_checks_themselves_pass_what_the_article_says(article: Article) -> None:
    """Even when nothing tells that the sentence is extracted."""
    source = Source(article, EMBEDDER)
    for span in split(article.text):
        text = " ".join(trim(article.text, span, first=span.start == 0).of(article.text).split())
        found = checked_by_facts(text, source, english=article.language == "en")
        assert found.flags == (), text
