"""``ringkas models``: make a checkpoint loadable by today's transformers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ringkas.cli.options import settings_for
from ringkas.cli.place import ConfigOption
from ringkas.cli.terminal import err, out, visible

if TYPE_CHECKING:
    from ringkas.generation.indobart import Conversion

models = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help="Prepare models that transformers cannot load as they are.",
)

_VERSIONS = {"v1": "IndoBART", "v2": "IndoBART-v2", "unknown": "IndoBART, version unknown"}


@models.callback()
def _models() -> None:
    """Keep 'convert' a command of its own while it is the only one."""


@models.command()
def convert(
    ctx: typer.Context,
    checkpoint: Annotated[
        str, typer.Argument(metavar="PATH_OR_NAME", help="A folder, or a name on the model Hub.")
    ],
    to: Annotated[
        Path | None,
        typer.Option("--to", metavar="FOLDER", help="Where to write it; the cache by default."),
    ] = None,
    tokenizer: Annotated[
        str | None,
        typer.Option(
            metavar="PATH_OR_NAME",
            help="The model whose vocabulary to take, where the checkpoint comes without one.",
        ),
    ] = None,
    config: ConfigOption = None,
) -> None:
    """Convert an IndoBART checkpoint into a folder that AutoTokenizer and AutoModel load.

    Prints the folder, ready to be named as generator.model. The Hub is asked only with a
    configuration that says so: --config indobart.
    """
    offline = settings_for(ctx, config, None).offline
    if to is None and tokenizer is None:
        from ringkas.generation.indobart import converted

        out().print(str(converted(checkpoint, offline=offline)), soft_wrap=True, markup=False)
        return
    if to is None:
        raise typer.BadParameter("name the folder to write with --to", param_hint="--tokenizer")
    _report(_convert(checkpoint, tokenizer, to, offline))


def _convert(checkpoint: str, tokenizer: str | None, to: Path, offline: bool) -> Conversion:
    from ringkas.generation.indobart import Source, convert, fetch, is_hub_name

    folder = fetch(checkpoint, offline=offline)
    name = checkpoint if is_hub_name(checkpoint) else ""
    if tokenizer is None:
        return convert(Source(folder, folder, name, name), to)
    vocabulary = fetch(tokenizer, offline=offline, weights=False)
    vocabulary_name = tokenizer if is_hub_name(tokenizer) else ""
    return convert(Source(folder, vocabulary, name, vocabulary_name), to)


def _report(done: Conversion) -> None:
    known = "gives the ids its authors printed" if done.published else "is not one of its authors'"
    err().print(
        f"{_VERSIONS[done.version]}; the vocabulary ({done.fingerprint[:12]}) {known}; "
        f"{done.tested} texts get the same ids as from sentencepiece",
        soft_wrap=True,
    )
    out().print(visible(str(done.folder)), soft_wrap=True, markup=False)
