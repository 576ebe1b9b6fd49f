"""Configuration: a TOML file becomes frozen dataclasses; every typo is named.

The environment is read for secrets and paths only: ``RINGKAS_CONFIG`` (a TOML file),
``RINGKAS_INDEX`` (the index folder), ``RINGKAS_CACHE`` (unpacked models), the credentials of
stores (see ``StoreSettings``), ``RINGKAS_METRICS_TOKEN`` and the variable that
``generator.api_key_env`` names.
"""

from __future__ import annotations

from ringkas.settings.asking import (
    AnswerSettings,
    EmbedderSettings,
    PassageSettings,
    RetrievalSettings,
    StoreSettings,
)
from ringkas.settings.loading import CONFIGS, load_settings
from ringkas.settings.operating import (
    LogSettings,
    PageSettings,
    SourceSettings,
)
from ringkas.settings.whole import Settings, cache_folder
from ringkas.settings.writing import (
    GeneratorSettings,
    NewsletterSettings,
    RankSettings,
    SectionSettings,
    SummarySettings,
)

__all__ = [
    "CONFIGS",
    "AnswerSettings",
    "EmbedderSettings",
    "GeneratorSettings",
    "LogSettings",
    "NewsletterSettings",
    "PageSettings",
    "PassageSettings",
    "RankSettings",
    "RetrievalSettings",
    "SectionSettings",
    "Settings",
    "SourceSettings",
    "StoreSettings",
    "SummarySettings",
    "cache_folder",
    "load_settings",
]
