"""``ringkas articles`` and ``ringkas remove``: what is in the index."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from ringkas.cli.options import (
    JsonOption,
    LanguageOption,
    SinceOption,
    SourceOption,
    UntilOption,
    filters,
    missing,
    open_index,
    settings_for,
)
from ringkas.cli.place import ConfigOption, IndexOption
from ringkas.cli.terminal import complain, out, print_json, visible
from ringkas.types import Article

if TYPE_CHECKING:
    from retrieval import IndexStats


def articles(
    ctx: typer.Context,
    limit: Annotated[int, typer.Option(min=1, help="How many to list.")] = 50,
    offset: Annotated[int, typer.Option(min=0, help="How many to pass over first.")] = 0,
    source: SourceOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    language: LanguageOption = None,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """List the articles in the index, newest first."""
    library = open_index(settings_for(ctx, config, index))
    chosen = filters(since=since, until=until, sources=source, language=language)
    found = library.articles(filters=chosen, limit=limit, offset=offset)
    if as_json:
        from ringkas.records import article_record

        print_json([article_record(article) for article in found])
        return
    _table(found, library.stats())


def remove(
    ctx: typer.Context,
    ids: Annotated[list[str], typer.Argument(metavar="ID...", help="As 'articles' lists them.")],
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Remove articles from the index."""
    library = open_index(settings_for(ctx, config, index))
    unknown = missing(library, ids)
    out().print(f"{library.remove(ids)} removed")
    if unknown:
        complain(unknown)
        raise typer.Exit(1)


def _table(found: Sequence[Article], stats: IndexStats) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("id", no_wrap=True)
    table.add_column("date", no_wrap=True)
    table.add_column("lang", no_wrap=True)
    table.add_column("title", ratio=1)
    for article in found:
        day = f"{article.published:%Y-%m-%d}" if article.published else ""
        title = Text(visible(article.title))
        if article.source:
            title.append(f" · {visible(article.source)}", style="dim")
        table.add_row(article.id, day, article.language, title)
    console = out()
    if found:
        console.print(table)
    console.print(f"{len(found)} of {stats.articles} articles, {stats.passages} passages")
