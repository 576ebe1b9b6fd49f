"""An index on a disk that fills up, under two writers, told to end, and with a damaged file."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from plain_articles import LetterEmbedder, article

from retrieval import Index
from retrieval.verifying import verify
from ringkas.errors import StoreError
from ringkas.settings import PassageSettings, Settings
from ringkas.types import Article

SETTINGS = Settings(passages=PassageSettings(max_words=20))
HERE = Path(__file__).parent
CHILD = """
import sys
sys.path[:0] = [sys.argv[2], sys.argv[3]]
from pathlib import Path
from test_faults import batch, opened
index = opened(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
for number in map(int, sys.argv[4:]):
    index.add(batch(number))
    print(number, flush=True)
"""


def opened(folder: Path, create: bool = True) -> Index:
    """The index with an embedder that is there at once: faults are about the store."""
    index = Index.open(folder, SETTINGS, create=create)
    index.embedder = LetterEmbedder()
    return index


def batch(number: int, size: int = 8) -> list[Article]:
    text = (
        "Warga desa {n} membahas perkara {n} bersama lurah, camat, dan bupati pada hari itu. " * 3
    )
    return [article(f"b{number}-{n}", text.format(n=f"{number}-{n}")) for n in range(size)]


def held(folder: Path) -> set[str]:
    return {one.id for one in opened(folder, create=False).articles()}


def assert_sound(folder: Path) -> None:
    """Nothing but passages that no article owns, which a killed write may leave, is amiss."""
    found = verify(str(folder), SETTINGS)
    assert found.sound, found


def child(folder: Path, *numbers: int) -> subprocess.Popen[str]:
    arguments = [str(folder), str(HERE), str(HERE.parent), *map(str, numbers)]
    started = subprocess.Popen(
        [sys.executable, "-c", CHILD, *arguments],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert started.stdout is not None
    assert started.stdout.readline() == "ready\n"
    return started


def go(*children: subprocess.Popen[str]) -> None:
    for one in children:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own that is soon full; making one takes root."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)]
    if os.geteuid() != 0 or not shutil.which("mount"):
        pytest.skip("a small file system can be mounted by root only")
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("no file system can be mounted here, as in most containers")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


def test_a_full_disk_is_named_and_nothing_acknowledged_is_lost(small_disk: Path) -> None:
    folder = small_disk / "i"
    index, kept, number = opened(folder), set[str](), 0

    def add_until_full() -> None:
        nonlocal number
        for number in range(1000):
            index.add(batch(number))
            kept.update(one.id for one in batch(number))

    with pytest.raises(StoreError, match=r"the disk that holds .* is full"):
        add_until_full()
    assert kept
    assert kept <= held(folder)
    assert opened(folder, create=False).search("warga membahas perkara", limit=3)
    subprocess.run(["mount", "-o", "remount,size=64m", str(small_disk)], check=True)
    again = batch(number)
    opened(folder).add(again)
    assert held(folder) == kept | {one.id for one in again}
    assert_sound(folder)


def test_two_processes_that_write_at_once_lose_and_double_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "i"
    opened(folder)
    one, other = child(folder, 0, 1, 2), child(folder, 2, 3, 0)
    go(one, other)
    for process in (one, other):
        said, _ = process.communicate(timeout=300)
        assert process.returncode == 0, said
    wanted = [article.id for number in range(4) for article in batch(number)]
    listed = [article.id for article in opened(folder, create=False).articles()]
    assert sorted(listed) == sorted(wanted)
    assert_sound(folder)


def test_told_to_end_while_it_adds_it_keeps_what_it_acknowledged(tmp_path: Path) -> None:
    folder = tmp_path / "i"
    process = child(folder, *range(200))
    go(process)
    assert process.stdout is not None
    assert process.stdout.readline() == "0\n"
    time.sleep(0.2)
    process.send_signal(signal.SIGTERM)
    acknowledged = [0, *map(int, process.communicate(timeout=300)[0].split())]
    assert process.returncode == -signal.SIGTERM
    assert len(acknowledged) < 200
    wanted = {article.id for number in acknowledged for article in batch(number)}
    assert wanted <= held(folder)
    opened(folder).add(batch(acknowledged[-1] + 1))
    assert_sound(folder)


def read_all(folder: Path) -> None:
    index = opened(folder, create=False)
    index.articles()
    index.search("warga membahas perkara")


@pytest.mark.parametrize("table", ["articles", "passages"])
def test_a_damaged_data_file_is_an_error_that_names_the_index(tmp_path: Path, table: str) -> None:
    folder = tmp_path / "i"
    opened(folder).add(batch(0))
    files = sorted((folder / f"{table}.lance" / "data").iterdir())
    assert files
    for file in files:
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    with pytest.raises(StoreError, match=str(folder)):
        read_all(folder)
