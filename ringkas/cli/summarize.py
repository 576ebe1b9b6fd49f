"""``ringkas summarize``: a summary of one article."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from ringkas.cli.options import JsonOption, find, has_index, open_index, settings_for
from ringkas.cli.place import ConfigOption, IndexOption
from ringkas.cli.summaries import show
from ringkas.cli.terminal import complain, err, print_json, visible
from ringkas.errors import SourceError
from ringkas.settings import Settings
from ringkas.types import Article, OutputLanguage, Style, Summary

Method = Literal["auto", "extractive", "abstractive", "lead"]


def summarize(
    ctx: typer.Context,
    source: Annotated[
        str,
        typer.Argument(help="A URL, a file, an article id, or - for text on standard input."),
    ],
    max_words: Annotated[
        int | None,
        typer.Option(
            "--max-words", "--words", min=1, help="The longest summary.", show_default="60"
        ),
    ] = None,
    style: Annotated[Style, typer.Option(help="The form of the summary.")] = "paragraph",
    method: Annotated[
        Method,
        typer.Option(
            help="Chosen sentences, the first ones, or written by the configured model; auto "
            "lets the model write where there is one."
        ),
    ] = "auto",
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
    """Summarize one article, and check what a model wrote against it."""
    settings = settings_for(ctx, config, index)
    article = _article(source, settings)
    how = {
        "language": language,
        "max_words": max_words or settings.summary.max_words,
        "style": style,
        "query": query,
        "method": method,
    }
    summary = _summary(article, settings, how)
    if as_json:
        from ringkas.records import summary_record

        print_json(summary_record(summary))
    else:
        show(summary)


def _summary(article: Article, settings: Settings, how: dict[str, Any]) -> Summary:
    """Return the summary; who watches sees its first version grow on stderr."""
    import summarizer

    console = err()
    if not console.is_terminal:
        return summarizer.summarize(article, settings=settings, **how)
    from rich.text import Text

    draft = ""
    with console.status("Reading the article") as status:

        def part(done: int, total: int) -> None:
            status.update(f"Reading the article, part {done} of {total}")

        stream = summarizer.stream_summary(article, settings=settings, on_progress=part, **how)
        for piece in stream:
            if isinstance(piece, Summary):
                summary = piece
            elif piece:
                draft += piece
                status.update(Text(visible(draft), style="dim"))
    return summary


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
