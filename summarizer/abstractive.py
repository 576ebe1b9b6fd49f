"""Summaries written by a model: language and support checked, what fails written once more.

A translation that does not hold is left out at once: the same words would come again. Whatever the
model, a sentence reaches the reader only in the language that was promised, and,
unless the configuration says otherwise, only if the article holds it.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Literal

from ringkas.embedding import Embedder
from ringkas.errors import LanguageError
from ringkas.generation.hostile import news_sentences
from ringkas.types import Article, Span, SummarySentence
from summarizer import support
from summarizer.fitting import fitting, is_enough, words_of
from summarizer.headline import shorten
from summarizer.long import Progress, condensed
from summarizer.references import points_back
from summarizer.refusing import LANGUAGES, who_writes
from summarizer.replies import joined, sentences_of, so_far
from summarizer.rewriting import rewritten
from summarizer.telling import telling
from summarizer.tongues import is_foreign, is_in
from summarizer.writing import Brief, Writer

# With less than this share of what was written, a summary has lost too much to stand by itself.
_LEAST_LEFT = 0.5


@dataclass(frozen=True, slots=True)
class Draft:
    """What is left of a written summary, and what was withheld.

    ``stands`` says whether it is enough for a summary: its first sentence, which tells the main
    event, and at least half of what was written. ``coverage`` is the share of the article's
    characters that were read, in [0, 1].
    """

    sentences: tuple[SummarySentence, ...]
    dropped: tuple[SummarySentence, ...]
    coverage: float
    stands: bool


def write_draft(
    article: Article,
    sentences: Sequence[Span],
    brief: Brief,
    writer: Writer,
    embedder: Embedder,
    unsupported: Literal["drop", "mark"],
    on_progress: Progress | None = None,
) -> Generator[str, None, Draft]:
    """Yield the text as it is written, and return what of it can be shown.

    Pieces may be empty; what they add up to is a first version. Closing the generator stops the
    model.

    Raises:
        LanguageError: the model does not write the language asked for.
        ModelError: the model fails.
    """
    brief = replace(brief, faults=lambda text: _faults(text, article, embedder))
    news = news_sentences(article.text, sentences)
    if writer.translates(brief):
        source = telling(article, news, brief, embedder)
    else:
        source = yield from condensed(article.text, news, brief, writer, on_progress)
    reading = replace(brief, source_language=source.language)
    written, foreign = yield from _in_language(source.text, reading, writer)
    checked = support.check(written, article, embedder)
    planned = checked[: len(fitting(written, brief.max_words))]
    wrong = [sentence for sentence in planned if not sentence.supported]
    better: dict[SummarySentence, SummarySentence | None] = dict.fromkeys(wrong)
    if not writer.translates(brief):
        found = yield from rewritten(wrong, article, news, brief, writer, embedder)
        better = dict(zip(wrong, found, strict=True))
    shown = _shown(planned, better, keep_wrong=unsupported == "mark")
    if len(shown) < len(planned):
        shown += _spares(checked[len(planned) :])
    kept = _within(shown, brief.max_words)
    return Draft(
        sentences=tuple(kept),
        dropped=(
            *(sentence for sentence in planned if sentence not in kept),
            *(SummarySentence(text, ()) for text in foreign),
        ),
        coverage=source.coverage,
        stands=_stands(kept, planned, better),
    )


def _faults(text: str, article: Article, embedder: Embedder) -> int:
    """Return how many numbers, names, quotes and whole sentences the article does not hold."""
    written = sentences_of(text, "paragraph")
    checked = support.check(written, article, embedder)
    return sum(len(sentence.flags) + (not sentence.spans) for sentence in checked)


def _in_language(
    text: str, brief: Brief, writer: Writer
) -> Generator[str, None, tuple[list[str], list[str]]]:
    """Return what was written in the language asked for, after one more try if need be.

    The second list holds sentences in another language, which nobody will see as a summary.
    """
    tries: list[tuple[list[str], list[str]]] = []
    for attempt in (brief, replace(brief, again=True)):
        written = yield from _reply(text, attempt, writer)
        foreign = [sentence for sentence in written if is_foreign(sentence, brief.language)]
        own = [sentence for sentence in written if sentence not in foreign]
        if not is_in(own, brief.language):
            own, foreign = [], written
        tries.append((own if fitting(own, brief.max_words) else [], foreign))
        if tries[-1][0] and not foreign:
            break
    best = max(tries, key=lambda tried: len(" ".join(tried[0])))
    if not best[0] and any(foreign for _, foreign in tries):
        raise LanguageError(
            f"'{writer.name}' was asked twice for {LANGUAGES[brief.language]}, and wrote "
            f"something else. {who_writes(brief.language)}"
        )
    return best


def _reply(text: str, brief: Brief, writer: Writer) -> Generator[str, None, list[str]]:
    """Yield the reply as it grows, from its second sentence on, and return its sentences."""
    reply, shown = "", ""
    with closing(writer.stream(text, brief)) as stream:
        for piece in stream:
            reply += piece
            whole, begun = so_far(reply, brief.style)
            if whole and brief.style == "headline":
                break
            astray = bool(whole) and is_foreign(whole[0], brief.language)
            astray = astray and not writer.translates(brief)  # each sentence is one by itself
            if astray or is_enough(reply, brief.max_words):
                return whole
            now = joined([*whole, begun] if begun else whole, brief.style) if whole else ""
            more = now.startswith(shown) and words_of(now) <= brief.max_words
            yield now[len(shown) :] if more else ""
            shown = now if more else shown
    return _finished(reply, brief)


def _finished(reply: str, brief: Brief) -> list[str]:
    """Return the sentences; a headline that is too long as a clause of it that is as true."""
    written = sentences_of(reply, brief.style)
    if brief.style != "headline":
        return written
    clauses = [shorten(each, Span(0, len(each)), brief.max_words).of(each) for each in written]
    fits = words_of(" ".join(written)) <= brief.max_words
    return written if fits else clauses


def _shown(
    planned: Sequence[SummarySentence],
    better: Mapping[SummarySentence, SummarySentence | None],
    *,
    keep_wrong: bool,
) -> list[SummarySentence]:
    """Return the sentences that are supported, or now are; the others where they are wanted.

    Without the sentence before it, "Ia …" would speak of somebody else: it goes too.
    """
    shown: list[SummarySentence] = []
    gap = False
    for sentence in planned:
        new = sentence if sentence.supported else better[sentence]
        if new is None and keep_wrong:
            new = sentence
        gap = new is None or (gap and points_back(new.text))
        if new is not None and not gap and new not in shown:
            shown.append(new)
    return shown


def _stands(
    kept: Sequence[SummarySentence],
    planned: Sequence[SummarySentence],
    better: Mapping[SummarySentence, SummarySentence | None],
) -> bool:
    if not kept or kept[0] not in (planned[0], better.get(planned[0])):
        return False
    return _words(kept) >= _LEAST_LEFT * _words(planned)


def _spares(sentences: Sequence[SummarySentence]) -> list[SummarySentence]:
    """Return what may be shown in place of a dropped sentence."""
    return [each for each in sentences if each.supported and not points_back(each.text)]


def _within(sentences: Sequence[SummarySentence], max_words: int) -> list[SummarySentence]:
    """Return the sentences that fit, in order; the first in any case."""
    kept: list[SummarySentence] = []
    for sentence in sentences:
        if not kept or _words([*kept, sentence]) <= max_words:
            kept.append(sentence)
    return kept


def _words(sentences: Sequence[SummarySentence]) -> int:
    return sum(words_of(sentence.text) for sentence in sentences)
