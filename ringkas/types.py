"""The shared nouns. All are frozen: pass them around freely.

Passages, citations and summary sentences are *spans* of an article's text, never copies:
``article.text[start:end]`` is always exactly what is shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Language = Literal["id", "en", "ms", "jv", "su", "unknown"]
OutputLanguage = Literal["id", "en"]
SummaryLanguage = OutputLanguage | Literal["unknown"]
Style = Literal["paragraph", "bullets", "headline"]
Tone = Literal["neutral", "brisk", "warm"]
FlagKind = Literal["number", "date", "name", "quote", "negation"]


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of characters ``[start, end)`` in an article's text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: start {self.start}, end {self.end}")

    def of(self, text: str) -> str:
        """Return the characters of ``text`` that this span covers."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Article:
    """One news article, cleaned. Offsets everywhere refer to ``text``.

    ``text`` holds paragraphs separated by one blank line. ``published`` carries its time zone
    whenever the source states one. ``source`` is the outlet (``"kompas.com"``), ``notes`` keeps
    what the cleaner took out of the body, such as ``{"reporter": ..., "editor": ...}``.
    """

    id: str
    title: str
    text: str
    language: Language = "unknown"
    url: str | None = None
    source: str | None = None
    published: datetime | None = None
    author: str | None = None
    notes: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Failure:
    """One item that could not be read, and why; the rest of the work goes on."""

    source: str
    error: Exception

    @property
    def message(self) -> str:
        """The error in one line, ready to show."""
        return str(self.error) or type(self.error).__name__


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of whole sentences of one article: the unit of retrieval."""

    article_id: str
    start: int
    end: int

    @property
    def id(self) -> str:
        """``article_id:start-end``, unique in an index."""
        return f"{self.article_id}:{self.start}-{self.end}"


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a question. ``score`` orders hits; higher is better.

    ``dense`` is the cosine of question and passage in [-1, 1], ``lexical`` the BM25 score;
    either is None where that search did not return the passage.
    ``copies`` lists the ids of near-duplicate articles that this hit also stands for.
    """

    passage: Passage
    article: Article
    score: float
    dense: float | None = None
    lexical: float | None = None
    copies: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The passage's text."""
        return self.article.text[self.passage.start : self.passage.end]


