"""Whole indexes, copied between stores and backed up while another process writes."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
import pytest
from plain_articles import LetterEmbedder, article
from s3_server import BUCKET

from retrieval import Index, copying
from retrieval.copying import CopyReport, back_up, compact, copy_index
from retrieval.stores.places import open_store
from retrieval.verifying import verify
from ringkas.errors import FingerprintError, StoreError
from ringkas.settings import PassageSettings, Settings, StoreSettings
from ringkas.types import Article

SETTINGS = Settings(passages=PassageSettings(max_words=20))
COUNT = 40
CHILD = """
import sys
from pathlib import Path
sys.path[:0] = sys.argv[2:]
from test_copying import many, opened
index = opened(Path(sys.argv[1]))
print("ready", flush=True)
index.add(many(1))
"""


def opened(place: str | Path) -> Index:
    """The index with an embedder that is there at once."""
    index = Index.open(place, SETTINGS)
    index.embedder = LetterEmbedder()
    return index


def many(version: int, count: int = COUNT) -> list[Article]:
    """Articles of three passages each; another version changes each text."""
    line = "Pada hari ke-{n} warga desa {n} membahas perkara {v} bersama lurah, camat, dan bupati. "
    return [
        article(f"a{n:03}", "".join(line.format(n=n, v=f"{version}{part}") for part in "xyz"))
        for n in range(count)
    ]


@pytest.fixture
def library(tmp_path: Path) -> str:
    place = str(tmp_path / "library")
    opened(place).add(many(0))
    return place


def content(place: str, settings: Settings = SETTINGS) -> tuple[list[Any], list[Any], Any]:
    """Everything a store holds, in order."""
    pages = list(open_store(place, settings.store, None).pages(16))
    return (
        [item for page in pages for item in page.articles],
        [item for page in pages for item in page.passages],
        np.concatenate([page.vectors for page in pages]),
    )


def test_a_copy_through_every_store_comes_back_as_it_was(
    library: str, tmp_path: Path, s3: StoreSettings
) -> None:
    settings = replace(SETTINGS, store=s3)
    stops = [f"s3://{BUCKET}/{uuid4().hex}", str(tmp_path / "lite.db"), str(tmp_path / "again")]
    for source, target in zip([library, *stops], stops, strict=False):
        assert copy_index(source, target, settings) == CopyReport(COUNT, 0, 3 * COUNT)
    first, last = content(library), content(stops[-1])
    assert last[:2] == first[:2]
    assert np.array_equal(last[2], first[2])
    assert open_store(stops[-1], s3, None).metadata == open_store(library, s3, None).metadata
    for place in stops:
        assert verify(place, settings).findings == ()
    assert opened(stops[-1]).search("warga desa 7", mode="lexical")[0].article.id == "a007"


def test_an_interrupted_copy_goes_on_and_a_later_one_brings_what_is_new(
    library: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "_PAGE", 10)
    target = str(tmp_path / "target")

    def interrupt(done: int, total: int) -> None:
        assert total == COUNT
        if done == 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        copy_index(library, target, SETTINGS, interrupt)
    assert verify(target, SETTINGS).findings == ()
    assert copy_index(library, target, SETTINGS) == CopyReport(20, 20, 60)
    opened(library).add(many(1, 3))
    assert copy_index(library, target, SETTINGS) == CopyReport(3, 37, 9)
    assert content(target)[:2] == content(library)[:2]


def test_a_copy_onto_itself_or_onto_another_kind_of_index_is_refused(
    library: str, tmp_path: Path
) -> None:
    with pytest.raises(StoreError, match="onto itself"):
        copy_index(library, library + "/", SETTINGS)
    other = str(tmp_path / "other")
    Index.open(other)
    with pytest.raises(FingerprintError, match=r"passages\.max_words differ.*index rebuild"):
        copy_index(library, other, SETTINGS)
    with pytest.raises(StoreError, match="there is no index"):
        copy_index(str(tmp_path / "nowhere"), other, SETTINGS)
    assert not (tmp_path / "nowhere").exists()


def test_a_backup_is_of_one_moment_while_another_process_writes(
    library: str, tmp_path: Path
) -> None:
    here = Path(__file__).parent
    paths = [str(folder) for folder in (here, here.parent.parent)]
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, library, *paths], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    number = 0
    while child.poll() is None:
        backup = str(tmp_path / f"backup{number}")
        back_up(library, backup, SETTINGS)
        assert verify(backup, SETTINGS).findings == ()
        assert_one_moment(content(backup)[0])
        number += 1
    child.stdout.close()
    assert child.returncode == 0
    assert number > 0


def assert_one_moment(held: list[Any]) -> None:
    """The other process replaces chunk after chunk: the new articles are the first ones."""
    assert len(held) == COUNT
    renewed = [item.article.text == many(1)[n].text for n, item in enumerate(held)]
    assert renewed == sorted(renewed, reverse=True)


def test_a_backup_is_a_new_folder_and_leaves_nothing_when_interrupted(
    library: str, tmp_path: Path
) -> None:
    def interrupt(done: int, total: int) -> None:
        raise KeyboardInterrupt

    before = sorted(tmp_path.iterdir())
    with pytest.raises(KeyboardInterrupt):
        back_up(library, tmp_path / "backup", SETTINGS, interrupt)
    assert sorted(tmp_path.iterdir()) == before
    with pytest.raises(StoreError, match="is there already"):
        back_up(library, library, SETTINGS)
    with pytest.raises(StoreError, match="index copy"):
        back_up(library, "s3://bucket/backup", SETTINGS)


def test_compacting_keeps_what_is_found(library: str) -> None:
    before = content(library)
    compact(library, SETTINGS)
    after = content(library)
    assert after[:2] == before[:2]
    assert np.array_equal(after[2], before[2])
