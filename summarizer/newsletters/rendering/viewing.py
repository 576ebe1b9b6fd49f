"""A newsletter as templates see it: ``view(newsletter)``."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence

from ringkas.types import (
    Article,
    Citation,
    Conflict,
    DigestSentence,
    FigureStatement,
    OutputLanguage,
    Span,
)
from summarizer.digesting.naming import days_of, source_name, source_names
from summarizer.newsletters.issue import Item, Newsletter, Section, Story
from summarizer.newsletters.rendering.cleaning import merged, plain, pointed, spaced, web_address
from summarizer.newsletters.rendering.colophon import colophon, preheader
from summarizer.newsletters.rendering.view import (
    Chapter,
    Difference,
    Entry,
    Figure,
    Issue,
    Line,
    Part,
    Quote,
    Reference,
    Source,
)
from summarizer.newsletters.rendering.words import day, days, period, words

_LONG = 6  # stories from which on an issue has a table of contents


class _Naming:
    """How the articles beside each other are named: "Sagara", and its second one "Sagara (2)".

    Where no list of sources gives the numbers a meaning, they are not ``numbered``.
    """

    def __init__(
        self, articles: Iterable[Article], language: OutputLanguage, *, numbered: bool = True
    ) -> None:
        self._language = language
        self._names: dict[str, str] = {}
        counts: dict[str, int] = {}
        for article in articles:
            if article.id not in self._names:
                name = plain(source_name(article))
                counts[name] = counts.get(name, 0) + 1
                again = f" ({counts[name]})" if numbered and counts[name] > 1 else ""
                self._names[article.id] = name + again

    def source(self, article: Article, quote: str = "") -> Source:
        """Return an article, pointed to at ``quote``."""
        url = web_address(article.url)
        return Source(
            name=self._names[article.id],
            title=plain(article.title),
            language=article.language,
            url=url,
            place=pointed(url, quote),
            date=day(article.published, self._language) if article.published else "",
        )

    def sources(self, citations: Iterable[Citation]) -> tuple[Source, ...]:
        """Return each cited name once, at the first place that is cited."""
        first: dict[str, Source] = {}
        for one in citations:
            name = self._names[one.article.id]
            if name not in first:
                first[name] = self.source(one.article, one.quote)
        return tuple(first.values())


def view(newsletter: Newsletter) -> Issue:
    """Return a newsletter with every text harmless, every date and name written out."""
    language = newsletter.language
    cited = (one.article for one in _cited(newsletter.introduction))
    naming = _Naming(cited, language, numbered=False)
    introduction = tuple(
        _line(sentence, naming, language, needs_source=False)
        for sentence in newsletter.introduction
    )
    spoken = period(newsletter.since, newsletter.until, language)
    if spoken in newsletter.title:
        spoken = ""
    return Issue(
        title=plain(newsletter.title),
        language=language,
        made=newsletter.made,
        date=day(newsletter.made, language),
        period=words(language)["period"].format(period=spoken) if spoken else "",
        preheader=preheader(newsletter),
        introduction=introduction,
        sections=tuple(
            _chapter(number, section, language)
            for number, section in enumerate(newsletter.sections, start=1)
        ),
        contents=len(newsletter.items) >= _LONG,
        colophon=colophon(newsletter),
        words=words(language),
    )


def _chapter(number: int, section: Section, language: OutputLanguage) -> Chapter:
    entries = tuple(_entry(item, language) for item in section.items)
    return Chapter(f"section-{number}", plain(section.name), entries)


def _entry(item: Item, language: OutputLanguage) -> Entry:
    story = item.story
    naming = _Naming([*story.articles, *(one.article for one in _all_cited(item))], language)
    return Entry(
        id=f"story-{story.id}",
        headline=_line(item.headline, naming, language),
        lines=tuple(_line(sentence, naming, language) for sentence in item.sentences),
        differences=tuple(_difference(one, naming, language) for one in item.conflicts),
        references=tuple(_references(story, naming)),
        date=_days(story, language),
    )


def _cited(sentences: Iterable[DigestSentence]) -> Iterator[Citation]:
    return itertools.chain.from_iterable(sentence.citations for sentence in sentences)


def _all_cited(item: Item) -> Iterator[Citation]:
    yield from _cited([item.headline, *item.sentences])
    for statement in (one for conflict in item.conflicts for one in conflict.statements):
        yield from statement.citations


def _days(story: Story, language: OutputLanguage) -> str:
    known = sorted(article.published.date() for article in story.articles if article.published)
    return days(known[0], known[-1], language) if known else ""


def _references(story: Story, naming: _Naming) -> Iterator[Reference]:
    """Yield the story's articles, those that print the same text together."""
    by_id = {article.id: article for article in story.articles}
    groups = [[one for one in voice if one in by_id] for voice in story.voices]
    grouped = {one for group in groups for one in group}
    groups += [[one] for one in by_id if one not in grouped]
    order = {one: place for place, one in enumerate(by_id)}
    for group in sorted(filter(None, groups), key=lambda each: min(order[one] for one in each)):
        first, *copies = (naming.source(by_id[one]) for one in sorted(group, key=order.__getitem__))
        yield Reference(first, tuple(copies))


