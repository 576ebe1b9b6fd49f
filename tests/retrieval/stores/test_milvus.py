"""What Milvus adds to the contract: servers, long articles, graphs, killed processes."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from retrieval.stores import Filters, Store, StoredArticle, StoredPassage
from retrieval.stores.milvus_link import load_client
from retrieval.stores.milvus_rows import _decoded, encoded
from retrieval.stores.milvus_schema import PASSAGES, make_collections
from retrieval.stores.places import is_milvus, open_store
from ringkas.errors import MissingExtraError, StoreError
from ringkas.settings import StoreSettings
from ringkas.types import Article, Passage

SETTINGS = StoreSettings()
CHILD = """
import sys
sys.path[:0] = [sys.argv[2], sys.argv[3]]
from test_milvus import opened, put_all
store = opened(sys.argv[1])
print("ready", flush=True)
for version in range(1, 100):
    put_all(store, version)
"""
COUNT, EACH = 12, 3


def opened(place: str, dimension: int = 4) -> Store:
    return open_store(place, SETTINGS, {"made": "by", "dimension": dimension}, dimension)


def put_all(store: Store, version: int) -> None:
    """Replace all articles, three a write."""
    for first in range(0, COUNT, 3):
        numbers = range(first, first + 3)
        items = [
            StoredArticle(Article(f"a{n}", "", f"teks {version}", "id"), f"r{version}", "")
            for n in numbers
        ]
        passages = [
            StoredPassage(Passage(f"a{n}", at, at + 1), f"r{version}", "id", "rapat")
            for n in numbers
            for at in range(EACH)
        ]
        store.put(items, passages, np.ones((len(passages), 4), np.float32))


def assert_whole(store: Store) -> None:
    """Each article is there with all the passages of its revision, in every way of asking."""
    [page] = store.pages(100)
    assert [item.article.id for item in page.articles] == sorted(f"a{n}" for n in range(COUNT))
    assert len(page.passages) == COUNT * EACH
    for item in page.articles:
        own = Filters(article_ids=(item.article.id,))
        for hits in (
            store.nearest(np.ones(4, np.float32), 100, own),
            store.lexical(["rapat"], 100, own),
        ):
            current = {hit.passage for hit, _ in hits if hit.revision == item.revision}
            assert len(current) == EACH


def test_a_killed_process_leaves_whole_articles(tmp_path: Path) -> None:
    place = str(tmp_path / "killed.db")
    here = Path(__file__).parent
    store = opened(place)
    put_all(store, 0)
    release()
    for pause in (0.3, 0.8):
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, place, str(here), str(here.parent.parent)],
            stdout=subprocess.PIPE,
        )
        assert child.stdout is not None
        assert child.stdout.readline() == b"ready\n"
        with pytest.raises(StoreError, match="no other process has it open"):
            opened(place)
        time.sleep(pause)
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
        assert_whole(opened(place))
        release()
    store = opened(place)
    put_all(store, 200)
    assert store.counts() == (COUNT, COUNT * EACH)


def release() -> None:
    from milvus_lite.server_manager import server_manager_instance

    server_manager_instance.release_all()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """A server that speaks Milvus's protocol on loopback: Milvus Lite's own."""
    from milvus_lite.adapter.grpc.server import start_server_in_thread

    running, database, port = start_server_in_thread(
        data_dir=str(tmp_path / "data"), host="127.0.0.1", port=0
    )
    yield f"milvus://127.0.0.1:{port}"
    running.stop(grace=0)
    database.close()


def test_a_server_keeps_each_database_by_itself_and_searches_a_graph(server: str) -> None:
    with pytest.raises(StoreError, match=f"there is no index at {server}/news"):
        open_store(f"{server}/news", SETTINGS, None, 4)
    news, other = opened(f"{server}/news"), opened(f"{server}/other")
    put_all(news, 1)
    assert other.counts() == (0, 0)
    assert_whole(open_store(f"{server}/news", SETTINGS, None))
    kinds = news._client.describe_index(PASSAGES, "vector")  # type: ignore[attr-defined]
    assert kinds["index_type"] == "HNSW"


def test_a_search_with_rare_filters_finds_what_an_exact_one_does(server: str) -> None:
    """One passage in a hundred is allowed; the graph must be looked through far enough."""
    store = opened(f"{server}/recall", 16)
    rng = np.random.default_rng(7)
    vectors = rng.normal(size=(2_000, 16)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    items = [
        StoredArticle(Article(f"a{n}", "", "x", "id", None, f"s{n % 100}"), "r", "")
        for n in range(len(vectors))
    ]
    passages = [StoredPassage(Passage(each.article.id, 0, 1), "r", "id", "x") for each in items]
    store.put(items, passages, vectors)
    store.compact()
    for query in rng.normal(size=(10, 16)).astype(np.float32):
        allowed = [n for n in range(len(vectors)) if n % 100 == 3]
        exact = sorted(allowed, key=lambda n: -float(vectors[n] @ query))[:10]
        found = store.nearest(query, 10, Filters(sources=("s3",)))
        assert [hit.passage.article_id for hit, _ in found] == [f"a{n}" for n in exact]


def test_an_article_longer_than_a_text_field_comes_back_whole(tmp_path: Path) -> None:
    store = opened(str(tmp_path / "long.db"))
    one = Article("long", "Judul 会議", "Rapat 会議 🙂. " * 20_000, "id")
    store.put([StoredArticle(one, "r", "g")], [], np.zeros((0, 4), np.float32))
    assert store.get(["long"])["long"].article == one


@pytest.mark.parametrize(
    "place", ["milvus://", "milvus://user:secret@host:19530/db", "milvus:///news"]
)
def test_a_place_that_is_no_server_is_refused_without_its_secret(place: str) -> None:
    with pytest.raises(StoreError, match="RINGKAS_MILVUS_TOKEN") as refused:
        opened(place)
    assert "secret" not in str(refused.value)


def test_a_server_that_does_not_answer_is_named() -> None:
    with pytest.raises(StoreError, match=r"milvus://127\.0\.0\.1:9/news cannot be used"):
        open_store("milvus://127.0.0.1:9/news", replace(SETTINGS, timeout=2.0), {}, 4)


def test_without_the_extra_the_error_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pymilvus", None)
    with pytest.raises(MissingExtraError, match=r"ringkas\[milvus\]"):
        opened(str(tmp_path / "i.db"))
    assert list(tmp_path.iterdir()) == []


def test_loading_it_leaves_the_process_its_logging() -> None:
    code = """
