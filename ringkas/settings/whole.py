"""All settings together, with the embedded, offline defaults."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from ringkas.settings.asking import (
    AnswerSettings,
    EmbedderSettings,
    PassageSettings,
    RetrievalSettings,
    StoreSettings,
)
from ringkas.settings.operating import (
    LogSettings,
    PageSettings,
    SourceSettings,
)
from ringkas.settings.strict import STRICT
from ringkas.settings.writing import (
    GeneratorSettings,
    NewsletterSettings,
    SummarySettings,
)


def cache_folder() -> Path:
    """Return the folder for unpacked models: ``RINGKAS_CACHE`` or the user's cache folder."""
    import platformdirs

    return Path(os.environ.get("RINGKAS_CACHE") or platformdirs.user_cache_dir("ringkas", False))


def _default_index() -> str:
    return os.environ.get("RINGKAS_INDEX", "ringkas-index")


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be configured, with the embedded, offline defaults.

    ``offline`` keeps every model library from asking the Hub; set it to false in a
    configuration that names a Hub model to download.
    """

    __pydantic_config__ = STRICT
    index: str = field(default_factory=_default_index)
    offline: bool = True
    embedder: EmbedderSettings = field(default_factory=EmbedderSettings)
    passages: PassageSettings = field(default_factory=PassageSettings)
    retrieval: RetrievalSettings = field(default_factory=RetrievalSettings)
    answer: AnswerSettings = field(default_factory=AnswerSettings)
    generator: GeneratorSettings = field(default_factory=GeneratorSettings)
    summary: SummarySettings = field(default_factory=SummarySettings)
    newsletter: NewsletterSettings = field(default_factory=NewsletterSettings)
    sources: SourceSettings = field(default_factory=SourceSettings)
    store: StoreSettings = field(default_factory=StoreSettings)
    page: PageSettings = field(default_factory=PageSettings)
    log: LogSettings = field(default_factory=LogSettings)
