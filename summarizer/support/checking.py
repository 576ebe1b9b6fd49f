"""The check: what of each sentence of a summary its article does not say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ringkas.embedding import Embedder
from ringkas.text.language import detect_language
from ringkas.types import Article, Flag, SummarySentence
from summarizer.support.aligning import align
from summarizer.support.evidence import Evidence
from summarizer.support.name_check import name_items
from summarizer.support.negations import negation_flags
from summarizer.support.number_check import day_items, number_items
from summarizer.support.quote_check import quote_flags
from summarizer.support.reading import read
from summarizer.support.source import Source, source_of
from summarizer.support.swaps import Item, flagged


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
    language = detect_language(" ".join(sentences))
    english = source.english if language == "unknown" else language == "en"
    return tuple(_checked(sentence, source, english=english) for sentence in sentences)


def _checked(text: str, source: Source, *, english: bool) -> SummarySentence:
    if verbatim := source.verbatim(text):
        return SummarySentence(text, verbatim)
    return checked_by_facts(text, source, english=english)


def checked_by_facts(text: str, source: Source, *, english: bool) -> SummarySentence:
    """Return the sentence checked, whether or not the article has it word for word."""
    evidence = gather(text, source, english=english)
    flags = sorted(_flags(evidence), key=lambda flag: (flag.start, flag.end))
    return SummarySentence(text, evidence.alignment.spans(source), tuple(flags))


def gather(text: str, source: Source, *, english: bool) -> Evidence:
    """Return a sentence beside its article; ``english`` tells the sentence's language."""
    across = english != source.english
    sentence = read(text, translate=across and english)
    sentences = source.sentences(translate=across and source.english)
    alignment = align(sentence, source, sentences, across=across)
    return Evidence(sentence, source, sentences, alignment, across, english)


def items(evidence: Evidence) -> Iterator[Item]:
    """Yield the sentence's numbers, dates and names beside those of the article."""
    yield from number_items(evidence)
    yield from day_items(evidence)
    yield from name_items(evidence)


def _flags(evidence: Evidence) -> Iterator[Flag]:
    yield from flagged(items(evidence))
    yield from quote_flags(evidence)
    yield from negation_flags(evidence)
