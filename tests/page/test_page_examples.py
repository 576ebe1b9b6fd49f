"""The questions that the page offers are answered rightly, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from retrieval import Index, answer
from ringkas.page.examples import example_questions
from ringkas.sources import samples


@pytest.fixture(scope="module")
def sample_articles() -> Index:
    index = Index.in_memory()
    index.add(list(samples()))
    return index


def test_there_are_a_few_on_different_articles() -> None:
    assert len(example_questions()) == len({one["article"] for one in example_questions()}) == 6


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("question", example_questions(), ids=lambda one: one["article"])
def test_each_is_answered_rightly(
    question: Mapping[str, str], language: str, sample_articles: Index
) -> None:
    found = answer(question[language], sample_articles)
    assert found.found
    assert question["answer"] in found.text
