"""``ringkas eval``: the measurements, which have a command line of their own."""

from __future__ import annotations

import typer

evaluate = typer.Typer(add_completion=False)


@evaluate.command(
    add_help_option=False,
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
)
def _evaluate(ctx: typer.Context) -> None:
    """Measure quality and speed; 'ringkas eval --help' lists the measurements."""
    from evaluation.commands import app

    app(args=ctx.args, prog_name="ringkas eval")
