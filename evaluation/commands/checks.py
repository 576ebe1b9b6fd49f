"""What must hold: the floors of quality, and readers of files that take anything."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from evaluation.commands.options import ConfigOption, DataOption
from evaluation.data import data_folder


def gate(
    data: DataOption = None,
    config: ConfigOption = None,
    update: Annotated[
        bool, typer.Option("--update", help="Raise the floors to what is reached now.")
    ] = False,
    lower: Annotated[
        str | None,
        typer.Option(
            "--lower", metavar="REASON", help="Lower floors too; REASON goes into CHANGELOG.md."
        ),
    ] = None,
) -> None:
    """Fail where quality is below its pinned floor."""
    from evaluation.gating import run
    from ringkas.settings import load_settings

    folder = data_folder(data) if data else None
    run(folder, load_settings(config), update=update, lower=lower)


def fuzz(
    minutes: Annotated[float, typer.Option(min=0, help="How long, for all readers together.")] = 10,
    readers: Annotated[
        list[str] | None, typer.Option("--reader", help="Only this reader; repeatable.")
    ] = None,
    engine: Annotated[
        str, typer.Option(help="'hypothesis', or 'atheris', which follows what the code does.")
    ] = "hypothesis",
    corpus: Annotated[
        Path, typer.Option(help="Where inputs that fail are kept; the tests read them again.")
    ] = Path("tests/data/fuzz"),
) -> None:
    """Feed odd and hostile input to every reader of files. Fails where one breaks its promise."""
    from evaluation.fuzzing.hunting import hunt
    from evaluation.fuzzing.targets import TARGETS

    names = readers or list(TARGETS)
    if unknown := sorted({*names} - {*TARGETS}):
        raise typer.BadParameter(f"no reader '{unknown[0]}'; known: {', '.join(TARGETS)}")
    if engine not in ("hypothesis", "atheris"):
        raise typer.BadParameter(f"no engine '{engine}'; known: hypothesis, atheris")
    found = [one for each in hunt(names, 60 * minutes, engine, typer.echo) for one in each.findings]
    for finding in found:
        typer.echo(f"{finding.save(corpus)}: {finding.problem}", err=True)
    if found:
        raise typer.Exit(1)
