"""What summaries are measured against: first sentences, sentence graphs, and the best there is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Literal

from evaluation.data import DataError
from evaluation.oracle import best_choice
from ringkas.errors import MissingExtraError, SettingsError
from ringkas.settings import Settings
from ringkas.text.sentences import split
from ringkas.text.vocabulary import stop_words
from ringkas.types import Article
from summarizer import summarize
from summarizer.trimming import trim

MAX_WORDS = 60

LEAD_3 = "lead-3"
LEAD = "lead"
TEXT_RANK = "TextRank"
LEX_RANK = "LexRank"
ORACLE = "oracle"
EXTRACTIVE = "extractive"
ABSTRACTIVE = "abstractive"
NAMES = (LEAD_3, LEAD, TEXT_RANK, LEX_RANK, ORACLE, EXTRACTIVE, ABSTRACTIVE)


@dataclass(frozen=True, slots=True)
class Written:
    """The sentences of a summary, and what share of the article was read where that is known.

    ``stood_in`` says that a model should have written, and sentences of the article stand in.
    """

    sentences: tuple[str, ...]
    read: float | None = None
    stood_in: bool = False

    @property
    def text(self) -> str:
        """The summary as one paragraph."""
        return " ".join(self.sentences)


Method = Callable[[Article, str], Written]
"""From an article and its reference summary, which only the oracle looks at."""


def methods(settings: Settings, wanted: Sequence[str] = ()) -> dict[str, Method]:
    """Return the methods wanted, by name: all that need no model, and ``abstractive`` with one.

    Raises:
        DataError: a name is not among ``NAMES``.
        SettingsError: ``abstractive`` is wanted, and the configuration names no model.
        MissingExtraError: the package ``sumy`` is not installed.
    """
    makers: dict[str, Callable[[], Method]] = {
        LEAD_3: lambda: lambda article, _: Written(tuple(sentences(article)[:3])),
        LEAD: lambda: lambda article, _: Written(tuple(leading(sentences(article)))),
        TEXT_RANK: lambda: _ranker("text_rank", "TextRankSummarizer"),
        LEX_RANK: lambda: _ranker("lex_rank", "LexRankSummarizer"),
        ORACLE: lambda: _oracle,
        EXTRACTIVE: lambda: _ours("extractive", settings),
        ABSTRACTIVE: lambda: _ours("abstractive", settings),
    }
    return {name: makers[name]() for name in _chosen(settings, wanted)}


def _chosen(settings: Settings, wanted: Sequence[str]) -> list[str]:
    """Return the names wanted, in the order of the table."""
    known = {name.casefold(): name for name in NAMES}
    unknown = [name for name in wanted if name.casefold() not in known]
    if unknown:
        raise DataError(f"'{unknown[0]}' is no method; choose from {', '.join(NAMES)}")
    writes = settings.generator.kind != "none"
    if not wanted:
        return [name for name in NAMES if writes or name != ABSTRACTIVE]
    chosen = {known[name.casefold()] for name in wanted}
    if ABSTRACTIVE in chosen and not writes:
        raise SettingsError(
            "'abstractive' measures the model that is configured to write, and there is none "
            "(generator.kind is 'none'). Name one in a configuration and pass it with --config."
        )
    return [name for name in NAMES if name in chosen]


def sentences(article: Article) -> list[str]:
    """Return the article's sentences without its dateline, white space in order."""
    spans = split(article.text)
    trimmed = (trim(article.text, span, first=span is spans[0]) for span in spans)
    return [" ".join(span.of(article.text).split()) for span in trimmed]


def leading(listed: Sequence[str]) -> list[str]:
    """Return the sentences from the start that fit into the words; at least one."""
    taken: list[str] = []
    words = 0
    for sentence in listed:
        words += len(sentence.split())
        if taken and words > MAX_WORDS:
            break
        taken.append(sentence)
    return taken


def _ours(method: Literal["extractive", "abstractive"], settings: Settings) -> Method:
    def write(article: Article, _: str) -> Written:
        summary = summarize(article, max_words=MAX_WORDS, method=method, settings=settings)
        texts = tuple(part.text for part in summary.sentences)
        return Written(texts, summary.coverage, summary.fell_back)

    return write


def _oracle(article: Article, reference: str) -> Written:
    listed = sentences(article)
    chosen = best_choice(listed, reference, MAX_WORDS, english=article.language == "en")
    return Written(tuple(listed[place] for place in sorted(chosen)))


def _ranker(module: str, name: str) -> Method:
    """Return a method of sumy's: the highest-ranked sentences that fit, in the article's order."""
    try:
        from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
        from sumy.nlp.stemmers import Stemmer, null_stemmer
    except ImportError as error:
        raise MissingExtraError("sumy", "eval", "Measuring TextRank and LexRank") from error
    ranker = getattr(import_module(f"sumy.summarizers.{module}"), name)
    english = Stemmer("english")

    def write(article: Article, _: str) -> Written:
        listed = [Sentence(sentence, _Words()) for sentence in sentences(article)]
        rank = ranker(english if article.language == "en" else null_stemmer)
        chosen = rank(ObjectDocumentModel([Paragraph(listed)]), _fitting)
        return Written(tuple(map(str, chosen)))

    return write


class _Words:
    """What sumy takes for the words of a sentence: those that carry a subject."""

    def to_words(self, sentence: str) -> tuple[str, ...]:
        words = (word.casefold() for word in re.findall(r"\w+", sentence))
        return tuple(word for word in words if word not in stop_words())


def _fitting(ranked: Iterable[Any]) -> list[Any]:
    """Return of sumy's rated sentences, best first, those that still fit; at least one."""
    taken: list[Any] = []
    left = MAX_WORDS
    for rated in ranked:
        words = len(str(rated.sentence).split())
        if words <= left or not taken:
            taken.append(rated)
            left -= words
    return taken
