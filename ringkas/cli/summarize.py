"""``ringkas summarize``: a summary of one article."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from ringkas.cli.options import (
    ConfigOption,
    IndexOption,
    JsonOption,
    find,
    has_index,
    open_index,
    settings_for,
)
from ringkas.cli.terminal import byline, complain, out, print_json, visible
from ringkas.errors import SourceError
from ringkas.settings import Settings
from ringkas.types import Article, OutputLanguage, Style, Summary


def summarize(
    ctx: typer.Context,
    source: Annotated[
        str,
        typer.Argument(help="A URL, a file, an article id, or - for text on standard input."),
    ],
    words: Annotated[
        int | None, typer.Option(min=1, help="The longest summary, in words.", show_default="60")
    ] = None,
    style: Annotated[Style, typer.Option(help="The form of the summary.")] = "paragraph",
    language: Annotated[
        OutputLanguage | None, typer.Option(help="Its language; else that of the article.")
    ] = None,
    query: Annotated[
        str | None, typer.Option(help="What the summary should be about, if anything.")
    ] = None,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Summarize one article in its own sentences."""
    settings = settings_for(ctx, config, index)
    article = _article(source, settings)
    import summarizer

    limit = words or settings.summary.max_words
    summary = summarizer.summarize(
        article,
        language=language,
        max_words=limit,
        style=style,
        query=query,
        settings=settings,
    )
    if as_json:
        from ringkas.records import summary_record

        print_json(summary_record(summary))
    else:
        _show(summary)


def _article(source: str, settings: Settings) -> Article:
    """Return the one article that ``source`` names, be it in the index or outside."""
    from ringkas.sources import read

    if source != "-" and (known := _in_index(source, settings)):
        return known
    given = sys.stdin.buffer.read() if source == "-" else source
    found = read(given, settings, on_failure=lambda failure: complain(failure.message))
    if len(found) > 1:
        raise SourceError(
            f"'{source}' holds {len(found)} articles, and one was expected. Add them with "
            "'ringkas add', and give the id of one that 'ringkas articles' lists."
        )
    return found[0]


def _in_index(source: str, settings: Settings) -> Article | None:
    """Return the indexed article with the id ``source``, unless it names something else."""
    named = "/" in source or "\n" in source or Path(source).exists()
    return None if named or not has_index(settings) else find(open_index(settings), source)


def _show(summary: Summary) -> None:
    from rich.text import Text

    console = out()
    console.print(Text(visible(summary.text)))
    article = summary.article
    origin = " · ".join(part for part in (visible(article.title), byline(article)) if part)
    console.print()
    console.print(Text(origin, style="dim"))
    read = f"{summary.words} words, {summary.method}, read {summary.coverage:.0%} of the article"
    console.print(Text(read, style="dim"))
