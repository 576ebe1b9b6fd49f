"""``ringkas ui``: start the page."""

from __future__ import annotations

import dataclasses
from typing import Annotated, Any, Literal

import typer

from ringkas import observing
from ringkas.cli.options import settings_for
from ringkas.cli.place import ConfigOption, IndexOption
from ringkas.types import OutputLanguage


def ui(
    ctx: typer.Context,
    host: Annotated[str | None, typer.Option(help="The address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="The port.")] = None,
    language: Annotated[
        OutputLanguage | None, typer.Option(help="The language of the page at start.")
    ] = None,
    log: Annotated[
        Literal["text", "json"] | None, typer.Option("--log", help="How to write the log.")
    ] = None,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Start the page in the browser: ask, summarize, and keep a library."""
    settings = settings_for(ctx, config, index)
    given: dict[str, Any] = {"host": host, "port": port, "language": language}
    changed = {name: value for name, value in given.items() if value is not None}
    page = dataclasses.replace(settings.page, **changed)
    logs = dataclasses.replace(settings.log, format=log) if log else settings.log
    settings = dataclasses.replace(settings, page=page, log=logs)
    observing.prepare_logs(settings)
    from ringkas.page.opening import lean_import, opened

    on = opened(settings)
    with lean_import():
        import ui as gradio_page
    gradio_page.launch(settings, on=on)
