"""A TOML file becomes :class:`ringkas.settings.Settings`; every typo is named."""

from __future__ import annotations

import dataclasses
import difflib
import os
import tomllib
from pathlib import Path
from typing import Any

from ringkas.errors import SettingsError
from ringkas.settings.whole import Settings
from ringkas.settings.writing import SectionSettings

CONFIGS = Path(__file__).resolve().parents[2] / "configs"


def load_settings(path: str | Path | None = None) -> Settings:
    """Read a TOML file (``RINGKAS_CONFIG`` or the defaults when none is given) into Settings.

    Raises:
        SettingsError: the file is missing, is not TOML, or holds an unknown or ill-typed setting.
    """
    chosen = path or os.environ.get("RINGKAS_CONFIG")
    if not chosen:
        return Settings()
    file = _find(Path(chosen))
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits, brackets without end
        raise SettingsError(f"{file} is not valid TOML: {error}") from error
    except OSError as error:
        raise SettingsError(f"cannot read the configuration {file}: {error.strerror}") from error
    return _build(table, str(file))


def _find(path: Path) -> Path:
    """Return the file that ``path`` names: itself, or one of the shipped ``configs/``."""
    shipped = CONFIGS / path.with_suffix(".toml").name
    if path.is_file():
        return path
    if path.parent == Path() and shipped.is_file():
        return shipped
    known = ", ".join(sorted(file.stem for file in CONFIGS.glob("*.toml")))
    raise SettingsError(
        f"no configuration file at '{path}'. Give the path of a TOML file, or one of: {known}"
    )


def _build(table: dict[str, Any], where: str) -> Settings:
    from pydantic import TypeAdapter, ValidationError

    try:
        return TypeAdapter(Settings).validate_python(table)
    except ValidationError as error:
        problems = "; ".join(_explain(problem) for problem in error.errors())
        raise SettingsError(f"{where}: {problems}") from None


def _explain(problem: Any) -> str:
    name = ".".join(str(part) for part in problem["loc"])
    if problem["type"] not in {"unexpected_keyword_argument", "extra_forbidden"}:
        return f"'{name}' is {problem['input']!r}: {problem['msg'].lower()}"
    *sections, key = problem["loc"]
    known = _names(sections)
    close = difflib.get_close_matches(str(key), known, n=1, cutoff=0.5)
    hint = f"did you mean '{close[0]}'?" if close else f"known here: {', '.join(known)}"
    return f"unknown setting '{name}'; {hint}"


def _names(sections: list[Any]) -> list[str]:
    """Return the names that are allowed in the given section."""
    part: Any = Settings()
    for section in sections:
        part = SectionSettings if isinstance(section, int) else getattr(part, section)
    return [item.name for item in dataclasses.fields(part)]
