from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from s3_server import BUCKET, CREDENTIALS, s3_server

from retrieval.stores import Store
from retrieval.stores.places import open_store
from ringkas.settings import StoreSettings


@pytest.fixture(scope="session")
def s3() -> Iterator[StoreSettings]:
    """How to reach a fresh S3-speaking server; its credentials are in the environment."""
    with s3_server() as address, pytest.MonkeyPatch.context() as patch:
        for name, value in CREDENTIALS.items():
            patch.setenv(name, value)
        yield StoreSettings(s3_endpoint=address, s3_region="us-east-1")


@pytest.fixture
def on_s3(s3: StoreSettings) -> Callable[[dict[str, object] | None], Store]:
    """Open a store at one place of the S3 server, as often as wanted."""
    place = f"s3://{BUCKET}/{uuid4().hex}"
    return lambda metadata: open_store(place, s3, metadata, 4)


@pytest.fixture(autouse=True)
def _no_servers_left() -> Iterator[None]:
    """Stop the Milvus Lite servers that a test has started in this process."""
    yield
    if lite := sys.modules.get("milvus_lite.server_manager"):
        lite.server_manager_instance.release_all()
