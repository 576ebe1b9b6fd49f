"""``ringkas batch``: many articles into a table of summaries."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import redirect_stdout
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from ringkas.cli.interrupts import heeding_interrupts
from ringkas.cli.options import (
    JsonOption,
    SinceOption,
    UntilOption,
    filters,
    open_index,
    settings_for,
)
from ringkas.cli.place import ConfigOption, IndexOption
from ringkas.cli.summarize import Method
from ringkas.cli.terminal import INTERRUPTED, complain, err, out, print_json, visible
from ringkas.settings import Settings
from ringkas.types import Article, OutputLanguage, Style

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

    from summarizer.batching import BatchReport, Progress, RayCluster


def batch(
    ctx: typer.Context,
    output: Annotated[
        Path,
        typer.Option("--output", "-o", metavar="FILE", help="A .jsonl, .csv or .parquet file."),
    ],
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SOURCE...",
            help="Tables (JSONL, CSV), folders, files, feeds, URLs, a file that lists URLs, or - "
            "for standard input.",
        ),
    ] = None,
    library: Annotated[
        bool, typer.Option("--library", help="The articles in the index, too.")
    ] = False,
    since: SinceOption = None,
    until: UntilOption = None,
    max_words: Annotated[
        int | None,
        typer.Option(
            "--max-words", "--words", min=1, help="The longest summary.", show_default="60"
        ),
    ] = None,
    style: Annotated[Style, typer.Option(help="The form of the summaries.")] = "paragraph",
    method: Annotated[
        Method,
        typer.Option(
            help="Chosen sentences, the first ones, or written by the configured model; auto "
            "lets the model write where there is one."
        ),
    ] = "auto",
    language: Annotated[
        OutputLanguage | None, typer.Option(help="Their language; else that of each article.")
    ] = None,
    resume: Annotated[
        bool, typer.Option(help="Go on where it stopped, or begin anew and replace FILE.")
    ] = True,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Try again what failed before.")
    ] = False,
    cache: Annotated[
        bool, typer.Option(help="Take over what any batch has summarized before.")
    ] = True,
    engine: Annotated[
        Literal["local", "ray"],
        typer.Option(help="Summarize in this process, or on a Ray cluster."),
    ] = "local",
    address: Annotated[
        str | None,
        typer.Option(
            metavar="HOST:PORT",
            help="The Ray cluster; else that of RAY_ADDRESS, or on this machine.",
        ),
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(help="Processes on Ray.", show_default="as many as there is room for"),
    ] = None,
    cpus: Annotated[
        float | None, typer.Option(help="Cores for each of them.", show_default="1")
    ] = None,
    gpus: Annotated[
        float | None, typer.Option(help="GPUs for each of them.", show_default="0")
    ] = None,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Summarize many articles into a table, one row an article.

    Run the same command again to go on after an interruption or to bring the table up to date.
    Exits with 1 if anything failed; the rows say what.
    """
    if not sources and not library:
        raise typer.BadParameter("give at least one URL, file or folder, or --library.")
    if (since or until) and not library:
        raise typer.BadParameter("--since and --until choose from the index: add --library.")
    settings = settings_for(ctx, config, index)
    stored = open_index(settings).articles(filters(since, until)) if library else []
    asked = {
        "language": language,
        "max_words": max_words or settings.summary.max_words,
        "style": style,
        "method": method,
        "resume": resume,
        "retry_failed": retry_failed,
        "cache": cache,
        "engine": _engine(engine, address=address, workers=workers, cpus=cpus, gpus=gpus),
    }
    report = _run(_given(sources or [], stored), output, settings, asked)
    if as_json:
        print_json({**asdict(report), "output": str(report.output)})
    else:
        _show(report)
    if not report.sound:
        raise typer.Exit(1)


