"""Which section a story belongs to: the editor's, or those of a newspaper."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ringkas.embedding import Embedder
from ringkas.embedding.base import Vectors
from ringkas.errors import SettingsError
from ringkas.settings import SectionSettings
from ringkas.types import Article, OutputLanguage
from summarizer.newsletters.ranking import holds, lead

_FILE = Path(__file__).with_name("sections.toml")
OTHER: dict[OutputLanguage, str] = {"id": "Lainnya", "en": "Other news"}
# An editor's section may be this much less like a story than the best section of a newspaper;
# a story further away belongs to none of the editor's.
_FURTHEST = 0.02


@dataclass(frozen=True, slots=True)
class NewspaperSection:
    """A section of a newspaper: its key, its name in each language, and what belongs there."""

    key: str
    names: dict[OutputLanguage, str]
    descriptions: tuple[str, ...]


@cache
def newspaper() -> tuple[NewspaperSection, ...]:
    """Return the sections of a newspaper, from ``sections.toml``."""
    table = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return tuple(
        NewspaperSection(row["key"], {"id": row["id"], "en": row["en"]}, tuple(row["descriptions"]))
        for row in table["sections"]
    )


def check_sections(sections: Sequence[SectionSettings]) -> None:
    """Refuse sections that cannot be told apart.

    Raises:
        SettingsError: one has no name, or two have the same.
    """
    names = [section.name.strip() for section in sections]
    if "" in names:
        raise SettingsError("a section in newsletter.sections has no name; give each one")
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise SettingsError(
            f"newsletter.sections has '{twice[0]}' more than once; give each section one table"
        )


def assign(
    stories: Sequence[tuple[Sequence[Article], Vectors]],
    editors: Sequence[SectionSettings],
    language: OutputLanguage,
    embedder: Embedder,
) -> list[str]:
    """Return the name of each story's section.

    Arguments:
        stories: their articles and the vectors of those. *Shape:* (articles, dimension).
        editors: the editor's sections; those of a newspaper without any.
        language: of the newspaper's names.
        embedder: what made the vectors.
    """
    if not stories:
        return []
    numbered = [(n, text) for n, one in enumerate(newspaper()) for text in one.descriptions]
    sections = np.array([number for number, _ in numbered])
    usual = embedder.embed_passages([text for _, text in numbered])
    likeness = np.stack([_likeness(vectors, usual, sections) for _, vectors in stories])
    if not editors:
        names = [section.names[language] for section in newspaper()]
        return [names[int(best)] for best in likeness.argmax(axis=1)]
    described = embedder.embed_passages([_described(section) for section in editors])
    return [
        _of_editor(
            articles, (vectors @ described.T).mean(axis=0), float(nearest), editors, language
        )
        for (articles, vectors), nearest in zip(stories, likeness.max(axis=1), strict=True)
    ]


def _likeness(vectors: Vectors, descriptions: Vectors, sections: NDArray[np.int_]) -> Vectors:
    """Return how like a story is to each section of a newspaper. *Shape:* (sections,)."""
    cosines = (vectors @ descriptions.T).mean(axis=0)
    return np.array([cosines[sections == number].max() for number in range(len(newspaper()))])


def _of_editor(
    articles: Sequence[Article],
    likeness: Vectors,
    usual: float,
    editors: Sequence[SectionSettings],
    language: OutputLanguage,
) -> str:
    leads = [lead(article) for article in articles]
    for section in editors:
        if any(holds(word, text) for word in section.keywords for text in leads):
            return section.name
    best = int(likeness.argmax())
    return editors[best].name if likeness[best] >= usual - _FURTHEST else OTHER[language]


def _described(section: SectionSettings) -> str:
    return f"{section.name}: {section.description}" if section.description else section.name
