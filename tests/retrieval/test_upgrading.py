"""Indexes of earlier releases: used as they are, made anew cheaply, or refused with a way out."""

from __future__ import annotations

import tarfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from retrieval import Index
from retrieval.copying import back_up, copy_index, rebuild
from retrieval.fingerprints import FORMAT, fingerprint
from retrieval.stores.lance import LanceStore
from retrieval.verifying import verify
from ringkas.embedding import get_embedder
from ringkas.errors import FingerprintError
from ringkas.settings import PassageSettings, Settings

HELD = Path(__file__).resolve().parent.parent / "data" / "indexes"
TITLED = Settings(passages=PassageSettings(title=True))
URLS = {
    "https://kabar.example/pasar-ikan",
    "https://kabar.example/perahu",
    "https://valley.example/library",
}


@pytest.fixture
def kept(tmp_path: Path) -> Callable[[str], str]:
    """Unpack an index of an earlier release, and return its folder."""

    def unpack(name: str) -> str:
        with tarfile.open(HELD / f"{name}.tar.gz") as archive:
            archive.extractall(tmp_path, filter="data")
        return str(tmp_path / name)

    return unpack


def test_an_index_made_before_a_setting_existed_is_used_as_it_is(
    kept: Callable[[str], str],
) -> None:
    """``passages.title`` was always so; the index does not say it, and nothing is embedded."""
    place = kept("format-2-titled")
    index = Index.open(place, TITLED, create=False)
    assert {article.url for article in index.articles()} == URLS
    [best, *_] = index.search("Ratna Purwadinata", mode="lexical")
    assert best.article.url == "https://kabar.example/pasar-ikan"
    assert verify(place, TITLED).sound
    assert index.remove(best.article.id) == 1
    assert index.counts() == (2, 2)


def test_with_other_settings_it_is_refused_with_the_difference_and_the_way(
    kept: Callable[[str], str],
) -> None:
    place = kept("format-2-titled")
    with pytest.raises(FingerprintError) as refused:
        Index.open(place)
    said = str(refused.value)
    assert "passages.title is True in the index and False in the settings" in said
    assert "Use the settings it was made with" in said
    assert f"ringkas --index {place} index rebuild NEW_FOLDER" in said


def test_made_anew_only_what_reads_otherwise_is_embedded(
    kept: Callable[[str], str], tmp_path: Path
) -> None:
    """In passages of 24 words, the article of 23 is one passage as before; the others are not."""
    target, shorter = str(tmp_path / "new"), replace(TITLED, passages=PassageSettings(24, 1, True))
    report = rebuild(kept("format-2-titled"), target, shorter)
    index = Index.open(target, shorter, create=False)
    articles, passages = index.counts()
    assert (articles, report.articles.added) == (3, 3)
    assert report.embedded == passages - 1
    assert passages > 3
    assert verify(target, shorter).sound
    found = index.search("Siapa ketua kelompok nelayan?", limit=1)
    assert found[0].article.url == "https://kabar.example/perahu"


def test_an_earlier_format_is_refused_and_made_anew_without_embedding(
    kept: Callable[[str], str], tmp_path: Path
) -> None:
    place, target = kept("format-1"), str(tmp_path / "new")
    with pytest.raises(FingerprintError) as refused:
        Index.open(place, TITLED)
    assert f"its format is 1, this one makes {FORMAT}" in str(refused.value)
    assert "Use the settings" not in str(refused.value)  # no setting brings it back
    report = rebuild(place, target, TITLED)
    assert (report.articles.added, report.embedded) == (3, 0)
    assert verify(target, TITLED).sound


def test_an_earlier_index_is_copied_and_backed_up_as_it_is(
    kept: Callable[[str], str], tmp_path: Path
) -> None:
    place = kept("format-1")
    assert copy_index(place, str(tmp_path / "copy"), Settings()).copied == 3
    assert back_up(place, tmp_path / "backup", Settings()).passages == 3
    with pytest.raises(FingerprintError, match="its format is 1"):
        Index.open(tmp_path / "copy", TITLED)


def test_what_says_it_and_what_did_not_need_to_are_one_kind(
    kept: Callable[[str], str], tmp_path: Path
) -> None:
    """An index of today can take the articles of one that does not name ``passages.title``."""
    Index.open(tmp_path / "today", TITLED)
    assert copy_index(kept("format-2-titled"), str(tmp_path / "today"), TITLED).copied == 3


def test_an_index_of_a_newer_release_is_refused_and_says_what_to_upgrade(tmp_path: Path) -> None:
    embedder = get_embedder(Settings())
    newer = {**fingerprint(embedder, Settings()), "format": FORMAT + 1, "colour": "blue"}
    LanceStore.open(str(tmp_path / "newer"), newer, embedder.fingerprint.dimension)
    with pytest.raises(FingerprintError) as refused:
        Index.open(tmp_path / "newer")
    assert f"newer Ringkas: its format is {FORMAT + 1}" in str(refused.value)
    assert "pip install --upgrade ringkas" in str(refused.value)
    assert "rebuild" not in str(refused.value)