@dataclass(frozen=True, slots=True)
class Citation:
    """Where an answer stands: ``article.text[start:end]`` is the quote, inside ``passage``."""

    article: Article
    passage: Passage
    start: int
    end: int

    @property
    def quote(self) -> str:
        """The cited sentence or sentences, exactly as in the article."""
        return self.article.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class AnswerVariant:
    """One of several differing answers that different articles give to the same question."""

    text: str
    score: float
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The reply to a question.

    ``found`` tells whether the articles hold an answer; when False, ``text`` says so in
    ``language`` and ``nearest`` holds the closest passages. ``score`` is the calibrated
    probability in [0, 1] that ``text`` answers the question. ``asked`` is the question as it was
    searched for, with what a follow-up left unsaid filled in. ``variants`` holds the differing
    answers of other articles, best first, the main answer not repeated. ``method`` names what
    wrote ``text``: ``"span"``, ``"sentence"`` or a chat model's name.
    """

    question: str
    asked: str
    text: str
    found: bool
    score: float
    language: OutputLanguage
    method: str
    citations: tuple[Citation, ...] = ()
    variants: tuple[AnswerVariant, ...] = ()
    nearest: tuple[Hit, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier exchange of a conversation."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Flag:
    """Something in a summary sentence that its source does not say.

    ``start`` and ``end`` count characters of the sentence's text. ``nearest`` is what the source
    says in its place, as a span of the article, where there is such a thing.
    """

    kind: FlagKind
    start: int
    end: int
    nearest: Span | None = None


@dataclass(frozen=True, slots=True)
class SummarySentence:
    """One sentence (or bullet) of a summary, the source spans it rests on, and what they lack."""

    text: str
    spans: tuple[Span, ...]
    flags: tuple[Flag, ...] = ()

    @property
    def supported(self) -> bool:
        """Whether the source holds the sentence: it has spans, and nothing in it is flagged."""
        return bool(self.spans) and not self.flags


@dataclass(frozen=True, slots=True)
class Summary:
    """A summary whose every sentence is tied to the article.

    ``language`` is unknown only where an article in a language that cannot be told is quoted.
    ``method`` is what wrote it, which may differ from what was asked for: where ``fell_back``,
    the written text was not supported and the extractive summary stands in. ``model`` names the
    language model, or is empty. ``coverage`` is the share of the article's characters that were
    read, in [0, 1]; nothing is ever left out silently. ``dropped`` are sentences that a model
    wrote and that were withheld as unsupported. ``article`` is what the spans refer to.
    """

    text: str
    sentences: tuple[SummarySentence, ...]
    article: Article
    language: SummaryLanguage
    style: Style
    method: str
    coverage: float
    model: str = ""
    dropped: tuple[SummarySentence, ...] = ()
    fell_back: bool = False

    @property
    def support(self) -> float:
        """The share of sentences that the source holds, in [0, 1]."""
        return sum(sentence.supported for sentence in self.sentences) / len(self.sentences)

    @property
    def words(self) -> int:
        """The number of words in ``text``; bullets and dashes are none."""
        return sum(any(map(str.isalnum, word)) for word in self.text.split())


@dataclass(frozen=True, slots=True)
class DigestSentence:
    """One sentence of a digest, and where each article that tells it does so.

    Each citation's quote is what that article says, inside the paragraph that is its passage;
    several may be of one article. ``flags`` are what none of them says.
    """

    text: str
    citations: tuple[Citation, ...]
    flags: tuple[Flag, ...] = ()

    @property
    def supported(self) -> bool:
        """Whether the articles hold the sentence: it has citations, and nothing is flagged."""
        return bool(self.citations) and not self.flags


@dataclass(frozen=True, slots=True)
class FigureStatement:
    """One figure and the articles that give it, as the first of them writes it.

    Each citation's quote is the figure, inside the sentence that is its passage. ``published``
    is the earliest time at which one of the articles gave it, where that is known.
    """

    value: str
    citations: tuple[Citation, ...]
    published: datetime | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """A figure that the articles give differently, all of them side by side, the earliest first.

    ``subject`` names what is counted or measured in the digest's language ("jumlah korban
    meninggal"), ``text`` is the whole line as it is shown. ``updated`` says that the latest
    article tells of a change, so that the earlier figures were right in their time.
    """

    subject: str
    text: str
    statements: tuple[FigureStatement, ...]
    updated: bool = False


@dataclass(frozen=True, slots=True)
class Digest:
    """One summary of one story that several articles tell, each sentence with its sources.

    ``text`` is made to be read by itself: each sentence names its sources, and the lines of
    ``conflicts`` follow. ``articles`` are those that tell the story, in the order given;
    ``voices`` groups their ids: articles that print the same text are one voice. ``failures``
    names what was given and could not be used, and why. ``coverage`` is the share of the
    articles' characters that were read, in [0, 1]. ``method``, ``model``, ``dropped`` and
    ``fell_back`` are as in ``Summary``.
    """

    text: str
    sentences: tuple[DigestSentence, ...]
    articles: tuple[Article, ...]
    voices: tuple[tuple[str, ...], ...]
    language: OutputLanguage
    method: str
    coverage: float
    conflicts: tuple[Conflict, ...] = ()
    failures: tuple[Failure, ...] = ()
    model: str = ""
    dropped: tuple[DigestSentence, ...] = ()
    fell_back: bool = False

    @property
    def words(self) -> int:
        """The number of words in the sentences; sources and conflicts come on top."""
        shown = (word for sentence in self.sentences for word in sentence.text.split())
        return sum(any(map(str.isalnum, word)) for word in shown)
