"""Labels on which news articles tell one story: by article id, in ``evaluation/data``.

``stories_days`` groups all articles of two days of ``news/clickid`` by story, one day to tune on,
one to test; ``stories_pairs`` labels pairs drawn by how alike they are. How they were labelled is
told in docs/evaluation/stories.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from evaluation.data import OWN, DataError, Row, rows
from ringkas.types import Article, OutputLanguage

Part = Literal["tune", "test"]
FILES = ("clickid", "bbc_en")


@dataclass(frozen=True, slots=True)
class LabelledDay:
    """All articles of one day, grouped by the story they tell."""

    part: Part
    day: str
    stories: tuple[tuple[str, ...], ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """The articles' row ids, story by story."""
        return tuple(key for story in self.stories for key in story)


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """Two articles, whether they tell one story, and how many pairs this one stands for.

    ``stratum`` says how alike the pairs are among which it was drawn.
    """

    part: Part
    language: OutputLanguage
    one: str
    other: str
    same: bool
    stratum: str
    weight: float


def days() -> dict[Part, LabelledDay]:
    """Return the labelled day of each part."""
    listed = list(rows(OWN / "stories_days"))
    found: dict[Part, LabelledDay] = {}
    for part in ("tune", "test"):
        own = [row for row in listed if row["split"] == part]
        told = [tuple(row["story"]) for row in own if "story" in row]
        alone = [(key,) for row in own for key in row.get("alone", ())]
        found[part] = LabelledDay(part, own[0]["day"], (*told, *alone))
    return found


def pairs() -> tuple[LabelledPair, ...]:
    """Return the labelled pairs, each weighted by its stratum's size over those drawn from it."""
    listed = list(rows(OWN / "stories_pairs"))
    drawn: dict[tuple[str, str, str], int] = {}
    for row in listed:
        drawn[_stratum(row)] = drawn.get(_stratum(row), 0) + 1
    return tuple(
        LabelledPair(
            row["split"],
            row["language"],
            row["a"],
            row["b"],
            row["same"],
            row["stratum"],
            row["of"] / drawn[_stratum(row)],
        )
        for row in listed
    )


def _stratum(row: Row) -> tuple[str, str, str]:
    return (row["language"], row["split"], row["stratum"])


def articles(folder: Path, keys: Iterable[str]) -> dict[str, Article]:
    """Return the news articles with these row ids.

    Raises:
        DataError: one of them is not in the data folder.
    """
    from ringkas.sources import article_from_text

    wanted = set(keys)
    found = {key: row for key, row in news(folder).items() if key in wanted}
    if missing := sorted(wanted - found.keys()):
        raise DataError(
            f"{len(missing)} labelled articles are not in {folder / 'news'}: {missing[0]}, …"
        )
    return {
        key: article_from_text(
            row["text"],
            row["title"],
            row.get("url"),
            source=row.get("source"),
            published=row.get("date"),
            name=key,
        )
        for key, row in found.items()
    }


@cache
def news(folder: Path) -> dict[str, Row]:
    """Return the rows of ``news/clickid`` and ``news/bbc_en`` by id."""
    return {row["id"]: row for name in FILES for row in rows(folder / "news" / name)}
