"""An issue's files: their names, and how they come onto the disk whole or not at all."""

from __future__ import annotations

import os
import warnings
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

import typer

from ringkas.errors import RingkasError

if TYPE_CHECKING:
    from summarizer.newsletters import Format
    from summarizer.newsletters.issue import Newsletter, Plan

_SUFFIXES: dict[Format, str] = {
    "html": ".html",
    "text": ".txt",
    "markdown": ".md",
    "rss": ".rss.xml",
    "atom": ".atom.xml",
    "json": ".json",
    "eml": ".eml",
}


class IssueFileError(RingkasError):
    """An issue's files cannot be written where they were asked for."""


def formats_of(given: str | None, *, into_folder: bool) -> tuple[Format, ...]:
    """Return the formats named in "html,text"; all of them into a folder, text without one."""
    if given is None:
        return tuple(_SUFFIXES) if into_folder else ("text",)
    names = tuple(dict.fromkeys(name.strip().lower() for name in given.split(",") if name.strip()))
    unknown = [name for name in names if name not in _SUFFIXES]
    if unknown or not names:
        raise typer.BadParameter(
            f"--format is '{given}'; give some of {', '.join(_SUFFIXES)}, with commas between."
        )
    if len(names) > 1 and not into_folder:
        raise typer.BadParameter(f"--format names {len(names)} formats: add --out FOLDER.")
    return tuple(cast("Format", name) for name in names)


@dataclass(frozen=True)
class Files:
    """Where an issue goes: a folder and formats, or one format to standard output."""

    folder: Path | None
    formats: Sequence[Format]
    templates: Path | None = None
    overwrite: bool = field(default=False, kw_only=True)

    def check_folders(self, sources: Sequence[str]) -> None:
        """Refuse folders that cannot be used, before any work is done.

        Raises:
            IssueFileError: the folder is a file.
            BatchError: the folder lies in a source, and would be read the next time.
            NewsletterTemplateError: the templates cannot be used.
        """
        from summarizer.batching.inputs import check_apart
        from summarizer.newsletters.rendering.templates import check_folder

        if self.templates is not None:
            check_folder(self.templates)
        if self.folder is not None and self.folder.exists() and not self.folder.is_dir():
            raise IssueFileError(f"'{self.folder}' is a file; give a folder for the issue's files.")
        if self.folder is not None:
            check_apart(sources, self.folder / "newsletter")

    def check_free(self, issue: Plan | Newsletter) -> None:
        """Refuse to replace files, before any text is written.

        Raises:
            IssueFileError: a file is there, and replacing it was not asked for.
        """
        there = [path for path in self._paths(issue).values() if path.exists()]
        if there and not self.overwrite:
            raise IssueFileError(
                f"'{there[0]}' is there already. Add --overwrite to replace it, or give another "
                "folder."
            )

    def contents(self, made: Newsletter) -> tuple[dict[Format, bytes], list[str]]:
        """Return the issue in each format, as bytes, and what there is to say about that.

        Raises:
            NewsletterTemplateError: a template cannot be used.
        """
        from summarizer import newsletters

        found: dict[Format, bytes] = {}
        with warnings.catch_warnings(record=True) as notes:
            warnings.simplefilter("always", newsletters.LargeNewsletterWarning)
            for name in self.formats:
                content = newsletters.render(made, name, self.templates)
                found[name] = (
                    content if isinstance(content, bytes) else content.encode("utf-8", "replace")
                )
        return found, list(dict.fromkeys(str(note.message) for note in notes))

    def write(self, made: Newsletter, contents: Mapping[Format, bytes]) -> list[Path]:
        """Write all files, or none where one cannot be written; none without a folder.

        Raises:
            IssueFileError: the disk is full, or the folder may not be written.
        """
        paths = self._paths(made)
        parts = {path.with_name(f".{path.name}.part"): path for path in paths.values()}
        try:
            if self.folder is not None:
                self.folder.mkdir(parents=True, exist_ok=True)
            for part, content in zip(parts, contents.values(), strict=False):
                _write_through(part, content)
            for part, path in parts.items():
                part.replace(path)
        except OSError as error:
            for part in parts:
                with suppress(OSError):
                    part.unlink(missing_ok=True)
            raise IssueFileError(
                f"cannot write into '{self.folder}': {error.strerror or error}. Make room or mend "
                "its permissions, then run the same command again: no story is written anew."
            ) from error
        return list(paths.values())

    def _paths(self, issue: Plan | Newsletter) -> dict[Format, Path]:
        """Return the file of each format, named by the issue's last day."""
        if self.folder is None:
            return {}
        day = (issue.until or datetime.now().astimezone()).date()
        return {name: self.folder / f"newsletter-{day}{_SUFFIXES[name]}" for name in self.formats}


def _write_through(path: Path, content: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
