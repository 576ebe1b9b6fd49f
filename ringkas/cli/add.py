"""``ringkas add``: read sources and put their articles into the index."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from ringkas.cli.interrupts import heeding_interrupts
from ringkas.cli.options import JsonOption, settings_for
from ringkas.cli.place import ConfigOption, IndexOption
from ringkas.cli.terminal import INTERRUPTED, complain, err, out, print_json, visible
from ringkas.settings import Settings
from ringkas.types import Article, Failure

if TYPE_CHECKING:
    from rich.progress import Progress

    from retrieval import AddReport


def add(
    ctx: typer.Context,
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SOURCE...",
            help="URLs of pages or feeds, files, folders, or - for standard input.",
        ),
    ] = None,
    samples: Annotated[
        bool, typer.Option("--samples", help="Add the sample articles that come with Ringkas.")
    ] = False,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Add articles to the index. Adding the same ones again changes nothing."""
    if not sources and not samples:
        raise typer.BadParameter("give at least one URL, file or folder, or --samples.")
    settings = settings_for(ctx, config, index)
    failures: list[Failure] = []
    report = _add(_articles(sources or [], samples, settings, failures), settings)
    _show(report, failures, settings, as_json)
    if failures:
        raise typer.Exit(1)


def _articles(
    sources: Sequence[str], samples: bool, settings: Settings, failures: list[Failure]
) -> Iterator[Article]:
    """Yield the articles of all sources; put the failures aside."""
    from ringkas import sources as reading

    if samples:
        yield from reading.samples()
    for source in sources:
        given = sys.stdin.buffer.read() if source == "-" else source
        for item in reading.iter_articles(given, settings):
            if isinstance(item, Failure):
                failures.append(item)
            else:
                yield item


def _add(articles: Iterator[Article], settings: Settings) -> AddReport:
    """Put the articles into the index as they are read, under a progress bar."""
    from retrieval import Index

    progress = _progress()
    task = progress.add_task("Opening the index", total=None)

    try:
        with progress, heeding_interrupts() as raise_if_interrupted:

            def step(done: int, total: int) -> None:
                progress.update(task, completed=done, total=max(done, total))
                raise_if_interrupted()

            library = Index.open(settings.index, settings)
            progress.update(task, description="Adding articles")
            return library.add(articles, on_progress=step)
    except KeyboardInterrupt:
        done = round(progress.tasks[0].completed)
        kept = f"The {done} articles done so far are kept" if done else "Nothing was added yet"
        complain(f"interrupted. {kept}; run the same command again to add the rest.")
        raise typer.Exit(INTERRUPTED) from None


def _progress() -> Progress:
    """Return a progress bar on stderr; nothing is drawn where no one watches."""
    from rich import progress

    console = err()
    return progress.Progress(
        progress.SpinnerColumn(),
        progress.TextColumn("{task.description}"),
        progress.BarColumn(bar_width=30),
        progress.TextColumn("{task.completed:.0f} done"),
        progress.TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )


def _show(
    report: AddReport, failures: Sequence[Failure], settings: Settings, as_json: bool
) -> None:
    figures = asdict(report)
    if as_json:
        failed = [{"source": each.source, "error": each.message} for each in failures]
        print_json({**figures, "failures": failed})
        return
    shown = ", ".join(f"{n} {name}" for name, n in figures.items() if n or name == "added")
    out().print(f"{shown} → {visible(settings.index)}", markup=False, soft_wrap=True)
    if failures:
        complain(f"{len(failures)} could not be added:")
    for failure in failures:
        named = failure.source in failure.message
        line = failure.message if named else f"{failure.source}: {failure.message}"
        err().print(f"  {visible(line)}", markup=False, soft_wrap=True)
