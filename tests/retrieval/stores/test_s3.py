"""What object storage adds to the contract: other readers, two writers, and clear errors."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from s3_server import BUCKET, CREDENTIALS

from retrieval.stores import Filters, Store, StoredArticle, StoredPassage
from retrieval.stores.places import object_storage, open_store
from ringkas.errors import StoreError
from ringkas.settings import StoreSettings
from ringkas.types import Article, Passage

Opener = Callable[[dict[str, object] | None], Store]


def put(store: Store, id: str) -> None:
    passage = StoredPassage(Passage(id, 0, 1), "r", "id", f"rapat {id}")
    item = StoredArticle(Article(id, "Judul", "x"), "r", id)
    store.put([item], [passage], np.ones((1, 4), np.float32))


def test_another_reader_sees_what_two_writers_add_at_once(on_s3: Opener) -> None:
    writers = [on_s3({"made": "by"}), on_s3({"made": "by"})]
    reader = on_s3(None)
    threads = [
        threading.Thread(target=lambda n=n, one=one: [put(one, f"w{n}a{k}") for k in range(2)])
        for n, one in enumerate(writers)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert reader.counts() == (4, 4)
    [(found, _)] = reader.lexical(["w1a1"], 5, Filters())
    assert found.passage.article_id == "w1a1"


def test_nothing_is_made_when_nothing_may_be(on_s3: Opener) -> None:
    with pytest.raises(StoreError, match="there is no index at s3://"):
        on_s3(None)


def test_a_bucket_that_is_not_there_is_named_without_secrets(s3: StoreSettings) -> None:
    with pytest.raises(StoreError, match="s3://no-such-bucket/i cannot be used") as refused:
        open_store("s3://no-such-bucket/i", s3, {"made": "by"}, 4)
    assert "NoSuchBucket" in str(refused.value)
    for secret in CREDENTIALS.values():
        assert secret not in str(refused.value)


def test_an_endpoint_where_nothing_answers_is_named(s3: StoreSettings) -> None:
    nowhere = replace(s3, s3_endpoint="http://127.0.0.1:9")
    with pytest.raises(StoreError, match=r"127\.0\.0\.1:9"):
        open_store(f"s3://{BUCKET}/i", nowhere, {"made": "by"}, 4)


def test_the_options_hold_no_credentials() -> None:
    settings = StoreSettings(s3_endpoint="http://minio:9000", s3_region="jkt-1", timeout=5)
    options = object_storage("s3://news/index", settings)
    assert options["endpoint"] == "http://minio:9000"
    assert options["allow_http"] == "true"
    assert options["region"] == "jkt-1"
    assert not [name for name in options if "key" in name or "token" in name]
    assert object_storage("/srv/index", settings) == {}
    encrypted = replace(settings, s3_endpoint="https://minio:9000")
    assert object_storage("s3://news/index", encrypted)["allow_http"] == "false"


def test_an_endpoint_without_its_scheme_is_refused() -> None:
    with pytest.raises(StoreError, match="give the whole address"):
        object_storage("s3://news/index", StoreSettings(s3_endpoint="minio:9000"))
