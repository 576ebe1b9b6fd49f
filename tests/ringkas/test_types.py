from __future__ import annotations

import copy
import pickle

import pytest

from ringkas.types import Article, Span


@pytest.mark.parametrize(
    "article", [Article("a", "T", "x"), Article("a", "T", "x", notes={"e": "b"})]
)
def test_articles_can_be_copied_pickled_and_hashed(article: Article) -> None:
    assert pickle.loads(pickle.dumps(article)) == article
    assert copy.deepcopy(article) == article
    assert hash(copy.deepcopy(article)) == hash(article)


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2)])
def test_what_is_no_span_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match=f"start {start}, end {end}"):
        Span(start, end)


def test_a_span_covers_its_characters() -> None:
    assert Span(2, 4).of("abcdef") == "cd"
