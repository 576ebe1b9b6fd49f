"""Templates: ours, or a user's in their place, in a sandbox and with errors that name the line."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
    select_autoescape,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment

from ringkas.errors import RingkasError
from summarizer.newsletters.rendering.markdown import escape_markdown, markdown_link
from summarizer.newsletters.rendering.wrapping import wrapped

FOLDER = Path(__file__).parent.parent / "templates"
OWN = "ringkas"  # the prefix under which a user's template reaches ours


class NewsletterTemplateError(RingkasError):
    """A newsletter's template is missing, or cannot be set; the message names file and line."""


def fill(name: str, values: Mapping[str, Any], folder: Path | None) -> str:
    """Return the template ``name`` filled with ``values``, from ``folder`` if it is there.

    Raises:
        NewsletterTemplateError: the template is wrong, uses a variable that does not exist, or
            does what templates may not do.
    """
    environment = _environment(folder, name.rpartition(".")[2])
    try:
        return environment.get_template(name).render(values)
    except TemplateSyntaxError as error:
        place = Path(error.filename or error.name or name)
        raise _wrong(place, error.lineno, error.message or "wrong syntax") from error
    except RecursionError as error:
        raise _wrong(Path(name), None, "it includes itself without end") from error
    except Exception as error:
        # A filter or a call in a template may raise anything; the template is named all the same.
        found, line = _place(error, folder)
        raise _wrong(found or Path(name), line, _reason(error)) from error


def check_folder(folder: Path) -> None:
    """Make sure that a folder holds at least one template of a name that is looked for.

    Raises:
        NewsletterTemplateError: there is no such folder, or nothing in it would be used.
    """
    ours = sorted(path.name for path in FOLDER.iterdir() if path.is_file())
    if not folder.is_dir():
        raise NewsletterTemplateError(
            f"there is no folder {folder} with templates. Name a folder that holds one or more of "
            f"{', '.join(ours)}; those it lacks are taken from Ringkas."
        )
    found = sorted(path.name for path in folder.iterdir())
    if not set(found) & set(ours):
        raise NewsletterTemplateError(
            f"no template in {folder} would be used: it holds {', '.join(found) or 'nothing'}. "
            f"Name the files as they are in Ringkas: {', '.join(ours)}."
        )


def _environment(folder: Path | None, kind: str) -> Environment:
    return _kept(folder, kind) if folder is None else _fresh(folder, kind)


@cache
def _kept(folder: None, kind: str) -> Environment:
    return _fresh(folder, kind)


def _fresh(folder: Path | None, kind: str) -> Environment:
    """Return an environment for one kind of file: what it prints is escaped for that kind.

    In Markdown the printed value is marked as safe for HTML before Jinja would escape it for HTML.
    """
    own = FileSystemLoader(FOLDER)
    places = [own] if folder is None else [FileSystemLoader(folder), own]
    environment = ImmutableSandboxedEnvironment(
        loader=ChoiceLoader([*places, PrefixLoader({OWN: own})]),
        autoescape=select_autoescape(("html", "md"), default=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        **({"finalize": escape_markdown} if kind == "md" else {}),
    )
    filters: dict[str, Callable[..., Any]] = {"wrapped": wrapped, "markdown_link": markdown_link}
    environment.filters.update(filters)
    return environment


def _place(error: Exception, folder: Path | None) -> tuple[Path | None, int | None]:
    """Return the last template, and the line in it, that an error came through."""
    folders = [FOLDER, *([folder] if folder else [])]
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        path = Path(frame.filename)
        if any(path.is_relative_to(each) for each in folders):
            return path, frame.lineno
    return None, None


def _reason(error: Exception) -> str:
    said = (error.message if isinstance(error, TemplateError) else str(error)) or ""
    return said or type(error).__name__


def _wrong(place: Path, line: int | None, reason: str) -> NewsletterTemplateError:
    where = f"{place}, line {line}" if line else str(place)
    return NewsletterTemplateError(
        f"the newsletter's template cannot be used: {where}: {reason}. "
        "docs/newsletter-templates.md lists what a template can print."
    )