def _line(
    sentence: DigestSentence,
    naming: _Naming,
    language: OutputLanguage,
    *,
    needs_source: bool = True,
) -> Line:
    notes = [
        _note(sentence, flag.kind, Span(flag.start, flag.end), language) for flag in sentence.flags
    ]
    spans = merged(Span(flag.start, flag.end) for flag in sentence.flags)
    if needs_source and not sentence.citations:
        notes.insert(0, words(language)["unsourced"])
        spans = [Span(0, len(sentence.text))]
    return Line(
        text=plain(sentence.text),
        parts=tuple(_parts(sentence.text, spans)),
        sources=naming.sources(sentence.citations),
        notes=tuple(dict.fromkeys(notes)),
        quotes=tuple(_quotes(sentence, naming)) if notes else (),
    )


def _note(sentence: DigestSentence, kind: str, span: Span, language: OutputLanguage) -> str:
    return words(language)[kind].format(said=plain(span.of(sentence.text)))


def _parts(text: str, flagged: Sequence[Span]) -> Iterator[Part]:
    """Cut a sentence where a flagged part begins or ends."""
    at = 0
    for span in flagged:
        yield Part(spaced(text[at : span.start]))
        yield Part(spaced(span.of(text)), flagged=True)
        at = span.end
    yield Part(spaced(text[at:]))


def _quotes(sentence: DigestSentence, naming: _Naming) -> Iterator[Quote]:
    """Yield what the sources say instead: the very place where it is known, else all cited.

    A flag's ``nearest`` is a place in the article, which is known where only one is cited.
    """
    articles = {one.article.id: one.article for one in sentence.citations}
    nearest = [flag.nearest for flag in sentence.flags if flag.nearest]
    if len(articles) == 1 and len(nearest) == len(sentence.flags):
        (article,) = articles.values()
        said = [span.of(article.text) for span in nearest]
        yield from (Quote(plain(one), naming.source(article, one)) for one in dict.fromkeys(said))
        return
    for one in sentence.citations:
        yield Quote(plain(one.quote), naming.source(one.article, one.quote))


def _difference(conflict: Conflict, naming: _Naming, language: OutputLanguage) -> Difference:
    phrase = words(language)["updated" if conflict.updated else "differs"]
    values = _values(conflict, language)
    told = days_of([one.published for one in conflict.statements], language)
    return Difference(
        heading=plain(phrase.format(subject=conflict.subject)),
        figures=tuple(
            Figure(plain(value), naming.sources(statement.citations), date)
            for statement, value, date in zip(conflict.statements, values, told, strict=True)
        ),
        updated=conflict.updated,
    )


def _values(conflict: Conflict, language: OutputLanguage) -> list[str]:
    """Return the figures as the conflict's line writes them: in the issue's language.

    A statement's own ``value`` is as its article writes it, where "2,140" may be "2.140" here. In
    the line each is followed by its outlets and day in brackets.
    """
    line, values = conflict.text, []
    at = line.find(": ", max(0, line.find(conflict.subject)) + len(conflict.subject)) + 2
    dates = days_of([one.published for one in conflict.statements], language)
    for statement, date in zip(conflict.statements, dates, strict=True):
        told = _teller(statement, date, language)
        end = line.find(told, at)
        if end < 0:
            return [one.value for one in conflict.statements]
        values.append(line[at:end])
        at = end + len(told) + len(" – ")
    return values


def _teller(statement: FigureStatement, date: str, language: OutputLanguage) -> str:
    names = source_names((one.article for one in statement.citations), language)
    return f" ({names}, {date})" if date else f" ({names})"
