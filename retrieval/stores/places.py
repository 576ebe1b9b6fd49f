"""Which engine a place names, and what it is opened with."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from retrieval.stores.base import Store
from ringkas.errors import StoreError
from ringkas.settings import StoreSettings

_MILVUS = "milvus://"
_LITE = ".db"  # the ending by which pymilvus knows Milvus Lite


def is_milvus(place: str) -> bool:
    """Tell whether a place is a Milvus server's or a Milvus Lite folder."""
    return place.startswith(_MILVUS) or ("://" not in place and Path(place).suffix == _LITE)


def open_store(
    place: str, settings: StoreSettings, metadata: Mapping[str, Any] | None, dimension: int = 0
) -> Store:
    """Open the store at ``place``; create it with ``metadata`` where there is none.

    A place is ``milvus://HOST:PORT/DATABASE``, a Milvus Lite folder (``NAME.db``), or whatever
    LanceDB opens: a folder, ``s3://BUCKET/PREFIX``. With ``metadata=None`` nothing is created.

    Raises:
        StoreError: the place cannot be read or written, is damaged, or holds no store.
        MissingExtraError: the engine is not installed.
    """
    if metadata is None and "://" not in place and not Path(place).is_dir():
        raise StoreError(
            f"there is no index at {place}. Make one: ringkas --index {place} add FILE_OR_URL"
        )
    if is_milvus(place):
        from retrieval.stores.milvus import MilvusStore

        return MilvusStore.open(place, metadata, dimension, settings)
    from retrieval.stores.lance import LanceStore

    return LanceStore.open(place, metadata, dimension, object_storage(place, settings))


def object_storage(place: str, settings: StoreSettings) -> dict[str, str]:
    """Return LanceDB's options for a place on object storage; none of them is secret.

    Credentials stay in the environment, where the engine looks for them by itself
    (``AWS_ACCESS_KEY_ID``, ``AWS_SECRET_ACCESS_KEY``, ``AWS_SESSION_TOKEN``).
    """
    if not place.startswith("s3://"):
        return {}
    options = {"client_max_retries": "3", "connect_timeout": f"{settings.timeout:g}s"}
    if settings.s3_region:
        options["region"] = settings.s3_region
    if endpoint := settings.s3_endpoint:
        if not endpoint.startswith(("http://", "https://")):
            raise StoreError(
                f"store.s3_endpoint is '{endpoint}': give the whole address, such as "
                "http://127.0.0.1:9000"
            )
        options |= {"endpoint": endpoint, "allow_http": str(endpoint[:5] == "http:").lower()}
    return options
