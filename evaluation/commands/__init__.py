"""The commands: ``ringkas eval ...`` or ``python -m evaluation ...``."""

from __future__ import annotations

import typer

from evaluation.commands.answers import passages, qa, retrieval
from evaluation.commands.checks import fuzz, gate
from evaluation.commands.costs import batch, generation, load, scale, speed
from evaluation.commands.writing import entailment, generator, stories, summaries, support

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Measure quality and speed; pages with tables, plots and figures go to docs/evaluation.",
)


@app.callback()
def _start() -> None:
    from ringkas.runtime import prepare_libraries

    prepare_libraries()


for command in (
    *(retrieval, passages, qa),
    *(summaries, support, entailment, stories, generator),
    *(speed, batch, scale, load, generation),
    *(fuzz, gate),
):
    app.command()(command)
