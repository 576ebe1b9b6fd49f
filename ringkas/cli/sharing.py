"""``ringkas doctor --share``: a report that can be pasted into a bug report as it is.

It is put together from what is known to be harmless, not cleaned of what is not: numbers, switches,
versions, names of our own. Words that a user chose (paths, addresses, names of models, outlets and
machines) do not come in, nor what an error says, which may hold any of them.
"""

from __future__ import annotations

import dataclasses
import json
import os
import platform
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

from ringkas import __version__
from ringkas.cli.checks import PACKAGES, Check, installed_version
from ringkas.cli.options import has_index
from ringkas.errors import RingkasError
from ringkas.settings import CONFIGS, Settings

# Of variables, too, only the names that are ours.
_VARIABLES = (
    "RINGKAS_API_KEY", "RINGKAS_CACHE", "RINGKAS_CONFIG", "RINGKAS_INDEX",
    "RINGKAS_METRICS_TOKEN", "RINGKAS_MILVUS_TOKEN", "AWS_ACCESS_KEY_ID",
)  # fmt: skip
_OWN_WORDS = {"builtin", "reader", "auto", ""}


def report(settings: Settings, config: str | None, checks: Sequence[Check]) -> str:
    """Return the report as JSON, one line for each of its parts."""
    parts = {
        "ringkas": __version__,
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "system": f"{platform.system()} {_release()} {platform.machine()}",
        "cores": os.cpu_count(),
        "memory_gb": _memory(),
        "locale": sys.stdout.encoding,
        "packages": {name: installed_version(name) for name in PACKAGES},
        "extras": sorted(_extras(checks)),
        "configuration": _configuration(config),
        "settings": dict(changed(settings)),
        "environment": [name for name in _VARIABLES if os.environ.get(name)],
        "index": index_facts(settings),
        "checks": {check.name: check.state for check in checks},
    }
    lines = (
        f"  {json.dumps(name)}: {json.dumps(part, ensure_ascii=True)}"
        for name, part in parts.items()
    )
    return "{\n" + ",\n".join(lines) + "\n}"


def changed(settings: Any, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the settings that are not the defaults, words of a user's own only as "(set)"."""
    kinds = get_type_hints(type(settings))
    standard = type(settings)()
    for item in dataclasses.fields(settings):
        value, name = getattr(settings, item.name), f"{prefix}{item.name}"
        if dataclasses.is_dataclass(value):
            yield from changed(value, f"{name}.")
        elif value != getattr(standard, item.name):
            yield name, _harmless(value, kinds[item.name])


def _harmless(value: Any, kind: Any) -> Any:
    """Return a number, a switch or one of our own words; of anything else only that it is set."""
    chosen_from_ours = get_origin(kind) is Literal and value in get_args(kind)
    if value is None or isinstance(value, bool | int | float) or chosen_from_ours:
        return value
    if isinstance(value, str) and value in _OWN_WORDS:
        return value
    if isinstance(value, tuple | Mapping):
        return f"({len(value)} set)"
    return "(set)"


def index_facts(settings: Settings) -> dict[str, Any]:
    """Return what an index is like, in numbers, or the kind of error that it meets."""
    from retrieval import Index

    kind = _engine(settings.index)
    if not has_index(settings):
        return {"engine": kind, "state": "none"}
    try:
        stats = Index.open(settings.index, settings, create=False).stats()
    except RingkasError as error:
        return {"engine": kind, "state": type(error).__name__}
    return {
        "engine": kind,
        "state": "open",
        "format": stats.fingerprint["format"],
        "articles": stats.articles,
        "passages": stats.passages,
        "languages": dict(stats.languages),
        "outlets": len(stats.sources),
    }


def _engine(place: str) -> str:
    scheme, found, _ = place.partition("://")
    if not found:
        return "milvus-lite" if Path(place).suffix == ".db" else "folder"
    return scheme if scheme in {"s3", "milvus", "memory", "gs", "az"} else "other"


def _configuration(config: str | None) -> str:
    if not config:
        return "defaults"
    shipped = {file.stem for file in CONFIGS.glob("*.toml")}
    return config if config in shipped else "a file"


def _extras(checks: Sequence[Check]) -> Iterator[str]:
    for check in checks:
        if check.name.startswith("extra ") and check.state == "ok":
            yield check.name.removeprefix("extra ")


def _release() -> str:
    """Return the system's version, of which builders of kernels make a place to sign."""
    return ".".join(platform.release().split("-")[0].split(".")[:2])


def _memory() -> int | None:
    try:
        return round(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1e9)
    except (AttributeError, ValueError, OSError):  # not on Windows
        return None
