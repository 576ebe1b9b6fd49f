"""``ringkas newsletter``: articles of a period into a finished issue."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ringkas.cli.interrupts import heeding_interrupts
from ringkas.cli.issue_files import Files, formats_of
from ringkas.cli.issue_input import Bounds, Step, articles_of, bounds_of, with_wishes
from ringkas.cli.issue_tables import show_issue, show_plan
from ringkas.cli.options import JsonOption, SinceOption, SourceOption, UntilOption, settings_for
from ringkas.cli.place import ConfigOption, IndexOption
from ringkas.cli.terminal import INTERRUPTED, complain, err, print_json, visible
from ringkas.settings import Settings
from ringkas.types import Article, Failure, OutputLanguage, Tone

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

    from summarizer.newsletters.issue import Newsletter, Plan


def newsletter(
    ctx: typer.Context,
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SOURCE...",
            help="Feeds, URLs, files, folders, tables, a file that lists URLs, or - for standard "
            "input.",
        ),
    ] = None,
    library: Annotated[
        bool, typer.Option("--library", help="The articles in the index, too.")
    ] = False,
    since: SinceOption = None,
    until: UntilOption = None,
    days: Annotated[
        int | None,
        typer.Option(min=1, help="The last so many days, until --until or today."),
    ] = None,
    outlets: SourceOption = None,
    language: Annotated[
        OutputLanguage | None,
        typer.Option(help="The issue's, whatever the articles'; else that of most of them."),
    ] = None,
    title: Annotated[
        str | None, typer.Option(help="Its title; else what the period is called, and the days.")
    ] = None,
    stories: Annotated[
        int | None, typer.Option(min=1, help="The most stories.", show_default="12")
    ] = None,
    words: Annotated[
        int | None,
        typer.Option(
            "--max-words", "--words", min=1, help="The most of one story.", show_default="60"
        ),
    ] = None,
    tone: Annotated[
        Tone | None,
        typer.Option(
            help="Of the introduction, and of what a chat model writes.", show_default="neutral"
        ),
    ] = None,
    keywords: Annotated[
        list[str] | None,
        typer.Option("--keyword", help="Stories with it rank higher; repeatable."),
    ] = None,
    sections: Annotated[
        list[str] | None,
        typer.Option(
            "--section",
            metavar="NAME[: WHAT]",
            help="A section in place of a newspaper's, and what belongs there; repeatable.",
        ),
    ] = None,
    skip: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="Leave this story, or that of this article, out."),
    ] = None,
    pin: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="Print this story in any case, and first."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be chosen, and why; write nothing.")
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="FOLDER", help="Where files go; made if need be."),
    ] = None,
    formats: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="LIST",
            help="html,text,markdown,rss,atom,json,eml: some of them; all into a folder, text "
            "without one.",
        ),
    ] = None,
    templates: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Templates in place of Ringkas's own.")
    ] = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace files that are there.")
    ] = False,
    cache: Annotated[bool, typer.Option(help="Take over stories that were written before.")] = True,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Make a newsletter: the period's stories, chosen, summarized, each line with its sources.

    Look at the choice with --dry-run, change it with --skip and --pin, then write it. Exits with
    1 if anything could not be read or written; what could be is printed.
    """
    if not sources and not library:
        raise typer.BadParameter("give at least one feed, URL, file or folder, or --library.")
    wanted = formats_of(formats, into_folder=output is not None)
    settings = with_wishes(
        settings_for(ctx, config, index), stories, words, keywords or [], sections or [], tone
    )
    files = Files(output, wanted, templates, overwrite=overwrite)
    files.check_folders(sources or [])
    bounds = bounds_of(since, until, days, settings)
    bar = _bar()
    made: Newsletter | None = None
    try:
        with bar, heeding_interrupts() as raise_if_interrupted:
            step = _steps(bar, raise_if_interrupted)
            found = articles_of(
                sources or [], settings, bounds, outlets or [], step, library=library
            )
            chosen = _plan(found, bounds, language, skip or [], pin or [], settings)
            if not dry_run:
                files.check_free(chosen)
                made = _write(chosen, settings, title, step, cache=cache)
    except KeyboardInterrupt:
        complain("interrupted. Stories that were written are kept; run the same command again.")
        raise typer.Exit(INTERRUPTED) from None
    if made is None:
        _show_choice(chosen, as_json=as_json)
    else:
        _deliver(made, files, as_json=as_json)
    if (made or chosen).failures:
        raise typer.Exit(1)


def _plan(
    found: Sequence[Article | Failure],
    bounds: Bounds,
    language: OutputLanguage | None,
    skip: Sequence[str],
    pin: Sequence[str],
    settings: Settings,
) -> Plan:
    from summarizer import newsletters

    return newsletters.plan(
        found, *bounds, language=language, unticked=skip, pinned=pin, settings=settings
    )


def _write(
    chosen: Plan, settings: Settings, title: str | None, step: Step, *, cache: bool
) -> Newsletter:
    from summarizer import newsletters

    return newsletters.write(
        chosen,
        settings,
        title=title,
        cache=cache,
        on_progress=lambda done, of, story: step(f"Writing: {story}", done, of),
    )


def _show_choice(chosen: Plan, *, as_json: bool) -> None:
    from summarizer.newsletters.records import plan_record

    if as_json:
        print_json(plan_record(chosen))
    else:
        show_plan(chosen)


def _deliver(made: Newsletter, files: Files, *, as_json: bool) -> None:
    """Write the files, or the one format to standard output, then the closing table."""
    contents, notes = files.contents(made)
    written = files.write(made, contents)
    for note in notes:
        err().print(f"Note: {visible(note)}", markup=False, soft_wrap=True)
    if as_json:
        from summarizer.newsletters.records import issue_record

        print_json({**issue_record(made), "files": [str(path) for path in written]})
        return
    if not written:
        for content in contents.values():
            sys.stdout.buffer.write(content)
            sys.stdout.flush()
    show_issue(made, written)


def _bar() -> Bar:
    """Return a progress bar on stderr; nothing is drawn where no one watches."""
    from rich import progress

    console = err()
    return progress.Progress(
        progress.SpinnerColumn(),
        progress.MofNCompleteColumn(),
        progress.BarColumn(bar_width=20),
        progress.TextColumn("{task.description}", markup=False),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )


def _steps(bar: Bar, raise_if_interrupted: Callable[[], None]) -> Step:
    """Return what shows one step of the work on the bar."""
    task = bar.add_task("Reading", total=None)

    def step(what: str, done: int, of: int | None) -> None:
        bar.update(task, description=visible(what), completed=done, total=of)
        raise_if_interrupted()

    return step
