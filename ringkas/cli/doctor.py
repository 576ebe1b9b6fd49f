"""``ringkas doctor``: what is here, what the configuration means, and what is wrong."""

from __future__ import annotations

from typing import Annotated

import typer

from ringkas.cli.options import chosen_config, settings_for
from ringkas.cli.place import ConfigOption, IndexOption
from ringkas.cli.terminal import out, visible

_SIGNS = {"ok": ("ok", "green"), "note": ("note", "yellow"), "broken": ("broken", "bold red")}


def doctor(
    ctx: typer.Context,
    share: Annotated[
        bool,
        typer.Option("--share", help="Print a report for others: no paths, names or addresses."),
    ] = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Show what is installed, which models are here, and what needs the network.

    Exits with 1 when something is broken that Ringkas cannot do without.
    """
    from rich.table import Table
    from rich.text import Text

    from ringkas.cli import checks

    settings = settings_for(ctx, config, index)
    chosen = chosen_config(ctx, config)
    found = checks.all_checks(settings, chosen)
    if share:
        from ringkas.cli.sharing import report

        typer.echo(report(settings, chosen, found))
        return
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True, style="bold")
    table.add_column(overflow="fold")
    for check in found:
        table.add_row(Text(*_SIGNS[check.state]), check.name, Text(visible(check.detail)))
    out().print(table)
    if any(check.state == "broken" for check in found):
        raise typer.Exit(1)