def _engine(engine: str, **asked: Any) -> str | RayCluster:
    """Return where to summarize; ``asked`` describes a cluster."""
    from summarizer.batching import RayCluster

    given = {name: value for name, value in asked.items() if value is not None}
    if engine != "ray" and given:
        names = ", ".join(f"--{name}" for name in given)
        raise typer.BadParameter(f"{names} describes a Ray cluster: add --engine ray.")
    return RayCluster(**given) if engine == "ray" else "local"


def _given(sources: Sequence[str], stored: Sequence[Article]) -> list[str | bytes | Article]:
    read = (sys.stdin.buffer.read() if source == "-" else source for source in sources)
    return [*read, *stored]


def _run(
    sources: Sequence[str | bytes | Article],
    output: Path,
    settings: Settings,
    asked: dict[str, Any],
) -> BatchReport:
    """Run the batch under a progress bar, and end well when it is interrupted."""
    import summarizer

    bar = _bar()
    task = bar.add_task("Reading", total=None, failed="", pace="")
    try:
        # Ray reports dead workers on standard output, which is for our own.
        with bar, redirect_stdout(sys.stderr), heeding_interrupts() as raise_if_interrupted:

            def step(now: Progress) -> None:
                failed = f"{now.failed} failed" if now.failed else ""
                bar.update(
                    task, description="Summarizing", completed=now.done, total=now.total,
                    failed=failed, pace=_pace(now),
                )  # fmt: skip
                raise_if_interrupted()

            return summarizer.batch(sources, output, settings=settings, progress=step, **asked)
    except KeyboardInterrupt:
        complain(
            f"interrupted. What is done so far is in '{output}'; run the same command again to "
            "go on."
        )
        raise typer.Exit(INTERRUPTED) from None


def _bar() -> Bar:
    """Return a progress bar on stderr; nothing is drawn where no one watches."""
    from rich import progress

    console = err()
    return progress.Progress(
        progress.SpinnerColumn(),
        progress.TextColumn("{task.description}"),
        progress.BarColumn(bar_width=30),
        progress.MofNCompleteColumn(),
        progress.TextColumn("{task.fields[pace]}"),
        progress.TextColumn("{task.fields[failed]}", style="red"),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )


def _pace(now: Progress) -> str:
    rate = f"{now.rate:.1f}/s" if now.rate else ""
    left = f"{_clock(now.left)} left" if now.left is not None else ""
    return " ".join(part for part in (rate, left) if part)


def _clock(seconds: float) -> str:
    minutes, second = divmod(round(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}"


def _show(report: BatchReport) -> None:
    """Print the closing table, then where the rows are."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column()
    table.add_column(justify="right")
    for name, count in _figures(report):
        table.add_row(name, f"{count:,}")
    console = out()
    console.print(table)
    pace = f", {report.rate:.1f} articles/s" if report.rate else ""
    rows = f"{report.rows:,} rows in {_clock(report.seconds)}{pace} → {visible(str(report.output))}"
    console.print(rows, markup=False, soft_wrap=True)
    for note in report.notes:
        err().print(f"Note: {visible(note)}", markup=False, soft_wrap=True)


def _figures(report: BatchReport) -> Iterator[tuple[str, int]]:
    yield "summarized", report.summarized
    yield "from the cache", report.cached
    yield from _unless_zero("unchanged", report.unchanged)
    yield from _unless_zero("chosen sentences where a model should write", report.stand_ins)
    yield from _unless_zero("given more than once", report.repeated)
    yield from _unless_zero("could not be read again, kept as before", report.stale)
    yield from _unless_zero("of earlier runs, not in this input", report.others)
    yield from _unless_zero("damaged lines of the journal, done again", report.damaged)
    yield "failed", report.failed
    for kind, count in sorted(report.failures.items(), key=lambda item: (-item[1], item[0])):
        yield f"  {kind}", count


def _unless_zero(name: str, count: int) -> Iterator[tuple[str, int]]:
    if count:
        yield name, count
