"""Stories that several outlets tell, invented and labelled by us: see ``stories/*.toml``.

A fact names, for each article that tells it, a quotation of the sentence that does; ``differs``
marks facts whose figures differ. A conflict names the figure of each article, as written. Files
with part = "check" were written after all constants were set, and nothing was tuned on them.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ringkas.types import Article

STORIES = Path(__file__).parent / "stories"


@dataclass(frozen=True)
class Story:
    name: str
    part: str
    articles: tuple[Article, ...]
    facts: tuple[dict[str, Any], ...]
    conflicts: tuple[dict[str, Any], ...]


def story(name: str) -> Story:
    table = tomllib.loads((STORIES / f"{name}.toml").read_text(encoding="utf-8"))
    articles = tuple(
        Article(
            id=f"{name}-{number}",
            title=given["title"],
            text=given["text"].strip(),
            language=given["language"],
            source=given["source"],
            published=given["published"],
        )
        for number, given in enumerate(table["articles"])
    )
    facts, conflicts = tuple(table.get("facts", ())), tuple(table.get("conflicts", ()))
    return Story(name, table["part"], articles, facts, conflicts)


@pytest.fixture(scope="session")
def stories() -> dict[str, Story]:
    names = sorted(path.stem for path in STORIES.glob("*.toml"))
    return {name: story(name) for name in names}
