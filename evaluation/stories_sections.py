"""Sections of newsletters against the categories of outlets."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from evaluation.data import rows
from evaluation.metrics import mean
from evaluation.report import Cell, Table
from evaluation.retrieval_sets import SEED, drawn
from evaluation.stories_data import articles, news
from ringkas.embedding import Embedder
from ringkas.types import Article
from summarizer.newsletters.sectioning import newspaper, newspaper_likeness
from summarizer.same_story import leads

# The sections that count as right, and the categories of the outlets that name their subject.
_CATEGORIES = (
    ({"Economy"}, ("Ekbis", "Economy", "bisnis", "Money")),
    ({"Sport"}, ("Sports", "Bola", "bola", "sport", "Super Skor")),
    ({"Motoring"}, ("Otomotif", "otomotif")),
    (
        {"Entertainment"},
        ("SELEBRITI", "Celebrity", "KOREA", "Entertainment", "Selebriti", "TV"),
    ),
    ({"Lifestyle", "Health"}, ("Lifestyle", "gaya", "travel", "Travel")),
    ({"World"}, ("International", "dunia", "Internasional")),
    ({"Technology & Science"}, ("tekno", "Techno", "Sains")),
    ({"Politics", "Law & Crime"}, ("Nasional", "nasional")),
    ({"Regions", "Law & Crime"}, ("Daerah", "Regional", "Berita Sumut", "Metro", "metro")),
)
_CLICKID = {name: right for right, names in _CATEGORIES for name in names}
_BBC = {
    "business": {"Economy"},
    "sport": {"Sport"},
    "politics": {"Politics", "Law & Crime"},
    "entertainment": {"Entertainment"},
    "tech": {"Technology & Science"},
}


def section_table(folder: Path, embedder: Embedder, limit: int) -> Table:
    """Return how often a newspaper's section is that of the outlet."""
    kept = [key for key, row in news(folder).items() if row.get("category") in _CLICKID]
    halves: dict[str, list[str]] = defaultdict(list)
    for key in drawn(kept):
        halves["clickid, held out" if _held_out(key) else "clickid, tuned on"].append(key)
    halves["bbc_en"] = drawn(key for key in news(folder) if key.startswith("bbc-"))
    lines = [_section_row(name, folder, keys[:limit], embedder) for name, keys in halves.items()]
    lines.append(_business_row(folder, embedder))
    note = (
        "The share of articles that stand in the section of their outlet, and the mean of that "
        "over the outlets' categories. 'Nasional' counts as Politics or Law & Crime, 'Metro' and "
        "'Daerah' as Regions or Law & Crime, 'Lifestyle' as Lifestyle or Health, the BBC's "
        "politics as Politics or Law & Crime; "
        "categories that name no subject ('News') are left out. bisnis2025 has no categories: it "
        "is a business paper, and Economy is right."
    )
    return Table("Sections", ("set", "articles", "right", "mean of categories"), tuple(lines), note)


def _held_out(key: str) -> bool:
    return hashlib.sha256(f"{SEED}:{key}".encode()).digest()[0] % 2 == 1


def _section_row(
    name: str, folder: Path, keys: Sequence[str], embedder: Embedder
) -> tuple[Cell, ...]:
    found = articles(folder, keys)
    listed = [found[key] for key in keys]
    told = _sections(listed, embedder)
    by_category: dict[str, list[float]] = defaultdict(list)
    for key, section in zip(keys, told, strict=True):
        category = news(folder)[key]["category"]
        right = (_BBC if key.startswith("bbc-") else _CLICKID)[category]
        by_category["/".join(sorted(right))].append(float(section in right))
    every = [value for values in by_category.values() for value in values]
    return (name, len(keys), mean(every), mean(mean(values) for values in by_category.values()))


def _business_row(folder: Path, embedder: Embedder) -> tuple[Cell, ...]:
    from ringkas.sources import article_from_text

    listed = [
        article_from_text(row["text"], row["title"], row["url"])
        for row in rows(folder / "news" / "bisnis2025")
    ]
    share = mean(float(section == "Economy") for section in _sections(listed, embedder))
    return ("bisnis2025", len(listed), share, share)


def _sections(listed: Sequence[Article], embedder: Embedder) -> list[str]:
    likeness = newspaper_likeness(embedder.embed_passages(leads(listed)), embedder)
    return [newspaper()[int(best)].names["en"] for best in likeness.argmax(axis=1)]
