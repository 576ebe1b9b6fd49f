"""Sentences of a summary as those of a digest: with citations in the article."""

from __future__ import annotations

from ringkas.types import Article, DigestSentence, SummarySentence
from summarizer.digesting.reading import cited


def placed(sentence: SummarySentence, article: Article) -> DigestSentence:
    """Return a sentence with the article's places that it rests on as citations."""
    citations = tuple(cited(article, span) for span in sentence.spans)
    return DigestSentence(sentence.text, citations, sentence.flags)
