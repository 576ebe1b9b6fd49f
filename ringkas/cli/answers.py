"""An answer on the terminal: its text, then its sources with the cited sentence marked."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from ringkas.cli.terminal import byline, out, visible
from ringkas.types import Answer, Article, Citation

_MARK = "black on yellow"
_INDENT = "    "


def show(answer: Answer) -> None:
    """Print an answer, its sources and differing answers, or the nearest passages."""
    console = out()
    console.print(Text(visible(answer.text), style="bold" if answer.found else "yellow"))
    if answer.asked != answer.question:
        console.print(Text(f"Understood as: {visible(answer.asked)}", style="dim"))
    if answer.citations:
        console.print(Text("\nSources"))
        _citations(console, answer.citations)
    for variant in answer.variants:
        console.print(Text.assemble("\nElsewhere: ", (visible(variant.text), "bold")))
        _citations(console, variant.citations)
    if not answer.found and answer.nearest:
        console.print(Text("\nNearest passages"))
        for number, hit in enumerate(answer.nearest, start=1):
            _card(console, number, hit.article, Text(_one_line(hit.text)))


def _citations(console: Console, citations: Iterable[Citation]) -> None:
    # Nothing may depend on colour alone: it is off in pipes, and not everybody sees it.
    marks = ("", "") if console.color_system else ("»", "«")
    for number, citation in enumerate(citations, start=1):
        _card(console, number, citation.article, _marked(citation, marks))


def _card(console: Console, number: int, article: Article, passage: Text) -> None:
    """Print one source. Its address is never broken, so that it can be copied."""
    _paragraph(console, f"[{number}]", Text(visible(article.title), style="bold"))
    _paragraph(console, "", Text(byline(article), style="dim"))
    _paragraph(console, "", passage)
    for key in filter(None, (article.url, f"id {article.id}")):
        console.print(Text(_INDENT + visible(key), style="dim"), soft_wrap=True)


def _paragraph(console: Console, label: str, text: Text) -> None:
    """Print wrapped text under an indent, in which ``label`` stands once."""
    for line in text.wrap(console, console.width - len(_INDENT)):
        line.rstrip()
        console.print(Text(f"{label:<{len(_INDENT)}}").append_text(line), soft_wrap=True)
        label = ""


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
