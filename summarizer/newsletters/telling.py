"""One story as it is printed: a summary of its one article, or a digest of its several."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ringkas.errors import LanguageError, ModelError, SummaryError
from ringkas.settings import Settings
from ringkas.types import (
    Article,
    Conflict,
    Digest,
    DigestSentence,
    Failure,
    OutputLanguage,
    Summary,
)
from summarizer.digesting import digest
from summarizer.digesting.counted import kinds
from summarizer.newsletters.headlines import headline, values
from summarizer.newsletters.issue import Item, Story
from summarizer.newsletters.placing import placed
from summarizer.newsletters.rendering.words import words
from summarizer.refusing import LANGUAGES, quoted_language, who_writes
from summarizer.summarizing import summarize

# The number of a day counts nothing.
_MONTHS = "|".join(month for language in LANGUAGES for month in words(language)["months"].split())
_DAY = re.compile(rf"\b\d{{1,2}}(?=\s+(?:{_MONTHS})\b)|\b\d{{1,2}}/\d{{1,2}}/\d{{2,4}}\b")


@dataclass(frozen=True)
class Told:
    """A story as it is printed, and why some of its articles could not be used.

    ``stood_in`` says that chosen sentences stand where the configured model should have written.
    """

    item: Item
    failures: tuple[Failure, ...] = ()
    stood_in: bool = False


def tell(story: Story, language: OutputLanguage, max_words: int, settings: Settings) -> Told:
    """Return the story in ``language``, each sentence with the places that it rests on.

    Raises:
        LanguageError: no article is in ``language``, and no model can write in it.
        SummaryError: the articles hold too little text.
        ModelError: a model fails, and no article's own sentences can stand in.
    """
    speaking = in_language(story.articles, language)
    if not speaking and not settings.generator.chats:  # no other is fit to print
        raise LanguageError(
            f"none of the story's articles ({len(story.articles)}) is in {LANGUAGES[language]}, "
            "and this configuration cannot turn them into it. "
            f"{who_writes(language)}"
        )
    best = speaking[0] if speaking else story.lead
    together = _digest(story, speaking, language, max_words, settings)
    made = together or summarize(best, language, max_words, settings=settings)
    sentences = _sentences(made)
    conflicts = together.conflicts if together else ()
    item = Item(
        story=story,
        headline=headline(speaking or (best,), sentences, conflicts, language, settings),
        sentences=sentences,
        method=made.method,
        conflicts=tuple(worth_telling(conflicts, sentences)),
        model=made.model,
        fell_back=made.fell_back,
    )
    failures = together.failures if together else ()
    writes = settings.generator.kind != "none"
    return Told(item, failures, stood_in=writes and made.method != "abstractive")


def worth_telling(
    conflicts: Iterable[Conflict], sentences: Sequence[DigestSentence]
) -> Iterator[Conflict]:
    """Yield the differences that a reader of these sentences understands and does not know yet.

    What befell people speaks for itself. Of anything else, such as a length, the sentences must
    tell; and a sentence that gives the old figure and the new one leaves nothing to add.
    """
    told = [values(_DAY.sub(" ", sentence.text)) for sentence in sentences]
    fates = {entry[language] for entry in kinds("fates").labels.values() for language in LANGUAGES}
    for conflict in conflicts:
        given = [values(statement.value) for statement in conflict.statements]
        whole = conflict.updated and any(all(one & each for one in given) for each in told)
        if not whole and (conflict.subject in fates or _touches(sentences, conflict)):
            yield conflict


def _touches(sentences: Iterable[DigestSentence], conflict: Conflict) -> bool:
    """Tell whether one of the figures stands where a sentence is taken from."""
    said = [one for sentence in sentences for one in sentence.citations]
    figures = [one for statement in conflict.statements for one in statement.citations]
    return any(
        place.article.id == figure.article.id and place.start <= figure.start < place.end
        for place in said
        for figure in figures
    )


def in_language(articles: Sequence[Article], language: OutputLanguage) -> tuple[Article, ...]:
    """Return the articles whose own sentences can be printed in ``language``, in order."""
    return tuple(article for article in articles if _speaks(article, language))


def _speaks(article: Article, language: OutputLanguage) -> bool:
    try:
        quoted_language(article, language)
    except LanguageError:
        return False
    return True


def _digest(
    story: Story,
    speaking: Sequence[Article],
    language: OutputLanguage,
    max_words: int,
    settings: Settings,
) -> Digest | None:
    """Return a digest, or None where only one article can be used or they make no one story.

    An article in an unknown language is left aside: its sentences could be printed as they are.
    """
    known = [article for article in story.articles if article.language != "unknown"]
    if len(known) < 2:
        return None
    try:
        return digest(known, language, max_words, settings=settings)
    except SummaryError:
        return None
    except (ModelError, LanguageError):
        if settings.generator.kind == "none" or not speaking:
            raise
    try:
        return replace(digest(known, language, max_words, "extractive", settings), fell_back=True)
    except SummaryError:
        return None


def _sentences(made: Digest | Summary) -> tuple[DigestSentence, ...]:
    if isinstance(made, Digest):
        return made.sentences
    return tuple(placed(sentence, made.article) for sentence in made.sentences)
