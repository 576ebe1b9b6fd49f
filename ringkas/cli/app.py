"""The commands put together, and what happens when one of them fails."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from ringkas import __version__
from ringkas.cli.later import Later, LaterGroup
from ringkas.cli.place import ConfigOption, IndexOption, Place
from ringkas.cli.terminal import INTERRUPTED, complain
from ringkas.errors import RingkasError

COMMANDS = (
    Later(
        "add",
        "ringkas.cli.add:add",
        "Add articles to the index. Adding the same ones again changes nothing.",
    ),
    Later(
        "ask",
        "ringkas.cli.ask:ask",
        "Ask the articles in the index; the answer comes with the sentences it rests on.",
    ),
    Later(
        "summarize",
        "ringkas.cli.summarize:summarize",
        "Summarize one article, and check what a model wrote against it.",
    ),
    Later(
        "digest",
        "ringkas.cli.digest:digest",
        "Summarize one story that several articles tell, each sentence with its sources.",
    ),
    Later(
        "newsletter",
        "ringkas.cli.newsletter:newsletter",
        "Make a newsletter: the period's stories, chosen, summarized, each line with its sources.",
    ),
    Later(
        "batch",
        "ringkas.cli.batch:batch",
        "Summarize many articles into a table, one row an article.",
    ),
    Later(
        "articles", "ringkas.cli.library:articles", "List the articles in the index, newest first."
    ),
    Later("remove", "ringkas.cli.library:remove", "Remove articles from the index."),
    Later(
        "ui",
        "ringkas.cli.page:ui",
        "Start the page in the browser: ask, summarize, and keep a library.",
    ),
    Later(
        "mcp",
        "ringkas.cli.mcp:mcp",
        "Serve 'ask', 'search' and 'summarize' to assistants by the Model Context Protocol.",
    ),
    Later(
        "doctor",
        "ringkas.cli.doctor:doctor",
        "Show what is installed, which models are here, and what needs the network.",
    ),
    Later(
        "eval",
        "ringkas.cli.evaluate:evaluate",
        "Measure quality and speed; 'ringkas eval --help' lists the measurements.",
    ),
    Later(
        "index",
        "ringkas.cli.index:index",
        "Copy, verify, rebuild, compact and back up whole indexes.",
    ),
    Later(
        "models",
        "ringkas.cli.models:models",
        "Prepare models that transformers cannot load as they are.",
    ),
    Later("train", "ringkas.cli.train:train", "Train models on data of your own."),
    Later("users", "ringkas.cli.users:users", "Add, list and remove who may sign in to the page."),
)


class _Commands(LaterGroup):
    """Turns our own errors into one line on stderr; others keep their traceback."""

    later = COMMANDS

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
    cls=_Commands,
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
