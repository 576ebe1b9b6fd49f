"""Which indexes the tables of a LanceDB store have: few while they are small, more as they grow.

Up to ``EXACT_UP_TO`` passages every vector is compared, which is exact and needs no upkeep. Beyond
that there is an HNSW graph over vectors in 8 bits, whose finds are put in order by the full ones.
Ids, days, outlets and languages are looked up in an index from ``SCANNED_UP_TO`` rows on.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

# Exact search grows with the rows and needs no upkeep; beyond this it would be the slower of the
# two searches.
EXACT_UP_TO = 50_000
SCANNED_UP_TO = 10_000
# Links of a node, and out of how many they are chosen. The engine's own 20 and 300 take twice the
# processor time of 16 and 150 to build (29 s and 14.5 s for 20,000 vectors); ``ringkas eval scale``
# measures what is found with these.
LINKS, CHOSEN_FROM = 16, 100
# So many times the wanted finds are compared by their full vectors; without it recall was 0.82.
REFINE = 5
# How many nodes a search keeps in view: at least so many, and one of so many that there are. With
# 300, 2,400 and 12,500 in view 0.85, 0.97 and more of the ten nearest were found among 200,000, and
# 0.47, 0.78 and 0.97 among a million, where they took 20, 26 and 74 ms (``ringkas eval scale``).
VIEW, VIEW_PART = 300, 80

# Rows outside the indexes are scanned by every search; folding them in costs seconds. So it waits
# for this many, or this part of the table.
_UNINDEXED_LIMIT = 2_000
_UNINDEXED_PART = 0.02
# A process that writes so many passages at a stretch brings the indexes of ids up to date.
LOOKED_UP_EVERY = 20_000
# Every write leaves a file, which every later read and write opens. Measured with 16 articles a
# write: at 200 files a write takes three times as long as at 50, and so does listing. Where ids
# are looked up it does not, and merging has more to move. A small table is merged more often: 1,000
# articles in 63 files took a search 0.06 s of processor time more than in one, and 0.14 s to merge.
_MOST_FILES, _MOST_FILES_LOOKED_UP = 64, 256
_SMALL, _MOST_FILES_SMALL = 4_000, 12
# Each folding adds a small graph of its own, and a search goes through all of them.
_MOST_GRAPHS = 16
# Readers may be in the middle of a search on files that merging has replaced.
_KEEP_REPLACED = timedelta(minutes=10)

_VECTOR, _TERMS = "vector_idx", "terms_idx"


def tidy(articles: Any, passages: Any) -> None:
    """Merge files and fold rows into the indexes where that pays; make indexes that are due."""
    for table in (articles, passages):
        if _is_scattered(table) or _is_unindexed(table):
            table.optimize(cleanup_older_than=_KEEP_REPLACED)
    _make_due(articles, passages, _MOST_GRAPHS)


def tidy_all(articles: Any, passages: Any) -> None:
    """Merge all files, fold all rows into the indexes, and make one graph of several."""
    for table in (articles, passages):
        table.optimize(cleanup_older_than=_KEEP_REPLACED)
    _make_due(articles, passages, 1)


def view_of(passages: int) -> int:
    """Return how many nodes of the graph a search keeps in view, at least."""
    return max(VIEW, passages // VIEW_PART)


def keep_lookups(articles: Any, passages: Any) -> None:
    """Make the indexes of ids anew, in the middle of a long run of writes.

    Every write looks its ids up. Among 394,000 passages outside the index that took 0.2 s a time,
    in it 0.01 s; making it took 0.2 s.
    """
    from lancedb.index import BTree

    for table, column in ((articles, "id"), (passages, "article_id")):
        if table.count_rows() > SCANNED_UP_TO:
            table.create_index(column, config=BTree())


def _make_due(articles: Any, passages: Any, most_graphs: int) -> None:
    from lancedb.index import Bitmap, BTree

    for table, columns in (
        (articles, {"id": BTree}),
        (passages, {"article_id": BTree, "moment": BTree, "source": Bitmap, "language": Bitmap}),
    ):
        if table.count_rows() > SCANNED_UP_TO:
            there = _columns(table)
            for column in columns.keys() - there:
                table.create_index(column, config=columns[column]())
    if passages.count_rows() > EXACT_UP_TO and _graphs(passages) not in range(1, most_graphs + 1):
        _draw_graph(passages)


def _draw_graph(passages: Any) -> None:
    from lancedb.index import HnswSq

    # One partition: a search looks through one graph, and misses nothing at a border.
    shape = HnswSq(distance_type="cosine", num_partitions=1, m=LINKS, ef_construction=CHOSEN_FROM)
    passages.create_index("vector", config=shape, name=_VECTOR)


def _columns(table: Any) -> set[str]:
    return {column for index in table.list_indices() for column in index.columns}


def _graphs(passages: Any) -> int:
    """Return of how many graphs the vector index consists; 0 where there is none."""
    return sum(index.num_segments for index in passages.list_indices() if index.name == _VECTOR)


def _is_scattered(table: Any) -> bool:
    return int(table.stats()["fragment_stats"]["num_fragments"]) > _most_files(table.count_rows())


def _most_files(rows: int) -> int:
    if rows > SCANNED_UP_TO:
        return _MOST_FILES_LOOKED_UP
    return _MOST_FILES if rows > _SMALL else _MOST_FILES_SMALL


def _is_unindexed(table: Any) -> bool:
    limit = max(_UNINDEXED_LIMIT, int(_UNINDEXED_PART * table.count_rows()))
    return any(index.num_unindexed_rows > limit for index in table.list_indices())
