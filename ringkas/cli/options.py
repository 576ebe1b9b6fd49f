"""Options that several commands share."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ringkas.cli.place import Place
from ringkas.errors import StoreError
from ringkas.runtime import prepare_libraries
from ringkas.settings import Settings, load_settings
from ringkas.types import Article, Language

if TYPE_CHECKING:
    from retrieval import Filters, Index

_DAY, _DAY_SHOWN = ["%Y-%m-%d"], "YYYY-MM-DD"

JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]
SourceOption = Annotated[
    list[str] | None,
    typer.Option("--source", metavar="OUTLET", help="Only articles of this outlet; repeatable."),
]
LanguageOption = Annotated[
    Language | None, typer.Option("--language", help="Only articles in this language.")
]
SinceOption = Annotated[
    datetime | None,
    typer.Option(formats=_DAY, metavar=_DAY_SHOWN, help="Only articles of this day or later."),
]
UntilOption = Annotated[
    datetime | None,
    typer.Option(formats=_DAY, metavar=_DAY_SHOWN, help="Only articles of this day or earlier."),
]


def settings_for(ctx: typer.Context, config: str | None, index: str | None) -> Settings:
    """Return the settings; what is named after the command wins over what is named before it.

    The model libraries read their environment when they are imported, so it is set here, before.

    Raises:
        SettingsError: the configuration cannot be used.
    """
    settings = load_settings(chosen_config(ctx, config))
    prepare_libraries(offline=settings.offline)
    folder = index or ctx.obj.index
    return dataclasses.replace(settings, index=folder) if folder else settings


def chosen_config(ctx: typer.Context, config: str | None) -> str | None:
    """Return the configuration that was named, on the command line or in the environment."""
    place: Place = ctx.obj
    return config or place.config or os.environ.get("RINGKAS_CONFIG")


def open_index(settings: Settings) -> Index:
    """Return the index the settings name, which must be there.

    Raises:
        StoreError: there is no index, or it cannot be opened.
    """
    from retrieval import Index

    return Index.open(settings.index, settings, create=False)


def has_index(settings: Settings) -> bool:
    """Tell whether the index may be there; one on object storage is not looked for."""
    return "://" in settings.index or Path(settings.index).is_dir()


def find(index: Index, article_id: str) -> Article | None:
    """Return the article with this id, or None where the index has none."""
    try:
        return index.article(article_id)
    except StoreError:
        return None


def missing(index: Index, article_ids: Iterable[str]) -> str:
    """Return what to say of the ids that the index does not have; "" where it has them all."""
    unknown = [id_ for id_ in article_ids if find(index, id_) is None]
    if not unknown:
        return ""
    return f"not in the index: {', '.join(unknown)}. 'ringkas articles' lists the ids."


def filters(
    since: datetime | None = None,
    until: datetime | None = None,
    sources: list[str] | None = None,
    language: Language | None = None,
    article_ids: list[str] | None = None,
) -> Filters:
    """Return the filters that were asked for."""
    from retrieval import Filters

    return Filters(
        since=since.date() if since else None,
        until=until.date() if until else None,
        sources=tuple(sources or ()),
        languages=(language,) if language else (),
        article_ids=tuple(article_ids or ()),
    )
