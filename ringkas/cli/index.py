"""``ringkas index``: copy, verify, rebuild, compact and back up whole indexes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ringkas.cli.interrupts import heeding_interrupts
from ringkas.cli.options import JsonOption, settings_for
from ringkas.cli.place import ConfigOption, IndexOption
from ringkas.cli.terminal import INTERRUPTED, complain, err, out, print_json, visible

if TYPE_CHECKING:
    from retrieval.verifying import Verification

index = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help="Copy, verify, rebuild, compact and back up whole indexes.",
)

TargetArgument = Annotated[
    str,
    typer.Argument(
        metavar="TARGET", help="A folder, s3://BUCKET/PREFIX, milvus://HOST:PORT/DB, or NAME.db."
    ),
]


@index.command()
def copy(
    ctx: typer.Context,
    target: TargetArgument,
    config: ConfigOption = None,
    source: IndexOption = None,
) -> None:
    """Copy the index into another store. Nothing is embedded again.

    Interrupted, the same command goes on; run later, it brings what is new. Nothing is removed
    from the target.
    """
    from retrieval.copying import copy_index

    settings = settings_for(ctx, config, source)
    with _watched("Copying", "run the same command again to copy the rest.") as step:
        report = copy_index(settings.index, target, settings, step)
    _say(
        f"{report.copied} articles with {report.passages} passages copied, "
        f"{report.unchanged} there already → {target}"
    )


@index.command()
def verify(
    ctx: typer.Context,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    place: IndexOption = None,
) -> None:
    """Read the whole index and say what is wrong with it. Nothing is changed.

    Exits with 1 when something is wrong.
    """
    from retrieval.verifying import verify as verify_index

    settings = settings_for(ctx, config, place)
    with _watched("Verifying", "nothing was changed.") as step:
        found = verify_index(settings.index, settings, step)
    if as_json:
        print_json({**asdict(found), "sound": found.sound})
    else:
        _show(found)
    if not found.sound:
        raise typer.Exit(1)


@index.command()
def rebuild(
    ctx: typer.Context,
    target: TargetArgument,
    config: ConfigOption = None,
    source: IndexOption = None,
) -> None:
    """Make a new index of the articles, cut and embedded as the settings now say.

    The old index stays as it is. Passages that read as before are not embedded again.
    Interrupted, the same command goes on.
    """
    from retrieval.copying import rebuild as rebuild_index

    settings = settings_for(ctx, config, source)
    with _watched("Rebuilding", "run the same command again to add the rest.") as step:
        report = rebuild_index(settings.index, target, settings, step)
    done = report.articles
    _say(
        f"{done.added} added, {done.unchanged} there already, {report.embedded} passages embedded "
        f"→ {target}"
    )


@index.command()
def compact(ctx: typer.Context, config: ConfigOption = None, place: IndexOption = None) -> None:
    """Merge the index's files and give back the room of what was replaced.

    What was replaced in the last ten minutes stays, for somebody may be reading it.
    """
    from retrieval.copying import compact as compact_index

    settings = settings_for(ctx, config, place)
    before = _room(settings.index)
    compact_index(settings.index, settings)
    after = _room(settings.index)
    sizes = "" if before is None or after is None else f": {before:,.1f} MB, now {after:,.1f} MB"
    _say(f"{settings.index} compacted{sizes}")


@index.command()
def backup(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A new folder.")],
    config: ConfigOption = None,
    source: IndexOption = None,
) -> None:
    """Write the index as it is at this moment into a new folder, while others go on writing.

    A backup is an index: --index FOLDER opens it, 'ringkas --index FOLDER index copy' restores it.
    """
    from retrieval.copying import back_up

    settings = settings_for(ctx, config, source)
    with _watched("Backing up", "nothing was kept; run the command again.") as step:
        report = back_up(settings.index, folder, settings, step)
    _say(f"{report.copied} articles with {report.passages} passages backed up → {folder}")


@contextmanager
def _watched(doing: str, when_interrupted: str) -> Iterator[Callable[[int, int], None]]:
    """Yield what is to be called with (done, total); show it on stderr where someone watches."""
    from rich import progress

    console = err()
    bar = progress.Progress(
        progress.SpinnerColumn(),
        progress.TextColumn("{task.description}"),
        progress.BarColumn(bar_width=30),
        progress.MofNCompleteColumn(),
        progress.TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
    task = bar.add_task(doing, total=None)
    try:
        with bar, heeding_interrupts() as raise_if_interrupted:

            def step(done: int, total: int) -> None:
                bar.update(task, completed=done, total=total)
                raise_if_interrupted()

            yield step
    except KeyboardInterrupt:
        complain(f"interrupted after {bar.tasks[0].completed:.0f} articles; {when_interrupted}")
        raise typer.Exit(INTERRUPTED) from None


def _show(found: Verification) -> None:
    _say(f"{found.place}: {found.articles} articles, {found.passages} passages read")
    for finding in found.findings:
        named = ", ".join(finding.examples)
        more = ", …" if finding.count > len(finding.examples) else ""
        mark = "note" if finding.harmless else "wrong"
        _say(f"{mark}: {finding.count} {finding.meaning}: {named}{more}")
    if found.sound:
        _say("The index is sound.")
    else:
        complain("the index is not sound. Make a new one of its articles: ringkas index rebuild")


def _say(line: str) -> None:
    out().print(visible(line), markup=False, soft_wrap=True)


def _room(place: str) -> float | None:
    """Return what a folder takes on disk in megabytes, None for other places."""
    if not Path(place).is_dir():
        return None
    return sum(file.stat().st_size for file in Path(place).rglob("*") if file.is_file()) / 1e6