import logging, sys
from retrieval.stores.milvus_link import load_client
class Closing(logging.StreamHandler):
    def close(self):
        self.stream.close()
handler = Closing(sys.stderr)
logging.getLogger().addHandler(handler)
load_client()
logging.getLogger("ours").warning("still heard")
assert logging.getLogger().handlers == [handler]
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stderr.strip()) == (0, "still heard")


def test_a_making_that_was_interrupted_is_told_and_made_up_for(server: str) -> None:
    client = load_client()(server.replace("milvus", "http"))
    make_collections(client, 4, "Strong", small=False)
    with pytest.raises(StoreError, match="was interrupted"):
        open_store(server, SETTINGS, None, 4)
    assert opened(server).counts() == (0, 0)
    assert open_store(server, SETTINGS, None).metadata == {"made": "by", "dimension": 4}


def test_places() -> None:
    assert [is_milvus(place) for place in ("milvus://h:1/d", "a/b.db", "a/b", "s3://b/x.db")] == [
        True, True, False, False,
    ]  # fmt: skip


@pytest.mark.parametrize("term", ["rapat", "pmi-np", "0xff", "会議", "Rp1.5", "o'neil", "19"])
def test_terms_survive_any_tokenizer(term: str) -> None:
    assert encoded([term]).isascii()
    assert encoded([term]).isalnum()
    assert _decoded(encoded([term, "dua"])) == f"{term} dua"
