"""A process killed while it adds leaves an index that opens, holds no half article, and goes on."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from plain_articles import LetterEmbedder, article

from retrieval import Filters, Index
from retrieval.passages import cut
from ringkas.settings import PassageSettings, Settings
from ringkas.types import Article

SETTINGS = Settings(passages=PassageSettings(max_words=20))
COUNT = 120
CHILD = """
import sys
from pathlib import Path
sys.path[:0] = [sys.argv[2], sys.argv[3]]
from test_killed import many, opened
index = opened(Path(sys.argv[1]))
index.search("rapat")
print("ready", flush=True)
index.add(many(int(sys.argv[4])))
"""


def opened(folder: Path, create: bool = True) -> Index:
    """The index with an embedder that is there at once: killing is about the store."""
    index = Index.open(folder, SETTINGS, create=create)
    index.embedder = LetterEmbedder()
    return index


def many(version: int) -> list[Article]:
    """Articles of three passages each; another version changes each text."""
    lines = (
        "Pada hari ke-{n} warga desa {n} membahas perkara {v} bersama lurah, camat, dan bupati. "
    )
    return [
        article(f"a{n}", "".join(lines.format(n=n, v=f"{version}{part}") for part in "xyz"))
        for n in range(COUNT)
    ]


def kill_while_adding(folder: Path, version: int, after: float) -> bool:
    """Kill a process in the middle of adding; return whether it was not done already."""
    here = Path(__file__).parent
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(folder), str(here), str(here.parent), str(version)],
        stdout=subprocess.PIPE,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == b"ready\n"
    time.sleep(after)
    interrupted = child.poll() is None
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()
    return interrupted


def assert_whole(index: Index, versions: range) -> int:
    """Each article is of one version, with exactly its own passages in every search."""
    allowed = {one.id: [many(version)[int(one.id[1:])] for version in versions] for one in many(0)}
    held = index.articles()
    assert len({one.id for one in held}) == len(held)
    for one in held:
        assert one in allowed[one.id]
    for one in held[:: max(1, len(held) // 10)]:
        own = Filters(article_ids=(one.id,))
        for mode in ("dense", "lexical"):
            hits = index.search("warga membahas perkara", limit=20, filters=own, mode=mode)
            assert {hit.passage for hit in hits} == set(cut(one, SETTINGS.passages))
    return len(held)


@pytest.mark.parametrize("fresh", [True, False])
def test_kill_and_go_on(tmp_path: Path, fresh: bool) -> None:
    folder = tmp_path / "i"
    if not fresh:
        opened(folder).add(many(0))
    version, in_time = 0 if fresh else 1, 0
    for _ in range(3):
        in_time += kill_while_adding(folder, version, random.uniform(0.02, 0.3))
        held = assert_whole(opened(folder, create=False), range(2))
        assert fresh or held == COUNT
    assert in_time
    index = opened(folder)
    index.add(many(version))
    assert sorted(index.articles(), key=lambda one: one.id) == sorted(
        many(version), key=lambda one: one.id
    )
    expected = sum(len(cut(one, SETTINGS.passages)) for one in many(version))
    assert index.stats().passages == expected
    assert_whole(index, range(version, version + 1))
    assert index.add(many(version)).unchanged == COUNT
