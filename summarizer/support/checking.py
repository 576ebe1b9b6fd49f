"""The check: what of each sentence of a summary its article does not say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ringkas.embedding import Embedder
from ringkas.text.language import detect_language
from ringkas.types import Article, Flag, SummarySentence
from summarizer.support import negations, quotes
from summarizer.support.aligning import align
from summarizer.support.evidence import Evidence
from summarizer.support.name_check import name_flags
from summarizer.support.number_check import number_flags
from summarizer.support.reading import read
from summarizer.support.source import Source, source_of


def check(
    sentences: Sequence[str], article: Article, embedder: Embedder
) -> tuple[SummarySentence, ...]:
    """Return each sentence with the article's spans it rests on, and what they do not say.

    The summary may be in the article's language or in the other of Indonesian and English.

    Arguments:
        sentences: the summary's sentences, as they will be shown.
        article: what they claim to be about.
        embedder: aligns sentences whose words differ; not asked where words decide.

    Raises:
        ModelError: the embedder is needed and cannot be loaded.
    """
    source = source_of(article, embedder)
    english = detect_language(" ".join(sentences)) == "en" if sentences else False
    return tuple(_checked(sentence, source, english=english) for sentence in sentences)


def _checked(text: str, source: Source, *, english: bool) -> SummarySentence:
    verbatim = source.verbatim(text)
    if verbatim:
        return SummarySentence(text, verbatim)
    across = english != source.english
    sentence = read(text, translate=across and english)
    sentences = source.sentences(translate=across and source.english)
    alignment = align(sentence, source, sentences, across=across)
    evidence = Evidence(sentence, source, sentences, alignment, across)
    flags = sorted(_flags(evidence), key=lambda flag: (flag.start, flag.end))
    return SummarySentence(text, alignment.spans(source), tuple(flags))


def _flags(evidence: Evidence) -> Iterator[Flag]:
    yield from number_flags(evidence)
    yield from name_flags(evidence)
    yield from quotes.quote_flags(evidence)
    yield from negations.negation_flags(evidence)
