"""``ringkas digest``: one summary of one story that several articles tell."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Literal

import typer

from ringkas.cli.options import JsonOption, find, has_index, open_index, settings_for
from ringkas.cli.place import ConfigOption, IndexOption
from ringkas.cli.terminal import byline, complain, out, print_json, visible
from ringkas.settings import Settings
from ringkas.types import Article, Digest, Failure, OutputLanguage


def digest(
    ctx: typer.Context,
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCES...",
            help="URLs, files, folders, article ids, or - for text on standard input.",
        ),
    ],
    words: Annotated[
        int,
        typer.Option(
            "--max-words", "--words", min=1, help="The longest digest, in words, without sources."
        ),
    ] = 120,
    language: Annotated[
        OutputLanguage | None, typer.Option(help="Its language; else that of most articles.")
    ] = None,
    method: Annotated[
        Literal["auto", "extractive", "abstractive"],
        typer.Option(help="Sentences of the articles, or new ones by the configured model."),
    ] = "auto",
    as_json: JsonOption = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Summarize one story that several articles tell, each sentence with its sources.

    Figures that the articles give differently are shown side by side. What could not be used is
    named on standard error.
    """
    settings = settings_for(ctx, config, index)
    given = list(_given(sources, settings))
    import summarizer

    made = summarizer.digest(
        given, language=language, max_words=words, method=method, settings=settings
    )
    if as_json:
        from ringkas.records import digest_record

        print_json(digest_record(made))
        return
    for failure in made.failures:
        complain(f"{failure.source}: {failure.message}")
    _show(made)


def _given(sources: Sequence[str], settings: Settings) -> Iterator[Article | Failure]:
    """Yield the articles that the sources hold, and a failure for each that could not be read."""
    from ringkas.sources import iter_articles

    for source in sources:
        if source == "-":
            yield from iter_articles(sys.stdin.buffer.read(), settings)
        elif known := _in_index(source, settings):
            yield known
        else:
            yield from iter_articles(source, settings)


def _in_index(source: str, settings: Settings) -> Article | None:
    """Return the indexed article with the id ``source``, unless it names something else."""
    named = "/" in source or "\n" in source or Path(source).exists()
    return None if named or not has_index(settings) else find(open_index(settings), source)


def _show(made: Digest) -> None:
    from rich.text import Text

    console = out()
    console.print(Text(visible(made.text)))
    console.print()
    for article in made.articles:
        parts = (visible(article.title), byline(article))
        console.print(Text(" · ".join(part for part in parts if part), style="dim"))
    read = (
        f"{made.words} words, {made.method}, {len(made.articles)} articles in "
        f"{len(made.voices)} voices, read {made.coverage:.0%} of them"
    )
    console.print(Text(read, style="dim"))
