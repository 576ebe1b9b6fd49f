"""The verb ``answer``: search, read, merge; or say honestly that nothing was found."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from retrieval.candidates import Candidate
from retrieval.definitions import find_expansion
from retrieval.followups import rewrite_follow_up
from retrieval.index import Index
from retrieval.merging import gather
from retrieval.messages import not_found, nothing_matches, nothing_to_search
from retrieval.persons import asked_person, find_person
from retrieval.questions import check, question_kind, question_language
from retrieval.reading import get_reader
from retrieval.stores import Filters
from ringkas.errors import ModelError
from ringkas.settings import Settings
from ringkas.types import Answer, AnswerVariant, Article, Hit, OutputLanguage, Turn

log = logging.getLogger(__name__)

Where = Index | Article | Iterable[Article] | str
_NEAREST = 3
# Another article's differing answer is shown when it is at least this likely beside the first.
_VARIANT_SHARE = 0.7
_MOST_VARIANTS = 3
_NAMED = 2


def answer(
    question: str,
    where: Where,
    language: OutputLanguage | None = None,
    history: Sequence[Turn] = (),
    filters: Filters | None = None,
    settings: Settings | None = None,
) -> Answer:
    """Answer a question from an index, from articles, or from a text.

    Arguments:
        question: in Indonesian or English; the articles may be in the other language.
        where: an :class:`Index`, an article, several articles, or plain text.
        language: of what Ringkas itself says; that of the question by default. Words taken from
            an article stay in the article's language.
        history: earlier turns of the conversation; a follow-up such as "Dan kapan?" is searched
            for with what they say, and ``Answer.asked`` shows how.
        filters: which articles may answer.
        settings: those of the index by default.

    Raises:
        QuestionError: the question is empty or too long.
        EmptyArticleError: ``where`` is a text too short to be an article.
        ModelError: a model's weights are missing or damaged.
        StoreError: the index cannot be read.
    """
    *_, last = stream_answer(question, where, language, history, filters, settings)
    return last


def stream_answer(
    question: str,
    where: Where,
    language: OutputLanguage | None = None,
    history: Sequence[Turn] = (),
    filters: Filters | None = None,
    settings: Settings | None = None,
) -> Iterator[Answer]:
    """Yield the answer as it grows; the last one is complete. Arguments as for :func:`answer`.

    Without a chat model in the settings there is exactly one. With one, its grounded sentences
    come one by one; where it grounds nothing, or fails, the reader's answer is the last.
    """
    settings = settings or (where.settings if isinstance(where, Index) else Settings())
    clean = check(question, settings.answer.max_question)
    index = _index(where, settings)
    asked = rewrite_follow_up(clean, history)
    language = language or question_language(clean)
    hits = _hits(asked, index, filters, settings.retrieval.read)
    if settings.generator.chats:
        written = False
        for generated in _generated(clean, asked, hits, language, settings):
            written = True
            yield generated
        if written:
            return
    yield _extracted(clean, asked, hits, language, index, settings)


def _hits(asked: str, index: Index, filters: Filters | None, limit: int) -> list[Hit]:
    """Return the passages to read; of whom a question names, those that best match the name too.

    By its vector a bare name is near to anything.
    """
    found = index.search(asked, limit=limit, filters=filters)
    name = asked_person(asked)
    if name is None:
        return found
    named = index.search(name, limit=min(_NAMED, limit), filters=filters, mode="lexical")
    known = {hit.passage for hit in found}
    missed = [hit for hit in named if hit.passage not in known]
    return [*found[: limit - len(missed)], *missed]


def _index(where: Where, settings: Settings) -> Index:
    """Return the index itself, or one in memory that holds what was given."""
    if isinstance(where, Index):
        return where
    if isinstance(where, str):
        from ringkas.sources import article_from_text

        where = article_from_text(where)
    index = Index.in_memory(settings)
    index.add([where] if isinstance(where, Article) else where)
    return index


def _generated(
    question: str, asked: str, hits: list[Hit], language: OutputLanguage, settings: Settings
) -> Iterator[Answer]:
    """Yield what the chat model writes and the passages support; nothing when it fails."""
    from retrieval.generative import generate_answer
    from ringkas.generation import get_generator

    try:
        generator = get_generator(settings)
        if generator is None or not hits:
            return
        for reply in generate_answer(question, hits, language, generator, asked=asked):
            if reply.found:
                yield reply
    except ModelError as error:
        log.warning("the chat model did not answer, the reader stands in: %s", error)


def _extracted(
    question: str,
    asked: str,
    hits: list[Hit],
    language: OutputLanguage,
    index: Index,
    settings: Settings,
) -> Answer:
    method = settings.answer.reader
    nothing = Answer(question, asked, not_found(language), False, 0.0, language, method)
    if not hits:
        why = nothing_matches if index.articles(limit=1) else nothing_to_search
        return replace(nothing, text=why(language))
    reader = get_reader(settings, index.embedder)
    chosen = settings.answer.threshold
    threshold = reader.threshold if chosen is None else chosen
    variants = _variants(asked, hits, reader.read(asked, hits), threshold)
    if not variants or variants[0].score < threshold:
        score = variants[0].score if variants else 0.0
        return replace(nothing, score=score, nearest=tuple(hits[:_NEAREST]))
    best, *others = variants
    return replace(
        nothing,
        text=best.text,
        found=True,
        score=best.score,
        citations=best.citations,
        variants=tuple(others),
        nearest=tuple(hits[:_NEAREST]),
    )


def _variants(
    asked: str, hits: list[Hit], candidates: list[Candidate], threshold: float
) -> list[AnswerVariant]:
    """Return the best answer and those of other articles that differ from it and are as likely."""
    kind = question_kind(asked)
    if kind == "definition":
        candidates = [*find_expansion(asked, hits), *candidates]
    if kind == "who":
        candidates = [*find_person(asked, hits), *candidates]
    merged = gather(candidates, kind, question_language(asked))
    if not merged:
        return []
    best = merged[0]
    spoken_for = {citation.article.id for citation in best.citations}
    others = [
        variant
        for variant in merged[1:]
        if variant.score >= max(threshold, _VARIANT_SHARE * best.score)
        and not spoken_for & {citation.article.id for citation in variant.citations}
    ]
    return [best, *others[:_MOST_VARIANTS]]
