"""Differing figures as the reader sees them: each with its sources and day, none averaged."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ringkas.types import Article, Citation, Conflict, FigureStatement, OutputLanguage, Passage
from summarizer.digesting.comparing import agree
from summarizer.digesting.conflicts import Difference, moment_of
from summarizer.digesting.counted import label
from summarizer.digesting.naming import days_of, source_names, wording
from summarizer.digesting.quantities import Quantity

_HEDGE = re.compile(
    r"\b(?:sekitar|kira-kira|sekira|kurang lebih|lebih dari|sedikitnya|setidaknya|paling sedikit"
    r"|hampir|about|around|some|roughly|approximately|nearly|almost|more than|over|at least"
    r"|fewer than|less than|kurang dari)\s+$",
    re.IGNORECASE,
)

_CODE = re.compile(r"Rp|US|IDR|USD|EUR|GBP")
_SEPARATORS = re.compile(r"(?<=\d)[.,](?=\d)")
_SCALES = re.compile(r"%|[^\W\d_]+")


def conflict(
    difference: Difference, articles: Sequence[Article], language: OutputLanguage
) -> Conflict:
    """Return the figures side by side, the earliest first, equal ones together."""
    groups: list[list[Quantity]] = []
    order = sorted(
        difference.quantities, key=lambda one: moment_of(articles[one.told.article].published)
    )
    for quantity in order:
        home = next((group for group in groups if agree(group[0], quantity)), None)
        if home is None:
            groups.append([quantity])
        else:
            home.append(quantity)
    statements = tuple(_statement(group, articles) for group in groups)
    values = [_value(group, articles, language) for group in groups]
    subject = _subject(order, language)
    shape = wording(language)["updated" if difference.updated else "differs"]
    shown = " – ".join(_shown(statements, values, language))
    text = shape.format(subject=subject, statements=shown)
    return Conflict(subject, text, statements, difference.updated)


def _statement(group: Sequence[Quantity], articles: Sequence[Article]) -> FigureStatement:
    first = group[0]
    text = articles[first.told.article].text
    return FigureStatement(
        value=text[_hedged(first, text) : first.end],
        citations=tuple(_citation(one, articles[one.told.article]) for one in group),
        published=articles[first.told.article].published,
    )


def _citation(quantity: Quantity, article: Article) -> Citation:
    span = quantity.told.unit.span
    passage = Passage(article.id, span.start, span.end)
    return Citation(article, passage, quantity.start, quantity.end)


def _hedged(quantity: Quantity, text: str) -> int:
    """Return where the figure starts with the word that hedges it: "sedikitnya 12 orang"."""
    before = text[quantity.told.unit.span.start : quantity.start]
    hedge = _HEDGE.search(before)
    return quantity.start - (len(before) - hedge.start()) if hedge else quantity.start


def _subject(order: Sequence[Quantity], language: OutputLanguage) -> str:
    words = wording(language)
    for name in (*(one.about for one in order), *(one.noun for one in order)):
        if name and (known := label(name, language)):
            return known
    own = [one for one in order if one.told.english == (language == "en")]
    noun = next((one.noun for one in [*own, *order] if one.noun), "")
    if noun:
        return words["count"].format(noun=noun)
    return label(order[0].unit, language) or words["amount"]


def _value(group: Sequence[Quantity], articles: Sequence[Article], language: OutputLanguage) -> str:
    """Return the figure as an article in the digest's language writes it, or as it would be."""
    own = [one for one in group if one.told.english == (language == "en")]
    quantity = (own or group)[0]
    text = articles[quantity.told.article].text
    if own:
        value = text[_hedged(quantity, text) : quantity.end]
        return value if _CODE.match(value) else value[:1].lower() + value[1:]
    return localized(quantity, text, language)


def localized(quantity: Quantity, text: str, language: OutputLanguage) -> str:
    """Return a figure of an article in the other language: "2,140" is "2.140" in Indonesian.

    What is counted is left out, for the line says it.
    """
    if not quantity.unit:
        number = f"{int(max(quantity.number.values)):,}"
        return number.replace(",", ".") if language == "id" else number
    value = text[quantity.start : quantity.end]
    value = _SEPARATORS.sub(lambda mark: {",": ".", ".": ","}[mark[0]], value)
    words = wording(language)
    return _SCALES.sub(lambda word: words.get(word[0].casefold(), word[0]), value)


def _shown(
    statements: Sequence[FigureStatement], values: Sequence[str], language: OutputLanguage
) -> list[str]:
    days = days_of([statement.published for statement in statements], language)
    shown = []
    for statement, value, day in zip(statements, values, days, strict=True):
        names = source_names((one.article for one in statement.citations), language)
        shown.append(f"{value} ({names}, {day})" if day else f"{value} ({names})")
    return shown
