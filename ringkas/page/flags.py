"""What in a summary sentence the article does not say, marked, with what it says instead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ringkas.page.markup import escape
from ringkas.page.texts import Texts
from ringkas.types import Article, Flag, Span, Summary, SummarySentence


@dataclass(slots=True)
class Places:
    """The spans of an article that flags point at, numbered from ``first`` on."""

    article: Article
    first: int
    spans: list[Span] = field(default_factory=list)

    def number(self, span: Span) -> int:
        """Return the number of ``span``; the same span keeps its number."""
        if span not in self.spans:
            self.spans.append(span)
        return self.first + self.spans.index(span)


def flagged(sentence: SummarySentence, number: int, places: Places, t: Texts) -> str:
    """Return a sentence as HTML with each flagged stretch as a button that tells what is wrong.

    ``number`` is that of the sentence: what is lit where the article says nothing in the place of
    a flagged stretch.
    """
    pieces, at = [], 0
    for group in _grouped(sentence.flags):
        start, end = group[0].start, max(flag.end for flag in group)
        pieces.append(escape(sentence.text[at:start]))
        pieces.append(_button(sentence.text[start:end], group, number, places, t))
        at = end
    return "".join([*pieces, escape(sentence.text[at:])])


def unfounded(sentence: SummarySentence, number: int, t: Texts) -> str:
    """Return a sentence that rests on nothing in the article as one flag."""
    return _flag(sentence.text, number, f"<span>{escape(t('flags.nowhere'))}</span>")


def warnings(summary: Summary, t: Texts) -> list[str]:
    """Return a line for each thing in a summary that the article does not say."""
    lines = []
    for sentence in summary.sentences:
        if not sentence.spans:
            lines.append(f"“{sentence.text}”: {t('flags.nowhere')}")
        for flag in sentence.flags:
            stretch = sentence.text[flag.start : flag.end]
            lines.append(f"“{stretch}”: {said(flag, summary.article, t)}")
    return lines


def _grouped(flags: Sequence[Flag]) -> list[list[Flag]]:
    """Return the flags in order, those that overlap together."""
    groups: list[list[Flag]] = []
    for flag in sorted(flags, key=lambda each: (each.start, -each.end)):
        if groups and flag.start < max(other.end for other in groups[-1]):
            groups[-1].append(flag)
        else:
            groups.append([flag])
    return groups


def _button(text: str, group: Sequence[Flag], number: int, places: Places, t: Texts) -> str:
    points = [places.number(flag.nearest) for flag in group if flag.nearest]
    told = "".join(f"<span>{escape(said(flag, places.article, t))}</span>" for flag in group)
    return _flag(text, points[0] if points else number, told)


def _flag(text: str, claim: int, told: str) -> str:
    return (
        f'<span class="flag" role="button" tabindex="0" data-claim="{claim}">'
        f'{escape(text)}<span class="tip">{told}</span></span>'
    )


def said(flag: Flag, article: Article, t: Texts) -> str:
    """Return what is wrong with a flagged stretch, and what the article says in its place."""
    wrong = t(f"flags.{flag.kind}")
    if flag.nearest is None:
        return wrong
    instead = " ".join(flag.nearest.of(article.text).split()).strip('"“”')
    return f"{wrong} {t('flags.instead', text=instead)}"
