"""The commands put together, and what happens when one of them fails."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from ringkas import __version__
from ringkas.cli.add import add
from ringkas.cli.ask import ask
from ringkas.cli.batch import batch
from ringkas.cli.digest import digest
from ringkas.cli.doctor import doctor
from ringkas.cli.index import index
from ringkas.cli.library import articles, remove
from ringkas.cli.mcp import mcp
from ringkas.cli.models import models
from ringkas.cli.newsletter import newsletter
from ringkas.cli.options import ConfigOption, IndexOption, Place
from ringkas.cli.page import ui
from ringkas.cli.summarize import summarize
from ringkas.cli.terminal import INTERRUPTED, complain
from ringkas.cli.train import train
from ringkas.cli.users import users
from ringkas.errors import RingkasError


class _Guarded(TyperGroup):
    """Turns our own errors into one line on stderr; others keep their traceback."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except RingkasError as error:
            complain(str(error))
            raise typer.Exit(1) from None
        except KeyboardInterrupt:
            complain("interrupted.")
            raise typer.Exit(INTERRUPTED) from None


app = typer.Typer(
    cls=_Guarded,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Ask and summarize Indonesian and English news, offline; every answer shows its source.",
    epilog="Start with:  ringkas add --samples  and  ringkas ask 'Siapa yang membuka rapat?'",
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"ringkas {__version__}")
        raise typer.Exit


@app.callback()
def _globals(
    ctx: typer.Context,
    config: ConfigOption = None,
    index: IndexOption = None,
    _version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    ctx.obj = Place(config, index)


for command in (add, ask, summarize, digest, newsletter, batch, articles, remove, ui, mcp, doctor):
    app.command()(command)
app.add_typer(index, name="index")
app.add_typer(models, name="models")
app.add_typer(train, name="train")
app.add_typer(users, name="users")


@app.command(
    "eval",
    add_help_option=False,
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
)
def _evaluate(ctx: typer.Context) -> None:
    """Measure quality and speed; 'ringkas eval --help' lists the measurements."""
    from evaluation.commands import app as evaluation

    evaluation(args=ctx.args, prog_name="ringkas eval")
