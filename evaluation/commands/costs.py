"""What it costs: time, memory, size, and many readers at once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from evaluation.commands.options import ConfigOption, DataOption, OutOption
from evaluation.data import data_folder
from evaluation.report import FOLDER


def speed(
    data: DataOption = None,
    config: ConfigOption = None,
    out: OutOption = None,
    added: Annotated[int, typer.Option(help="How many articles to add while timing.")] = 216,
) -> None:
    """Time the start, answers and adding, and measure memory. Run it on an idle machine."""
    from evaluation import speed as measuring
    from evaluation.report import show, write
    from ringkas.settings import load_settings

    table = measuring.report(data_folder(data), load_settings(config), added)
    show([table])
    typer.echo(f"Wrote {write(out or FOLDER, 'speed', 'Speed', [table])}")


def batch(
    data: DataOption = None,
    out: OutOption = None,
    sizes: Annotated[
        list[int] | None,
        typer.Option("--size", min=2, help="So many articles; repeatable. 100, 1,000 and 5,000."),
    ] = None,
    plain: Annotated[
        int, typer.Option(help="Summarize so many in a plain loop, too; 0 for none.")
    ] = 100,
    writing: Annotated[
        int, typer.Option(help="Take so many through a model that writes, too; 0 for none.")
    ] = 24,
    method: Annotated[
        str, typer.Option(help="The method of the summaries; 'lead' needs no model.")
    ] = "auto",
) -> None:
    """Measure what batches cost as they grow, and next to a plain loop over transformers."""
    from evaluation import batch as measuring
    from evaluation.report import show, write

    wanted = sorted(set(sizes or measuring.SIZES))
    name = measuring.page_name(method)
    found = measuring.report(data_folder(data), wanted, plain, writing, method, typer.echo)
    for tables, plots in found:
        page = write(out or FOLDER, name, "Batches", tables, plots)
    show(tables)
    typer.echo(f"Wrote {page}")


def scale(
    data: DataOption = None,
    out: OutOption = None,
    work: Annotated[
        Path | None,
        typer.Option(help="Where indexes are built, to go on there; the cache folder by default."),
    ] = None,
    sizes: Annotated[
        list[int] | None,
        typer.Option(
            "--size", min=100, help="So many passages; repeatable. 20,000, 200,000, 1,000,000."
        ),
    ] = None,
    embedded: Annotated[
        int, typer.Option(min=100, help="Embed so many passages; other vectors are made up.")
    ] = 1024,
    questions: Annotated[int, typer.Option(min=1, help="Search for so many questions.")] = 60,
    writes: Annotated[int, typer.Option(min=1, help="Add and replace so many articles.")] = 10,
) -> None:
    """Measure an index as it grows: building, searching, recall, writing. It can be interrupted."""
    from evaluation.report import show, write
    from evaluation.scaling import report
    from evaluation.scaling.stages import SIZES, Plan, run
    from ringkas.settings import cache_folder

    folder = work or cache_folder() / "evaluation" / "scale"
    wanted = tuple(sorted(set(sizes or SIZES)))
    plan = Plan(data_folder(data), folder, wanted, embedded, questions, writes)
    found = list(run(plan, typer.echo))
    tables = report.tables(found, plan.corpus(typer.echo))
    show(tables)
    page = write(out or FOLDER, "scale", "Scale", tables, report.plots(found))
    typer.echo(f"Wrote {page}")


def load(
    out: OutOption = None,
    users: Annotated[int, typer.Option(min=1, max=77, help="So many simultaneous readers.")] = 50,
    seconds: Annotated[
        float, typer.Option(min=5, help="So long without, and as long with an editor who adds.")
    ] = 60,
) -> None:
    """Let many simulated readers onto the page at once, on this machine alone."""
    from evaluation.loading.report import Plan, report
    from evaluation.report import show, write

    tables = report(Plan(users=users, quiet=seconds, adding=seconds))
    show(tables)
    page = write(out or FOLDER, "load", "Many readers at once", tables)
    typer.echo(f"Wrote {page}")


def generation(
    out: OutOption = None,
    rounds: Annotated[int, typer.Option(min=1, help="Time each work so many times.")] = 3,
    one_thread: Annotated[
        bool, typer.Option("--one-thread", help="Count processor time on one thread, if not idle.")
    ] = False,
) -> None:
    """Time the engines that write summaries, on one model, on an idle machine or one thread."""
    from evaluation.generation_speed import report as measure
    from evaluation.report import show, write

    table = measure(rounds, one_thread=one_thread)
    show([table])
    page = write(out or FOLDER, "generation-speed", "Speed of writing", [table])
    typer.echo(f"Wrote {page}")
