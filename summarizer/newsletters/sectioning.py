"""Which section a story belongs to: the editor's, or those of a newspaper."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from ringkas.embedding import Embedder
from ringkas.embedding.base import Vectors
from ringkas.errors import SettingsError
from ringkas.settings import SectionSettings
from ringkas.types import Article, OutputLanguage
from summarizer.newsletters.ranking import holds, lead

_FILE = Path(__file__).with_name("sections.toml")
OTHER: dict[OutputLanguage, str] = {"id": "Lainnya", "en": "Other news"}
# The likeness to a section is the mean of that to its nearest examples: of half the categories of
# Indonesian news, 1 gave 69 %, 3 gave 73 %, 5 gave 75 %, all 74 %.
_NEAREST = 5
# A story is the editor's section's if it is about as like its description as the newspaper's best
# section; or less so, where both belong to one section of a newspaper; else it is none's.
_FURTHEST = 0.005
_FURTHEST_OF_KIND = 0.045


@dataclass(frozen=True, slots=True)
class NewspaperSection:
    """A section of a newspaper: its name in each language, and examples of what stands there."""

    names: dict[OutputLanguage, str]
    examples: tuple[str, ...]
    weight: float


@cache
def newspaper() -> tuple[NewspaperSection, ...]:
    """Return the sections of a newspaper, from ``sections.toml``."""
    table = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return tuple(
        NewspaperSection({"id": row["id"], "en": row["en"]}, tuple(row["examples"]), row["weight"])
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
    means = np.stack([vectors.mean(axis=0) for _, vectors in stories])
    likeness = newspaper_likeness(means, embedder)
    kinds = likeness.argmax(axis=1)
    if not editors:
        return [newspaper()[int(kind)].names[language] for kind in kinds]
    described = embedder.embed_passages([_described(section) for section in editors])
    near = means @ described.T - likeness.max(axis=1)[:, None]
    of_kind = kinds[:, None] == newspaper_likeness(described, embedder).argmax(axis=1)
    allowed = near >= np.where(of_kind, -_FURTHEST_OF_KIND, -_FURTHEST)
    return [
        _by_keyword(articles, editors) or _nearest(fits, close, editors, language)
        for (articles, _), fits, close in zip(stories, allowed, near, strict=True)
    ]


def newspaper_likeness(vectors: Vectors, embedder: Embedder) -> Vectors:
    """Return how like texts are to each section of a newspaper.

    *Shape:* (texts, dimension) to (texts, sections).
    """
    numbered = [(number, text) for number, one in enumerate(newspaper()) for text in one.examples]
    cosines = vectors @ embedder.embed_passages([text for _, text in numbered]).T
    owners = np.array([number for number, _ in numbered])
    columns = [
        np.sort(cosines[:, owners == number], axis=1)[:, -_NEAREST:].mean(axis=1) + section.weight
        for number, section in enumerate(newspaper())
    ]
    return np.stack(columns, axis=1)


def _by_keyword(articles: Sequence[Article], editors: Sequence[SectionSettings]) -> str | None:
    """Return the first section one of whose keywords stands in a headline or lead."""
    leads = [lead(article) for article in articles]
    for section in editors:
        if any(holds(word, text) for word in section.keywords for text in leads):
            return section.name
    return None


def _nearest(
    fits: np.ndarray, close: Vectors, editors: Sequence[SectionSettings], language: OutputLanguage
) -> str:
    if not fits.any():
        return OTHER[language]
    return editors[int(np.where(fits, close, -np.inf).argmax())].name


def _described(section: SectionSettings) -> str:
    return f"{section.name}: {section.description}" if section.description else section.name
