"""``ringkas mcp``: the library as tools for assistants."""

from __future__ import annotations

import dataclasses
from typing import Annotated, Literal

import typer

from ringkas import observing
from ringkas.cli.options import settings_for
from ringkas.cli.place import ConfigOption, IndexOption
from ringkas.errors import MissingExtraError


def mcp(
    ctx: typer.Context,
    http: Annotated[
        bool, typer.Option("--http", help="Over HTTP on this machine instead of stdin and stdout.")
    ] = False,
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port for HTTP.")] = 8000,
    log: Annotated[
        Literal["text", "json"] | None, typer.Option("--log", help="How to write the log.")
    ] = None,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Serve 'ask', 'search' and 'summarize' to assistants by the Model Context Protocol.

    An assistant starts this command by itself: see docs/mcp.md. Nothing is ever written.
    """
    settings = settings_for(ctx, config, index)
    logs = dataclasses.replace(settings.log, format=log) if log else settings.log
    settings = dataclasses.replace(settings, log=logs)
    observing.prepare_logs(settings)
    try:
        from ringkas.mcp.server import serve
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] != "mcp":
            raise
        raise MissingExtraError("mcp", "mcp", "The MCP server") from error
    serve(settings, "http" if http else "stdio", port)
