"""An answer on the terminal: its text, then its sources with the cited sentence marked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from ringkas.cli.terminal import byline, out, visible
from ringkas.types import Answer, Article, Citation, Hit

_MARK = "black on yellow"


def show(answer: Answer) -> None:
    """Print an answer, its sources and differing answers, or the nearest passages."""
    console = out()
    console.print(Text(visible(answer.text), style="bold" if answer.found else "yellow"))
    if answer.asked != answer.question:
        console.print(Text(f"Understood as: {visible(answer.asked)}", style="dim"))
    if answer.citations:
        _section(console, "Sources", _cited(answer.citations, console))
    for variant in answer.variants:
        console.print()
        console.print(Text.assemble("Elsewhere: ", (visible(variant.text), "bold")))
        _list(console, _cited(variant.citations, console))
    if not answer.found and answer.nearest:
        _section(console, "Nearest passages", map(_nearest, answer.nearest))


def _section(console: Console, title: str, items: Iterable[RenderableType]) -> None:
    console.print()
    console.print(Text(title, style="underline"))
    _list(console, items)


def _list(console: Console, items: Iterable[RenderableType]) -> None:
    for number, item in enumerate(items, start=1):
        console.print(Text(f"[{number}]"), Padding(item, (0, 0, 0, 4)), sep="\n")


def _cited(citations: Sequence[Citation], console: Console) -> Iterable[RenderableType]:
    # Nothing may depend on colour alone: it is off in pipes, and not everybody sees it.
    marks = ("", "") if console.color_system else ("»", "«")
    return (_card(each.article, _marked(each, marks)) for each in citations)


def _nearest(hit: Hit) -> RenderableType:
    return _card(hit.article, Text(_one_line(hit.text)))


def _card(article: Article, passage: Text) -> RenderableType:
    lines = [Text(visible(article.title), style="bold"), Text(byline(article), style="dim")]
    where = [article.url] if article.url else []
    links = [
        Text(visible(line), style="dim", overflow="fold") for line in [*where, f"id {article.id}"]
    ]
    return Group(*lines, passage, *links)


def _marked(citation: Citation, marks: tuple[str, str]) -> Text:
    """Return the passage with the cited sentence standing out."""
    text, passage = citation.article.text, citation.passage
    return Text.assemble(
        _one_line(text[passage.start : citation.start]),
        (marks[0] + _one_line(citation.quote) + marks[1], _MARK),
        _one_line(text[citation.end : passage.end]),
    )


def _one_line(text: str) -> str:
    """Return ``text`` with its paragraph breaks as single spaces, its edges kept."""
    return visible(text).replace("\n\n", " ").replace("\n", " ")
